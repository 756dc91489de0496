"""A setting that is on or off: its name, what it does, and the switch."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from simulator.ui.theme import GRID
from simulator.ui.widgets.choice import Toggle
from simulator.ui.widgets.labels import Text


class SwitchRow(QWidget):
    """A click on the words turns the switch as well. `switched` is emitted for what people do only."""

    switched = Signal(bool)

    def __init__(self, title: str, help_text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "plain")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, GRID // 2, 0, GRID // 2)
        row.setSpacing(2 * GRID)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Text(title, "body"))
        if help_text:
            words.addWidget(Text(help_text, "secondary"))
        row.addLayout(words, 1)
        self.toggle = Toggle(title)
        self.toggle.setAccessibleDescription(help_text)
        self.toggle.clicked.connect(self.switched)
        row.addWidget(self.toggle, 0, Qt.AlignmentFlag.AlignVCenter)

    def is_on(self) -> bool:
        return self.toggle.isChecked()

    def set_on(self, on: bool) -> None:
        self.toggle.setChecked(on)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.toggle.click()
        super().mouseReleaseEvent(event)
