"""Icons as widgets; they take new colours when the theme changes."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolButton, QWidget

from simulator.ui.theme import ICON_SIZE, current_theme
from simulator.ui.theme_colours import Role


class Icon(QWidget):
    """A drawing beside words that say the same: it is hidden from screen readers by having no name."""

    def __init__(self, name: str, role: Role = Role.TEXT, size: int = ICON_SIZE, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._role = role
        self._size = size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_icon(self, name: str, role: Role) -> None:
        self._name = name
        self._role = role
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._size, self._size)

    def paintEvent(self, _event: QPaintEvent) -> None:
        pixmap = current_theme().pixmap(self._name, self._role, self._size, self.devicePixelRatioF())
        painter = QPainter(self)
        place = QRect(0, 0, self._size, self._size)
        place.moveCenter(self.rect().center())
        painter.drawPixmap(place, pixmap)
        painter.end()


class IconButton(QToolButton):
    """A button with an icon only; `says` is its accessible name and its tooltip."""

    def __init__(self, icon: str, says: str, parent: QWidget | None = None, role: Role = Role.TEXT) -> None:
        super().__init__(parent)
        self._icon = icon
        self._role = role
        self.setIconSize(QSize(ICON_SIZE, ICON_SIZE))
        self.setAutoRaise(True)
        self.say(says)
        self._draw()

    def say(self, says: str) -> None:
        self.setAccessibleName(says)
        self.setToolTip(says)

    def show_icon(self, icon: str, says: str) -> None:
        self._icon = icon
        self.say(says)
        self._draw()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._draw()

    def _draw(self) -> None:
        self.setIcon(current_theme().icon(self._icon, self._role, ICON_SIZE, self.devicePixelRatioF()))
