"""A value on a scale with the own calm band: softer and louder, slower and faster."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from simulator.domain.voice_targets import VoiceTargets
from simulator.ui.theme import Theme
from simulator.ui.theme_colours import Role


@dataclass(frozen=True, slots=True)
class Band:
    """A scale from `lowest` to `highest` with the calm band inside; from `raised_from` on it is well above it."""

    lowest: float
    calm_from: float
    calm_to: float
    raised_from: float
    highest: float

    def share(self, value: float) -> float:
        """Where the value lies on the scale, 0 to 1."""
        return min(max((value - self.lowest) / (self.highest - self.lowest), 0.0), 1.0)

    def zone(self, value: float) -> int:
        """-1 below the calm band, 0 in it, 1 above it, 2 well above it."""
        if value < self.calm_from:
            return -1
        if value <= self.calm_to:
            return 0
        return 1 if value < self.raised_from else 2


_TARGETS = VoiceTargets()
LEVEL_BAND_DB = Band(-18.0, _TARGETS.floor_level_db, _TARGETS.amber_level_db, _TARGETS.red_level_db, 18.0)
PACE_BAND = Band(0.5, _TARGETS.floor_pace, _TARGETS.match_pace, _TARGETS.rush_pace, 1.6)

_ZONE_ROLES = {-1: Role.MUTED, 0: Role.CALM, 1: Role.ALERT, 2: Role.HARM}


def zone_role(zone: int) -> Role:
    return _ZONE_ROLES[zone]


def paint_band(painter: QPainter, area: QRectF, band: Band, theme: Theme) -> None:
    """The track with the calm band as a filled, bracketed stretch."""
    track = QRectF(area.left(), area.center().y() - 3, area.width(), 6)
    painter.setPen(QPen(theme.colour(Role.OUTLINE), 1))
    painter.setBrush(theme.colour(Role.SUNKEN))
    painter.drawRoundedRect(track, 3, 3)
    left = area.left() + band.share(band.calm_from) * area.width()
    right = area.left() + band.share(band.calm_to) * area.width()
    painter.setBrush(theme.soft(Role.CALM, 0.35))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawRect(QRectF(left, track.top() - 2, right - left, track.height() + 4))
    painter.setPen(QPen(theme.colour(Role.CALM), 2))
    for x in (left, right):
        painter.drawLine(QPointF(x, track.top() - 5), QPointF(x, track.bottom() + 5))


def paint_marker(painter: QPainter, area: QRectF, band: Band, value: float, theme: Theme) -> None:
    """A dot inside the band, a diamond beside it, a triangle well above it."""
    zone = band.zone(value)
    x = area.left() + 8 + band.share(value) * (area.width() - 16)
    y = area.center().y()
    painter.setBrush(theme.colour(_ZONE_ROLES[zone]))
    painter.setPen(QPen(theme.colour(Role.RAISED), 2))
    if zone == 0:
        painter.drawEllipse(QPointF(x, y), 8, 8)
    elif zone == 2:
        painter.drawPolygon(QPolygonF([QPointF(x, y - 9), QPointF(x + 10, y + 8), QPointF(x - 10, y + 8)]))
    else:
        painter.drawPolygon(QPolygonF([QPointF(x, y - 9), QPointF(x + 9, y), QPointF(x, y + 9), QPointF(x - 9, y)]))
