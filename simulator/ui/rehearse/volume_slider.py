"""The customer's volume: a wedge that fills up, so that loud looks larger than soft."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QSlider, QWidget

from simulator.ui.theme import current_theme
from simulator.ui.theme_colours import Role

_KNOB = 7


class VolumeSlider(QSlider):
    """0 to 100, by mouse, wheel and arrow keys."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setRange(0, 100)
        self.setSingleStep(5)
        self.setPageStep(10)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(96, 36)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left, right, foot = _KNOB + 2.0, self.width() - _KNOB - 2.0, self.height() / 2 + 6
        x = left + (right - left) * self.value() / 100
        painter.setPen(QPen(theme.colour(Role.OUTLINE), 1))
        painter.setBrush(theme.colour(Role.SUNKEN))
        wedge = QPolygonF(
            [QPointF(left, foot), QPointF(right, foot), QPointF(right, foot - 12), QPointF(left, foot - 2)]
        )
        painter.drawPolygon(wedge)
        painter.save()
        painter.setClipRect(QRectF(0, 0, x, self.height()))
        painter.setBrush(theme.colour(Role.ACCENT))
        painter.drawPolygon(wedge)
        painter.restore()
        focused = self.hasFocus()
        painter.setPen(QPen(theme.colour(Role.TEXT if focused else Role.ACCENT), 3 if focused else 2))
        painter.setBrush(theme.colour(Role.RAISED))
        painter.drawEllipse(QPointF(x, self.height() / 2), _KNOB, _KNOB)
        painter.end()
