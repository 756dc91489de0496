"""One plain sentence about something that happened: in the page, or passing over its foot."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from simulator.domain.errors import SimulatorError
from simulator.ui.theme import CORNER, GRID, current_theme
from simulator.ui.theme_colours import Role
from simulator.ui.widgets.buttons import Button, Kind
from simulator.ui.widgets.icon import Icon, IconButton
from simulator.ui.widgets.labels import Text


class Tone(StrEnum):
    """What sort of news it is; each has its own icon, so that the colour is never all there is."""

    INFO = "info"
    GOOD = "good"
    WARNING = "warning"
    TROUBLE = "trouble"


_DRESS = {
    Tone.INFO: ("info", Role.CALM),
    Tone.GOOD: ("circle-check", Role.PRAISE),
    Tone.WARNING: ("triangle-alert", Role.ALERT),
    Tone.TROUBLE: ("octagon-alert", Role.HARM),
}


class Notice(QWidget):
    """A banner: icon, sentence, what to do about it, perhaps one action, perhaps a way to close it."""

    action_taken = Signal()
    closed = Signal()

    def __init__(
        self,
        text: str = "",
        tone: Tone = Tone.INFO,
        remedy: str = "",
        action: str = "",
        parent: QWidget | None = None,
        *,
        closable: bool = False,
    ) -> None:
        super().__init__(parent)
        self._tone = tone
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * GRID, GRID + 4, 2 * GRID, GRID + 4)
        row.setSpacing(GRID + 4)
        self._icon = Icon(*_DRESS[tone])
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(2)
        self._text = Text(text, "body")
        self._remedy = Text(remedy, "secondary")
        words.addWidget(self._text)
        words.addWidget(self._remedy)
        row.addLayout(words, 1)
        self._action = Button(action, Kind.SECONDARY)
        self._action.clicked.connect(self.action_taken)
        row.addWidget(self._action, 0, Qt.AlignmentFlag.AlignVCenter)
        self._close = IconButton("x", self.tr("Close this message"))
        self._close.clicked.connect(self._on_close)
        self._close.setVisible(closable)
        row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self._refresh(action)

    def text(self) -> str:
        return f"{self._text.text()} {self._remedy.text()}".strip()

    def tell(self, text: str, tone: Tone = Tone.INFO, remedy: str = "", action: str = "") -> None:
        """Show another sentence in the same place."""
        self._tone = tone
        self._icon.show_icon(*_DRESS[tone])
        self._text.setText(text)
        self._remedy.setText(remedy)
        self._refresh(action)
        self.show()

    def tell_error(self, error: SimulatorError, action: str = "") -> None:
        self.tell(error.problem, Tone.TROUBLE, error.remedy, action)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current_theme()
        role = _DRESS[self._tone][1]
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.soft(role, 0.5))
        painter.setBrush(theme.soft(role, 0.10))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), CORNER - 2, CORNER - 2)
        painter.end()

    def _refresh(self, action: str) -> None:
        one_line = not self._remedy.text()
        self._remedy.setVisible(not one_line)
        beside = Qt.AlignmentFlag.AlignVCenter if one_line else Qt.AlignmentFlag.AlignTop
        for part in (self._icon, self._close):
            self.layout().setAlignment(part, beside)
        self._action.setText(action)
        self._action.setVisible(bool(action))
        self.setAccessibleName(self.text())

    def _on_close(self) -> None:
        self.hide()
        self.closed.emit()


class Toasts(QWidget):
    """The place for passing news at the foot of a window: the latest only, gone after a while or when closed."""

    STAY_MS = 8000

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        box = QVBoxLayout(self)
        box.setContentsMargins(4 * GRID, 0, 4 * GRID, 2 * GRID)
        self._notice = Notice(closable=True)
        box.addWidget(self._notice)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self._notice.closed.connect(self.hide)
        self.hide()

    def text(self) -> str:
        return self._notice.text() if self.isVisibleTo(self.parentWidget()) else ""

    def tell(self, text: str, tone: Tone = Tone.INFO, remedy: str = "") -> None:
        """Trouble stays until it is closed; other news goes by itself."""
        self._notice.tell(text, tone, remedy)
        self.show()
        self._timer.stop()
        if tone is not Tone.TROUBLE:
            self._timer.start(self.STAY_MS)

    def tell_error(self, error: SimulatorError) -> None:
        self.tell(error.problem, Tone.TROUBLE, error.remedy)
