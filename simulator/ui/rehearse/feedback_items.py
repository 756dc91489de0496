"""The parts of the feedback: points with their why, and the one next step."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from simulator.domain.feedback import FeedbackKind
from simulator.practice.turn_result import FeedbackItemText, FeedbackText
from simulator.ui.rehearse.names import source_name
from simulator.ui.theme import GRID, current_theme
from simulator.ui.theme_colours import Role
from simulator.ui.widgets.icon import Icon, IconButton
from simulator.ui.widgets.labels import Text

_HEAD_PX = 40


class SoftGround(QWidget):
    """An area on a soft ground of one role."""

    def __init__(self, role: Role, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._role = role

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.soft(self._role, 0.45))
        painter.setBrush(theme.soft(self._role, 0.10))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 10, 10)
        painter.end()


class FeedbackPoint(QWidget):
    """Praise or advice, what showed it, and the why behind a small button. Filled anew for each turn."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID + 4)
        self._icon = Icon("lightbulb", Role.ALERT)
        self._icon.setFixedHeight(_HEAD_PX)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(0)
        head = QHBoxLayout()
        head.setSpacing(GRID)
        self._title = Text("", "strong")
        head.addWidget(self._title, 1)
        self._why_button = IconButton("circle-help", "", role=Role.MUTED)
        self._why_button.setCheckable(True)
        self._why_button.setFixedSize(_HEAD_PX, _HEAD_PX)
        self._why_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        head.addWidget(self._why_button, 0, Qt.AlignmentFlag.AlignTop)
        words.addLayout(head)
        self._text = Text("", "body")
        self._evidence = Text("", "secondary")
        self._why = Text("", "secondary")
        for label in (self._text, self._evidence, self._why):
            words.addWidget(label)
        self._why_button.toggled.connect(self._why.setVisible)
        row.addLayout(words, 1)

    def show_item(self, item: FeedbackItemText, said: str) -> None:
        """`said` are the trainee's words: evidence out of them stands in quotation marks."""
        praise = item.kind == FeedbackKind.PRAISE
        self._icon.show_icon("thumbs-up" if praise else "lightbulb", Role.PRAISE if praise else Role.ALERT)
        self._title.setText(item.title)
        self._text.setText(item.text)
        quoted = bool(item.evidence) and item.evidence in said
        self._evidence.setText(self.tr("\u201c{words}\u201d").format(words=item.evidence) if quoted else item.evidence)
        self._evidence.setVisible(bool(item.evidence) and item.evidence not in item.text)
        why = item.why
        if why and item.source:
            why = self.tr("{why} ({source})").format(why=why, source=source_name(item.source))
        self._why.setText(why)
        self._why.hide()
        self._why_button.setChecked(False)
        self._why_button.say(self.tr("Why: {title}").format(title=item.title))
        self._why_button.setVisible(bool(why))


class NextStep(SoftGround):
    """The one thing to do next, with words for this very case."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Role.ACCENT, parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * GRID, GRID + 2, 2 * GRID, GRID + 2)
        row.setSpacing(GRID + 4)
        row.addWidget(Icon("target", Role.ACCENT), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(2)
        self._step = Text("", "strong")
        self._better = Text("", "body")
        words.addWidget(self._step)
        words.addWidget(self._better)
        row.addLayout(words, 1)

    def show_feedback(self, feedback: FeedbackText) -> None:
        self.setVisible(bool(feedback.next_step or feedback.better_wording))
        self._step.setText(feedback.next_step)
        self._step.setVisible(bool(feedback.next_step))
        better = feedback.better_wording
        self._better.setText(self.tr("For example: \u201c{words}\u201d").format(words=better) if better else "")
        self._better.setVisible(bool(better))
