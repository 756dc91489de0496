"""A card in the middle of the call page for the moments when the call stands still."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from simulator.ui.rehearse.announce import announce
from simulator.ui.theme import GRID, current_theme
from simulator.ui.theme_colours import Role
from simulator.ui.widgets.buttons import Button, Kind
from simulator.ui.widgets.card import Card
from simulator.ui.widgets.flow_layout import FlowLayout
from simulator.ui.widgets.icon import Icon
from simulator.ui.widgets.labels import Text

_WIDTH = 500


class CallCard(QWidget):
    """Covers the page; says one thing and offers a few answers, the first of which Enter takes."""

    answered = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        outer.addStretch(1)
        self._card = Card()
        self._card.setFixedWidth(_WIDTH)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._card)
        row.addStretch(1)
        outer.addLayout(row)
        outer.addStretch(2)
        self._icon = Icon("pause", Role.ACCENT, 32)
        self._title = Text("", "section")
        self._text = Text("", "body")
        self._note = Text("", "secondary")
        self._card.body.setSpacing(GRID + 4)
        self._card.body.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignLeft)
        for label in (self._title, self._text, self._note):
            self._card.body.addWidget(label)
        self._answers_row = QWidget()
        self._answers = FlowLayout(self._answers_row, spacing=GRID)
        self._card.body.addSpacing(GRID)
        self._card.body.addWidget(self._answers_row)
        self._kinds: tuple[str, ...] = ()
        self.topic = ""
        self.hide()

    def ask(
        self,
        topic: str,
        icon: str,
        role: Role,
        title: str,
        text: str,
        answers: tuple[tuple[str, str, Kind], ...],
        note: str = "",
    ) -> None:
        """Show the card; `answers` are (id, words, kind), and `answered` carries the id of the chosen one."""
        self.topic = topic
        self._icon.show_icon(icon, role)
        self._title.setText(title)
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self._note.setText(note)
        self._note.setVisible(bool(note))
        while (item := self._answers.takeAt(0)) is not None:
            item.widget().hide()
            item.widget().deleteLater()
        for name, words, kind in answers:
            button = Button(words, kind)
            button.setObjectName(name)
            button.clicked.connect(lambda _checked=False, name=name: self.answered.emit(name))
            self._answers.addWidget(button)
        self._kinds = tuple(name for name, _, _ in answers)
        self.setAccessibleName(f"{title} {text}")
        self.setGeometry(self.parentWidget().rect())
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, self.text)

    @property
    def text(self) -> str:
        return " ".join(label.text() for label in (self._title, self._text, self._note) if label.text())

    @property
    def answers(self) -> tuple[str, ...]:
        return self._kinds

    def dismiss(self) -> None:
        self.topic = ""
        self.hide()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab stays among the answers: what the card covers is not to be reached."""
        buttons = [button for button in self.findChildren(Button) if not button.isHidden()]
        if not buttons:
            return False
        here = next((at for at, button in enumerate(buttons) if button.hasFocus()), -1 if forward else 0)
        buttons[(here + (1 if forward else -1)) % len(buttons)].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._kinds and not event.isAutoRepeat():
            self.answered.emit(self._kinds[0])
            event.accept()
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        ground = QColor(current_theme().colour(Role.SURFACE))
        ground.setAlphaF(0.86)
        painter.fillRect(self.rect(), ground)
        painter.end()
