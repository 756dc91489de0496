"""What changed the customer's temper, as signed bars; pressing one plays that moment."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from simulator.domain.appraisal import Cause
from simulator.domain.turn import Span
from simulator.practice.turn_result import TurnResult
from simulator.ui.rehearse.measure_rows import decimal
from simulator.ui.rehearse.names import technique_name
from simulator.ui.rehearse.wrapping import let_texts_wrap
from simulator.ui.theme import GRID, current_theme
from simulator.ui.theme_colours import Role
from simulator.ui.widgets.buttons import Button, Kind
from simulator.ui.widgets.icon import Icon
from simulator.ui.widgets.labels import Text

_FULL_CHANGE = 2.0
_AT_ONCE = 5
_LEAST_WIDTH = 280


def moment_of(result: TurnResult, cause: str) -> Span | None:
    """When a cause can be heard: its first evidence with a time, otherwise the whole reply."""
    for detection in result.appraisal.techniques:
        if detection.technique == cause:
            for evidence in detection.evidence:
                if evidence.span is not None:
                    return evidence.span
    return result.reply.span


class SignedBar(QWidget):
    """A bar from a middle line: to the left and pointing down for calmer, to the right and up for angrier."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._change = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_change(self, change: float) -> None:
        self._change = change
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(104, 20)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = self.width() / 2
        painter.setPen(QPen(theme.colour(Role.OUTLINE), 1))
        painter.drawLine(QPointF(middle, 1), QPointF(middle, self.height() - 1))
        share = min(abs(self._change) / _FULL_CHANGE, 1.0)
        length = max(share * (middle - 12), 3.0)
        worse = self._change > 0
        colour = theme.colour(Role.HARM if worse else Role.CALM)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        left = middle + 1 if worse else middle - 1 - length
        painter.drawRoundedRect(QRectF(left, 5, length, 10), 2, 2)
        tip = middle + length + 7 if worse else middle - length - 7
        rise = -4 if worse else 4
        painter.drawPolygon(
            QPolygonF([QPointF(tip, 10 + rise), QPointF(tip - 4, 10 - rise), QPointF(tip + 4, 10 - rise)])
        )
        painter.end()


class CauseRow(QAbstractButton):
    """One cause: its name and evidence, its bar, its figure. Filled anew for each turn."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.span: Span | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(GRID, 6, GRID, 6)
        row.setSpacing(GRID)
        words = QVBoxLayout()
        words.setSpacing(0)
        self._name = Text("", "strong")
        self._evidence = Text("", "secondary")
        words.addWidget(self._name)
        words.addWidget(self._evidence)
        row.addLayout(words, 1)
        self._bar = SignedBar()
        row.addWidget(self._bar)
        self._figure = Text("", "body", wrap=False)
        self._figure.setMinimumWidth(self._figure.fontMetrics().horizontalAdvance("+10.0"))
        self._figure.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._figure)
        self._play = Icon("play", Role.MUTED, 16)
        row.addWidget(self._play)
        for child in self.findChildren(QWidget):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_cause(self, cause: Cause, span: Span | None) -> None:
        """`span` is the moment to hear; None where there is nothing to hear."""
        self.span = span
        name = technique_name(cause.cause)
        self._name.setText(name)
        self._evidence.setText(cause.evidence)
        self._evidence.setVisible(bool(cause.evidence))
        self._bar.show_change(cause.change)
        self._figure.setText(decimal(cause.change, signed=True))
        can_hear = span is not None
        self._play.setVisible(can_hear)
        self.setEnabled(can_hear)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if can_hear else Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor if can_hear else Qt.CursorShape.ArrowCursor)
        self.setToolTip(self.tr("Hear that moment") if can_hear else "")
        effect = self.tr("angrier") if cause.change > 0 else self.tr("calmer")
        self.setAccessibleName(
            self.tr("{name}: {effect} by {change}. {evidence}").format(
                name=name, effect=effect, change=decimal(abs(cause.change)), evidence=cause.evidence
            )
        )

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self.layout().totalHeightForWidth(width)

    def sizeHint(self) -> QSize:
        width = max(self.layout().totalMinimumSize().width(), _LEAST_WIDTH)
        return QSize(width, self.heightForWidth(max(width, self.width())))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not (self.underMouse() or self.hasFocus()) or not self.isEnabled():
            return
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour(Role.ACCENT), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.setBrush(theme.soft(Role.ACCENT, 0.08))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)
        painter.end()


class CauseRows(QWidget):
    """The strongest causes of one turn; the others behind a button."""

    moment_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._used = 0
        self._nothing = Text(self.tr("Nothing changed."), "secondary")
        self._column.addWidget(self._nothing)
        self._rows: list[CauseRow] = []
        self._all = Button("", Kind.QUIET, "chevron-down")
        self._all.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._all.clicked.connect(self._show_all)
        self._have_rows(_AT_ONCE)
        self._column.addWidget(self._all, 0, Qt.AlignmentFlag.AlignLeft)

    def _have_rows(self, number: int) -> None:
        """Rows are kept from turn to turn: making widgets takes longer than filling them."""
        while len(self._rows) < number:
            row = CauseRow(self)
            row.clicked.connect(lambda _checked=False, row=row: self.moment_wanted.emit(row.span))
            self._column.insertWidget(1 + len(self._rows), row)
            self._rows.append(row)
            let_texts_wrap(row)

    def show_result(self, result: TurnResult, *, can_hear: bool) -> None:
        causes = sorted(result.causes, key=lambda cause: -abs(cause.change))
        self._have_rows(len(causes))
        self._nothing.setVisible(not causes)
        for row, cause in zip(self._rows, causes, strict=False):
            row.show_cause(cause, moment_of(result, cause.cause) if can_hear else None)
        self._used = len(causes)
        for at, row in enumerate(self._rows):
            row.setVisible(at < min(self._used, _AT_ONCE))
        self._all.setText(self.tr("All {number} reasons").format(number=self._used))
        self._all.setVisible(self._used > _AT_ONCE)

    def _show_all(self) -> None:
        for row in self._rows[: self._used]:
            row.show()
        self._all.hide()

    def rows(self) -> list[CauseRow]:
        """The rows in use."""
        return [row for row in self._rows if not row.isHidden()]
