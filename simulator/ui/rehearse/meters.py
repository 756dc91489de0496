"""Level and pace while speaking: where the voice is against the own calm band, never a number."""

from __future__ import annotations

import math

from PySide6.QtCore import QElapsedTimer, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from simulator.ui.rehearse.band_scale import Band, paint_band, paint_marker, zone_role
from simulator.ui.theme import SECONDARY_PX, current_theme, sized_font
from simulator.ui.theme_colours import Role

LEVEL_SETTLES_S = 0.3
PACE_SETTLES_S = 2.0
_FRAME_MS = 33
_SETTLED_AFTER = 3.0  # time constants: 95 % of the way


class VoiceMeter(QWidget):
    """Glides to the value last told within `settles_s`; rests, and costs nothing, once it is there."""

    def __init__(
        self, title: str, low: str, calm: str, high: str, band: Band, settles_s: float, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._title, self._low, self._calm, self._high = title, low, calm, high
        self._inside = calm
        self._band = band
        self._constant_s = settles_s / _SETTLED_AFTER
        self._target: float | None = None
        self._shown: float | None = None
        self._since = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setInterval(_FRAME_MS)
        self._timer.timeout.connect(self._glide)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(title)

    @property
    def shown(self) -> float | None:
        """The value the marker stands at; None while nothing is known."""
        return self._shown

    @property
    def moving(self) -> bool:
        return self._timer.isActive()

    def set_calm_word(self, calm: str) -> None:
        """The name of the band below the scale."""
        self._calm = calm
        self.update()

    def show_value(self, value: float | None) -> None:
        self._target = value
        if value is None or self._shown is None or current_theme().reduced_motion or not self.isVisible():
            self._shown = value
            self._timer.stop()
            self.update()
        elif not self._timer.isActive() and value != self._shown:
            self._since.start()
            self._timer.start()

    def advance(self, elapsed_s: float) -> None:
        """Move on by so much time towards the value last told."""
        if self._target is None or self._shown is None:
            return
        self._shown += (self._target - self._shown) * (1.0 - math.exp(-elapsed_s / self._constant_s))
        if abs(self._target - self._shown) < 0.002 * (self._band.highest - self._band.lowest):
            self._shown = self._target
            self._timer.stop()
        self.update()

    def _glide(self) -> None:
        self.advance(self._since.restart() / 1000.0)

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(sized_font(self.font(), SECONDARY_PX, bold=True))
        words = sum(metrics.horizontalAdvance(word) for word in (self._low, self._calm, self._high))
        return QSize(max(words + 64, 280), 58)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, 58)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        track = QRectF(2, 20, self.width() - 4, 20)
        paint_band(painter, track, self._band, theme)
        zone = None if self._shown is None else self._band.zone(self._shown)
        if self._shown is not None:
            paint_marker(painter, track, self._band, self._shown, theme)
        painter.setFont(sized_font(self.font(), SECONDARY_PX, bold=True))
        painter.setPen(theme.colour(Role.TEXT))
        painter.drawText(QRectF(2, 0, self.width() - 4, 18), Qt.AlignmentFlag.AlignLeft, self._title)
        if zone is not None:
            word = {-1: self._low, 0: self._inside}.get(zone, self._high)
            painter.setPen(theme.colour(zone_role(zone)))
            painter.drawText(QRectF(2, 0, self.width() - 4, 18), Qt.AlignmentFlag.AlignRight, word)
        self._paint_words(painter, track)
        painter.end()

    def _paint_words(self, painter: QPainter, track: QRectF) -> None:
        theme = current_theme()
        painter.setFont(sized_font(self.font(), SECONDARY_PX))
        painter.setPen(theme.colour(Role.MUTED))
        below = QRectF(track.left(), track.bottom(), track.width(), 18)
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft, self._low)
        painter.drawText(below, Qt.AlignmentFlag.AlignRight, self._high)
        metrics = QFontMetrics(painter.font())
        middle = track.left() + track.width() * (
            (self._band.share(self._band.calm_from) + self._band.share(self._band.calm_to)) / 2
        )
        width = metrics.horizontalAdvance(self._calm) + 4
        left = track.left() + metrics.horizontalAdvance(self._low) + 8
        right = track.right() - metrics.horizontalAdvance(self._high) - 8
        if right - left >= width:
            x = min(max(middle - width / 2, left), right - width)
            painter.drawText(QRectF(x, below.top(), width, 18), Qt.AlignmentFlag.AlignHCenter, self._calm)
