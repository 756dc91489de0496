"""Who has the floor: the customer, you, or nobody."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from simulator.practice.messages import Floor
from simulator.ui.theme import SECONDARY_PX, current_theme, sized_font
from simulator.ui.theme_colours import Role

_HEIGHT = 28
_PAD = 14


class FloorIndicator(QWidget):
    """Three names on a line; the one who has the floor stands out by a filled ground, a dot and weight."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._floor = Floor.NOBODY
        self._customer = self.tr("customer")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_floor(Floor.NOBODY)

    @property
    def floor(self) -> Floor:
        return self._floor

    def set_customer(self, name: str) -> None:
        self._customer = name
        self.update()

    def show_floor(self, floor: Floor) -> None:
        self._floor = floor
        self.setAccessibleName(self.tr("Who has the floor: {who}").format(who=self._names()[floor]))
        self.update()

    def _names(self) -> dict[Floor, str]:
        return {Floor.CUSTOMER: self._customer, Floor.TRAINEE: self.tr("you"), Floor.NOBODY: self.tr("nobody")}

    def sizeHint(self) -> QSize:
        return QSize(360, _HEIGHT + 4)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, _HEIGHT + 4)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        bold = sized_font(self.font(), SECONDARY_PX, bold=True)
        metrics = QFontMetrics(bold)
        names = self._names()
        most = max((self.width() - 16) // 3, 60)
        middle = self.height() / 2
        painter.setPen(QPen(theme.colour(Role.BORDER), 1))
        painter.drawLine(QPointF(0, middle), QPointF(self.width(), middle))
        x = 0.0
        for floor in (Floor.CUSTOMER, Floor.TRAINEE, Floor.NOBODY):
            text = metrics.elidedText(names[floor], Qt.TextElideMode.ElideRight, most - 2 * _PAD - 14)
            width = metrics.horizontalAdvance(text) + 2 * _PAD + 14
            self._paint_name(painter, QRectF(x, middle - _HEIGHT / 2, width, _HEIGHT), text, floor)
            x += width + 8
        painter.end()

    def _paint_name(self, painter: QPainter, area: QRectF, text: str, floor: Floor) -> None:
        theme = current_theme()
        here = floor is self._floor
        role = {Floor.CUSTOMER: Role.ALERT, Floor.TRAINEE: Role.ACCENT, Floor.NOBODY: Role.MUTED}[floor]
        painter.setPen(QPen(theme.colour(role if here else Role.BORDER), 1.5 if here else 1))
        painter.setBrush(theme.soft(role, 0.18) if here else theme.colour(Role.SURFACE))
        painter.drawRoundedRect(area.adjusted(0.75, 0.75, -0.75, -0.75), _HEIGHT / 2, _HEIGHT / 2)
        dot = QPointF(area.left() + _PAD + 3, area.center().y())
        painter.setPen(QPen(theme.colour(role if here else Role.OUTLINE), 1.5))
        painter.setBrush(theme.colour(role) if here else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(dot, 4, 4)
        painter.setFont(sized_font(self.font(), SECONDARY_PX, bold=here))
        painter.setPen(theme.colour(Role.TEXT if here else Role.MUTED))
        painter.drawText(area.adjusted(_PAD + 14, 0, -4, 0), Qt.AlignmentFlag.AlignVCenter, text)
