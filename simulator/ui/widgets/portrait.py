"""The customer's picture: initials, drawn, with a ring that shows the temper."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from simulator.ui.theme import current_theme, sized_font
from simulator.ui.theme_colours import Role

MOST_FURIOUS = 10.0


def temper_role(temper: float) -> Role:
    """The colour that goes with a temper of 10 (furious) to 0 (satisfied); a word must go with it."""
    if temper >= 7.0:
        return Role.HARM
    if temper >= 4.0:
        return Role.ALERT
    return Role.CALM


class Portrait(QWidget):
    """Initials in a ring that is the fuller the more furious the customer is; neutral in face and kind."""

    def __init__(self, initials: str, temper: float | None, size: int = 56, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._initials = initials
        self._temper = temper
        self._size = size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self._size, self._size)

    def set_temper(self, temper: float | None) -> None:
        self._temper = temper
        self.update()

    def set_initials(self, initials: str) -> None:
        self._initials = initials
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ring_width = max(3.0, self._size / 14)
        ring = QRectF(self.rect()).adjusted(ring_width, ring_width, -ring_width, -ring_width)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.soft(Role.ACCENT, 0.14))
        inset = ring_width * 1.2
        painter.drawEllipse(ring.adjusted(inset, inset, -inset, -inset))
        painter.setPen(QPen(theme.soft(Role.OUTLINE, 0.35), ring_width))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(ring)
        if self._temper is not None and self._temper > 0:
            pen = QPen(theme.colour(temper_role(self._temper)), ring_width)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            painter.drawArc(ring, 90 * 16, -round(360 * 16 * min(self._temper, MOST_FURIOUS) / MOST_FURIOUS))
        painter.setPen(theme.colour(Role.TEXT))
        painter.setFont(sized_font(self.font(), round(self._size * 0.32), bold=True))
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), self._initials)
        painter.end()
