"""One thing to check about a headset: what it is, a button, and what was found."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from simulator.ui.theme import GRID
from simulator.ui.theme_colours import Role
from simulator.ui.widgets.buttons import Button, Kind
from simulator.ui.widgets.icon import Icon
from simulator.ui.widgets.labels import Text
from simulator.ui.widgets.notice import Tone

_ICONS = {
    Tone.GOOD: ("circle-check", Role.PRAISE),
    Tone.INFO: ("info", Role.CALM),
    Tone.WARNING: ("triangle-alert", Role.ALERT),
    Tone.TROUBLE: ("circle-x", Role.HARM),
}


class CheckLine(QWidget):
    """`started` and `stopped` are what people ask for; the rest is shown by whoever checks."""

    started = Signal()
    stopped = Signal()

    def __init__(self, title: str, how: str, action: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "plain")
        self._how = how
        self._action = action
        self._running = False
        row = QHBoxLayout(self)
        row.setContentsMargins(0, GRID // 2, 0, GRID // 2)
        row.setSpacing(GRID + 4)
        self._icon = Icon("circle", Role.MUTED)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(GRID // 2)
        words.addWidget(Text(title, "strong"))
        self._detail = Text(how, "secondary")
        words.addWidget(self._detail)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 1000)
        self._bar.setAccessibleName(title)
        self._bar.hide()
        words.addWidget(self._bar)
        row.addLayout(words, 1)
        self.button = Button(action, Kind.SECONDARY)
        self.button.setAccessibleDescription(title)
        self.button.clicked.connect(self._on_button)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)

    @property
    def running(self) -> bool:
        return self._running

    def text(self) -> str:
        return self._detail.text()

    def begin(self, what: str) -> None:
        """Show that it is under way, and what to do meanwhile."""
        self._running = True
        self._icon.show_icon("hourglass", Role.MUTED)
        self._detail.setText(what)
        self._bar.setValue(0)
        self._bar.show()
        self.button.setText(self.tr("Stop"))

    def show_progress(self, share: float, what: str | None = None) -> None:
        self._bar.setValue(round(1000 * min(max(share, 0.0), 1.0)))
        if what is not None:
            self._detail.setText(what)

    def end(self, tone: Tone, found: str) -> None:
        """Show what was found; the icon says good or bad as well."""
        self._finish(self.tr("Again"))
        self._icon.show_icon(*_ICONS[tone])
        self._detail.setText(found)

    def reset(self) -> None:
        self._finish(self._action)
        self._icon.show_icon("circle", Role.MUTED)
        self._detail.setText(self._how)

    def _finish(self, action: str) -> None:
        self._running = False
        self._bar.hide()
        self.button.setText(action)

    def _on_button(self) -> None:
        if self._running:
            self.stopped.emit()
        else:
            self.started.emit()
