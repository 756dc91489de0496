"""Match, then lead: level and pace over the turns, against the own calm band."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from simulator.domain.leading import LEAST_TURNS, Trend, leading
from simulator.domain.voice_targets import VoiceTargets
from simulator.practice.turn_result import TurnResult
from simulator.ui.rehearse.band_scale import LEVEL_BAND_DB, PACE_BAND, Band, zone_role
from simulator.ui.rehearse.measure_rows import decimal
from simulator.ui.theme import SECONDARY_PX, current_theme, sized_font
from simulator.ui.theme_colours import Role

_FOOT = 24
_BETWEEN = 20
_TARGETS = VoiceTargets()


@dataclass(frozen=True, slots=True)
class _Row:
    title: str
    high: str
    low: str
    band: Band
    values: tuple[float | None, ...]
    labels: tuple[str, ...]
    meet_to: float


def _known(row: _Row) -> list[float]:
    return [value for value in row.values if value is not None]


class LeadChart(QWidget):
    """Two rows of points; the band is the own calm, the lighter step at the first turn is the room to meet them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[_Row, ...] = ()
        self.trends: dict[str, Trend] = {}
        self._meeting = True
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Loudness and pace over the turns"))

    @property
    def has_values(self) -> bool:
        return any(value is not None for row in self._rows for value in row.values)

    def show_turns(self, turns: tuple[TurnResult, ...]) -> None:
        """One point a turn, with the room to meet the customer at the first."""
        voices = [turn.reply.voice for turn in turns]
        levels = tuple(voice.level.relative_to_calm_db if voice else None for voice in voices)
        paces = tuple(voice.pace.relative_to_calm if voice else None for voice in voices)
        self.trends = {
            "level": leading(levels, [voice.level.noise_db if voice else None for voice in voices]),
            "pace": leading(paces, [voice.pace.noise_relative if voice else None for voice in voices]),
        }
        self._meeting = True
        self._show_rows(levels, paces)

    def show_calls(self, levels: tuple[float | None, ...], paces: tuple[float | None, ...]) -> None:
        """One point a call, oldest first."""
        self.trends = {}
        self._meeting = False
        self._show_rows(levels, paces)

    def _show_rows(self, levels: tuple[float | None, ...], paces: tuple[float | None, ...]) -> None:
        self._rows = (
            _Row(
                self.tr("Loudness"),
                self.tr("louder"),
                self.tr("softer"),
                LEVEL_BAND_DB,
                levels,
                tuple("" if v is None else self.tr("{db} dB").format(db=decimal(v, signed=True)) for v in levels),
                _TARGETS.match_level_db,
            ),
            _Row(
                self.tr("Pace"),
                self.tr("faster"),
                self.tr("slower"),
                PACE_BAND,
                paces,
                tuple(
                    "" if v is None else self.tr("{n} %").format(n=decimal((v - 1) * 100, 0, signed=True))
                    for v in paces
                ),
                _TARGETS.match_pace,
            ),
        )
        said = [
            f"{row.title}: {', '.join(label or self.tr('not measured') for label in row.labels)}" for row in self._rows
        ]
        self.setAccessibleDescription(". ".join(said))
        self.update()

    def verdict(self) -> str:
        """What the two rows say together, no more than the measurement allows."""
        if not self.has_values:
            return self.tr("Your voice was not measured in this call.")
        if sum(value is not None for value in self._rows[0].values) < LEAST_TURNS:
            return self.tr("One measured turn shows no direction yet.")
        falls = [name for name, trend in self.trends.items() if trend.falls]
        rises = [name for name, trend in self.trends.items() if trend.rises]
        if len(falls) == 2:
            return self.tr("Your voice came down over the call, in loudness and in pace: you led.")
        if falls == ["level"] and not rises:
            return self.tr("Your voice grew softer over the call. The pace stayed about the same.")
        if falls == ["pace"] and not rises:
            return self.tr("You slowed down over the call. The loudness stayed about the same.")
        if rises and all(row.band.zone(last) <= 0 for row in self._rows for last in _known(row)[-1:]):
            return self.tr("Your voice rose a little over the call and stayed within your calm band.")
        if rises:
            return self.tr("Your voice went up over the call. Meet the customer once, then lead down, turn by turn.")
        return self.tr("No change over the turns that is larger than the measurement itself.")

    def sizeHint(self) -> QSize:
        return QSize(420, 256)

    def minimumSizeHint(self) -> QSize:
        return QSize(280, 256)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        metrics = QFontMetrics(sized_font(self.font(), SECONDARY_PX, bold=True))
        left = max(
            (metrics.horizontalAdvance(text) for row in self._rows for text in (row.title, row.high, row.low)),
            default=40,
        )
        left += 14
        height = (self.height() - _FOOT - _BETWEEN) / 2
        for number, row in enumerate(self._rows):
            area = QRectF(left, 6 + number * (height + _BETWEEN), self.width() - left - 8, height - 6)
            self._paint_row(painter, area, row)
        self._paint_numbers(painter, left)
        painter.end()

    def _x(self, left: float, at: int) -> float:
        count = max(len(self._rows[0].values), 1)
        return left + (at + 0.5) * (self.width() - left - 8) / count

    def _paint_row(self, painter: QPainter, area: QRectF, row: _Row) -> None:
        theme = current_theme()

        def y(value: float) -> float:
            return area.bottom() - row.band.share(value) * area.height()

        painter.fillRect(area, theme.colour(Role.SUNKEN))
        step = area.width() / max(len(row.values), 1)
        calm = QRectF(QPointF(area.left(), y(row.band.calm_to)), QPointF(area.right(), y(row.band.calm_from)))
        painter.fillRect(calm, theme.soft(Role.CALM, 0.28))
        painter.setPen(QPen(theme.colour(Role.CALM), 1.5))
        painter.drawLine(calm.topLeft(), calm.topRight())
        painter.drawLine(calm.bottomLeft(), calm.bottomRight())
        if self._meeting:
            meet = QRectF(QPointF(area.left(), y(row.meet_to)), QPointF(area.left() + step, calm.bottom()))
            painter.setPen(QPen(theme.colour(Role.CALM), 1, Qt.PenStyle.DashLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(meet)
        self._paint_words(painter, area, row)
        known = [(at, value) for at, value in enumerate(row.values) if value is not None]
        points = [QPointF(self._x(area.left(), at), y(value)) for at, value in known]
        painter.setPen(QPen(theme.colour(Role.TEXT), 2))
        painter.drawPolyline(QPolygonF(points))
        for (at, value), point in zip(known, points, strict=True):
            self._paint_point(painter, area, row, at, value, point, step)

    def _paint_point(
        self, painter: QPainter, area: QRectF, row: _Row, at: int, value: float, point: QPointF, step: float
    ) -> None:
        theme = current_theme()
        zone = row.band.zone(value)
        painter.setPen(QPen(theme.colour(Role.RAISED), 2))
        painter.setBrush(theme.colour(zone_role(zone)))
        if zone == 0:
            painter.drawEllipse(point, 6, 6)
        else:
            tip = 7 if zone < 0 else -7
            painter.drawPolygon(
                QPolygonF([point + QPointF(0, tip), point + QPointF(-7, -tip), point + QPointF(7, -tip)])
            )
        painter.setFont(sized_font(self.font(), SECONDARY_PX))
        width = QFontMetrics(painter.font()).horizontalAdvance(row.labels[at])
        if width > step - 2:
            return
        above = point.y() - area.top() > 28
        top = point.y() - 28 if above else point.y() + 10
        place = QRectF(point.x() - width / 2 - 4, top, width + 8, 18)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(Role.RAISED))
        painter.drawRoundedRect(place, 4, 4)
        painter.setPen(theme.colour(Role.TEXT))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, row.labels[at])

    def _paint_words(self, painter: QPainter, area: QRectF, row: _Row) -> None:
        theme = current_theme()
        column = QRectF(0, area.top(), area.left() - 10, area.height())
        painter.setPen(theme.colour(Role.TEXT))
        painter.setFont(sized_font(self.font(), SECONDARY_PX, bold=True))
        right = Qt.AlignmentFlag.AlignRight
        painter.drawText(column, right | Qt.AlignmentFlag.AlignVCenter, row.title)
        painter.setPen(theme.colour(Role.MUTED))
        painter.setFont(sized_font(self.font(), SECONDARY_PX))
        painter.drawText(column, right | Qt.AlignmentFlag.AlignTop, row.high)
        painter.drawText(column, right | Qt.AlignmentFlag.AlignBottom, row.low)

    def _paint_numbers(self, painter: QPainter, left: float) -> None:
        if not self._rows:
            return
        painter.setPen(current_theme().colour(Role.MUTED))
        painter.setFont(sized_font(self.font(), SECONDARY_PX))
        for at in range(len(self._rows[0].values)):
            place = QRectF(self._x(left, at) - 16, self.height() - _FOOT + 2, 32, _FOOT - 2)
            painter.drawText(place, Qt.AlignmentFlag.AlignHCenter, str(at + 1))
