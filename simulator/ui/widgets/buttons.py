"""Push buttons in the program's dress."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from simulator.ui.theme import ICON_SIZE, current_theme
from simulator.ui.theme_colours import Role


class Kind(StrEnum):
    """PRIMARY at most once on a page; DANGER for what cannot be undone; CHIP and RAIL can be chosen."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    QUIET = "quiet"
    DANGER = "danger"
    CHIP = "chip"
    RAIL = "rail"


_ICON_ROLES = {
    Kind.PRIMARY: Role.ON_ACCENT,
    Kind.QUIET: Role.ACCENT,
    Kind.DANGER: Role.HARM,
    Kind.RAIL: Role.MUTED,
}
_GAP_PX = 6


class Button(QPushButton):
    """A button with words and perhaps an icon. Enter presses it as Space does."""

    def __init__(
        self,
        text: str,
        kind: Kind = Kind.SECONDARY,
        icon: str | None = None,
        parent: QWidget | None = None,
        *,
        large: bool = False,
    ) -> None:
        super().__init__(text, parent)
        self._kind = kind
        self._icon = icon
        self.setProperty("kind", kind.value)
        self.setProperty("large", large)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        if kind in (Kind.CHIP, Kind.RAIL):
            self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.toggled.connect(self._draw)
        self._draw()

    def show_icon(self, icon: str | None) -> None:
        self._icon = icon
        self._draw()

    def show_words(self, text: str) -> None:
        """Other words, or none where the icon stands alone."""
        self.setText(text)
        self._draw()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.animateClick()
            event.accept()
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._draw()

    def _draw(self) -> None:
        if self._icon is None:
            return
        role = _ICON_ROLES.get(self._kind, Role.TEXT)
        if self.isChecked():
            role = Role.ON_ACCENT if self._kind is Kind.CHIP else Role.ACCENT
        gap = _GAP_PX if self.text() else 0
        self.setIconSize(QSize(ICON_SIZE + gap, ICON_SIZE))
        self.setIcon(current_theme().icon(self._icon, role, ICON_SIZE, self.devicePixelRatioF(), gap))
