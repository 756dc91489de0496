"""What a page shows when it has nothing to show yet: why, and what to do."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from simulator.ui.theme import GRID, current_theme
from simulator.ui.theme_colours import Role
from simulator.ui.widgets.buttons import Button, Kind
from simulator.ui.widgets.icon import Icon
from simulator.ui.widgets.labels import Text


class _Roundel(QWidget):
    def __init__(self, icon: str) -> None:
        super().__init__()
        self.setFixedSize(9 * GRID, 9 * GRID)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(Icon(icon, Role.ACCENT, 32), 0, Qt.AlignmentFlag.AlignCenter)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(current_theme().soft(Role.ACCENT, 0.14))
        painter.drawEllipse(self.rect())
        painter.end()


class EmptyState(QWidget):
    """An icon, a title, a sentence, and perhaps one action."""

    action_taken = Signal()

    def __init__(self, icon: str, title: str, text: str, action: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        box = QVBoxLayout(self)
        box.setContentsMargins(4 * GRID, 6 * GRID, 4 * GRID, 6 * GRID)
        box.setSpacing(2 * GRID)
        box.addStretch(1)
        box.addWidget(_Roundel(icon), 0, Qt.AlignmentFlag.AlignHCenter)
        row = QHBoxLayout()
        column = QVBoxLayout()
        column.setSpacing(2 * GRID)
        for words, role in ((title, "section"), (text, "body")):
            label = Text(words, role)
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(label)
        row.addStretch(1)
        row.addLayout(column, 3)
        row.addStretch(1)
        box.addLayout(row)
        if action:
            button = Button(action, Kind.PRIMARY)
            button.clicked.connect(self.action_taken)
            box.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        box.addStretch(2)
