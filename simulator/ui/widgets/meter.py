"""Meters: a marker that moves smoothly along a bar with the own band on it. A band, never a number."""

from __future__ import annotations

import math

from PySide6.QtCore import QElapsedTimer, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from simulator.ui.theme import GRID, SECONDARY_PX, current_theme, sized_font
from simulator.ui.theme_colours import Role

_FRAME_MS = 33
_BAR_PX = 12
_MARKER_PX = 6


class BandMeter(QWidget):
    """`low ---[ band ]---#--- high`. The marker follows `move_to` with a time constant of `smooth_ms`.

    `lowest`, `highest`, `band` and `amber_from` are in the unit of the values given to `move_to`.
    """

    def __init__(
        self,
        title: str,
        ends: tuple[str, str],
        scale: tuple[float, float],
        band: tuple[float, float] | None,
        band_label: str = "",
        smooth_ms: int = 300,
        amber_from: float | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._title = title
        self._ends = ends
        self._lowest, self._highest = scale
        self._band = band
        self._band_label = band_label
        self._smooth_ms = smooth_ms
        self._amber_from = amber_from
        self._target: float | None = None
        self._shown: float | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_FRAME_MS)
        self._timer.timeout.connect(self._step)
        self._since = QElapsedTimer()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(200)
        self.setAccessibleName(title)
        self._tell()

    @property
    def shown(self) -> float | None:
        """Where the marker stands now, in the meter's unit."""
        return self._shown

    @property
    def zone(self) -> str:
        """Where the marker is going, in a word: "unknown", "low", "band", "high" or "amber"."""
        if self._target is None:
            return "unknown"
        if self._amber_from is not None and self._target >= self._amber_from:
            return "amber"
        if self._band is None or self._band[0] <= self._target <= self._band[1]:
            return "band"
        return "low" if self._target < self._band[0] else "high"

    def set_band(self, band: tuple[float, float] | None) -> None:
        self._band = band
        self.update()

    def move_to(self, value: float | None) -> None:
        """Go to a value; None: not known, the marker disappears."""
        self._target = None if value is None else min(max(value, self._lowest), self._highest)
        if self._target is None or self._shown is None:
            self._shown = self._target
        if self._shown != self._target and not self._timer.isActive():
            self._since.start()
            self._timer.start()
        self._tell()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(320, 56)

    def hideEvent(self, event: QHideEvent) -> None:
        self._timer.stop()
        self._shown = self._target
        super().hideEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(sized_font(self.font(), SECONDARY_PX))
        line = self.fontMetrics().height()
        bar = QRectF(_MARKER_PX, line + GRID, self.width() - 2 * _MARKER_PX, _BAR_PX)
        self._paint_words(painter, line)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.soft(Role.OUTLINE, 0.30))
        painter.drawRoundedRect(bar, _BAR_PX / 2, _BAR_PX / 2)
        if self._band is not None:
            left, right = self._x(bar, self._band[0]), self._x(bar, self._band[1])
            painter.setBrush(theme.soft(Role.CALM, 0.40))
            painter.setPen(QPen(theme.colour(Role.CALM), 1.5))
            painter.drawRoundedRect(QRectF(left, bar.y() - 2, right - left, bar.height() + 4), 5, 5)
        if self._shown is not None:
            self._paint_marker(painter, bar)
        painter.end()

    def _paint_words(self, painter: QPainter, line: int) -> None:
        theme = current_theme()
        place = QRectF(0, 0, self.width(), line + 2)
        painter.setPen(theme.colour(Role.MUTED))
        painter.drawText(place, int(Qt.AlignmentFlag.AlignLeft), self._ends[0])
        painter.drawText(place, int(Qt.AlignmentFlag.AlignRight), self._ends[1])
        painter.setPen(theme.colour(Role.CALM if self._band_label else Role.TEXT))
        painter.drawText(place, int(Qt.AlignmentFlag.AlignHCenter), self._band_label or self._title)

    def _paint_marker(self, painter: QPainter, bar: QRectF) -> None:
        theme = current_theme()
        x = self._x(bar, self._shown or 0.0 if self._shown is not None else self._lowest)
        role = {"amber": Role.ALERT, "high": Role.ALERT}.get(self.zone, Role.TEXT)
        painter.setPen(QPen(theme.colour(Role.RAISED), 2))
        painter.setBrush(theme.colour(role))
        marker = QRectF(x - _MARKER_PX, bar.y() - 6, 2 * _MARKER_PX, bar.height() + 12)
        painter.drawRoundedRect(marker, _MARKER_PX / 2, _MARKER_PX / 2)

    def _x(self, bar: QRectF, value: float) -> float:
        share = (value - self._lowest) / (self._highest - self._lowest)
        return bar.x() + bar.width() * min(max(share, 0.0), 1.0)

    def _step(self) -> None:
        if self._target is None or self._shown is None:
            self._timer.stop()
            return
        passed_ms = max(1, self._since.restart())
        self._shown += (self._target - self._shown) * (1.0 - math.exp(-passed_ms / (self._smooth_ms / 3)))
        if abs(self._target - self._shown) < (self._highest - self._lowest) / 400:
            self._shown = self._target
            self._timer.stop()
        self.update()

    def _tell(self) -> None:
        words = {
            "unknown": self.tr("not known yet"),
            "low": self._ends[0],
            "band": self._band_label or self.tr("in the middle"),
            "high": self._ends[1],
            "amber": self._ends[1],
        }
        self.setAccessibleDescription(words[self.zone])
