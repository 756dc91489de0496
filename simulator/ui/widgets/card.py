"""Raised areas: a card, a card that can be pressed, and the tag that sits on one."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from simulator.ui.theme import GRID, SECONDARY_PX, current_theme, sized_font
from simulator.ui.theme_colours import Role
from simulator.ui.widgets.icon import Icon
from simulator.ui.widgets.labels import Text


class Card(QFrame):
    """A raised area with 12 px corners and a vertical layout, `body`; with a title, `head` is the row it stands in."""

    def __init__(self, parent: QWidget | None = None, *, title: str = "", icon: str | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(3 * GRID, 2 * GRID + 4, 3 * GRID, 2 * GRID + 4)
        self.body.setSpacing(GRID)
        self.head = QHBoxLayout()
        self.head.setSpacing(GRID)
        if title:
            if icon is not None:
                self.head.addWidget(Icon(icon, Role.ACCENT), 0, Qt.AlignmentFlag.AlignVCenter)
            self.head.addWidget(Text(title, "section"), 1)
            self.body.addLayout(self.head)


class Line(QFrame):
    """A thin line between two parts of a card."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "line")
        self.setFixedHeight(1)


class PressableCard(QFrame):
    """A card that is one large button: by mouse, Enter or Space."""

    pressed_once = Signal()

    def __init__(self, says: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "pressable")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAccessibleName(says)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(2 * GRID + 4, 2 * GRID, 2 * GRID + 4, 2 * GRID)
        self.body.setSpacing(GRID)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.pressed_once.emit()
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and not event.isAutoRepeat():
            self.pressed_once.emit()
            event.accept()
            return
        super().keyPressEvent(event)


class Tag(QWidget):
    """A short word on a soft ground, perhaps with an icon: a type, a difficulty, a mark."""

    def __init__(
        self, text: str, role: Role = Role.MUTED, icon: str | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._role = role
        row = QHBoxLayout(self)
        row.setContentsMargins(GRID + 2, 3, GRID + 2, 3)
        row.setSpacing(GRID // 2 + 2)
        if icon is not None:
            row.addWidget(Icon(icon, role, 14))
        self._text = Text(text, "secondary", wrap=False)
        self._text.setFont(sized_font(self._text.font(), SECONDARY_PX))
        self._text.tint(role if role is not Role.MUTED else Role.TEXT)
        row.addWidget(self._text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def text(self) -> str:
        return self._text.text()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.soft(self._role, 0.45))
        painter.setBrush(theme.soft(self._role, 0.10))
        ground: QRect = self.rect().adjusted(0, 0, -1, -1)
        painter.drawRoundedRect(ground, ground.height() / 2, ground.height() / 2)
        painter.end()
