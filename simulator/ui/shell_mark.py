"""The program's mark: in the window's title bar and at the head of the rail."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from simulator.ui.theme import GRID, current_theme
from simulator.ui.theme_colours import Role
from simulator.ui.widgets.labels import Text

_SIZES = (16, 24, 32, 48, 64, 128, 256)


def program_icon() -> QIcon:
    """The mark on its ground, at the sizes that window systems ask for."""
    theme = current_theme()
    icon = QIcon()
    for size in _SIZES:
        pixmap = QPixmap(size, size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(Role.ACCENT))
        painter.drawRoundedRect(QRectF(0, 0, size, size), size * 0.22, size * 0.22)
        inside = round(size * 0.66)
        at = (size - inside) // 2
        painter.drawPixmap(at, at, theme.pixmap("wind", Role.ON_ACCENT, inside))
        painter.end()
        icon.addPixmap(pixmap)
    return icon


class Mark(QWidget):
    """The program's name with its drawing."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(GRID + 4, 0, 0, 0)
        row.setSpacing(GRID + 2)
        self._drawing = QLabel()
        row.addWidget(self._drawing)
        self.name = Text("Unruffled", "section", wrap=False)
        row.addWidget(self.name, 1)
        self._draw()

    def changeEvent(self, event) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._draw()

    def _draw(self) -> None:
        pixmap: QPixmap = current_theme().pixmap("wind", Role.ACCENT, 24, self.devicePixelRatioF())
        self._drawing.setPixmap(pixmap)
        self._drawing.setAlignment(Qt.AlignmentFlag.AlignCenter)
