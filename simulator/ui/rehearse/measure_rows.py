"""The measures of one reply in words, with units, against the own calm."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QLocale, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from simulator.domain.measures import Confidence
from simulator.practice.turn_result import Reply
from simulator.ui.rehearse.band_scale import LEVEL_BAND_DB, PACE_BAND, Band, paint_band, paint_marker, zone_role
from simulator.ui.theme import GRID, current_theme
from simulator.ui.theme_colours import Role
from simulator.ui.widgets.labels import Text


@dataclass(frozen=True, slots=True)
class MeasureWords:
    """One measure ready to show: `value` on its `band` (None: no scale), `figure` with its unit, `note` beside it."""

    title: str
    figure: str
    note: str
    value: float | None = None
    band: Band | None = None
    unsure: bool = False


def _say(text: str) -> str:
    return QCoreApplication.translate("Measures", text)


def decimal(value: float, digits: int = 1, *, signed: bool = False) -> str:
    """A number as the language writes it, with a true minus sign."""
    text = QLocale().toString(abs(value), "f", digits)
    if value < 0 and float(f"{value:.{digits}f}") != 0.0:
        return "\u2212" + text
    return "+" + text if signed else text


def measures_of(reply: Reply) -> tuple[MeasureWords, ...]:
    """Level, pace and start of a reply; what was not measured says why, and costs nothing."""
    return (_level(reply), _pace(reply), _start(reply))


def _level(reply: Reply) -> MeasureWords:
    title = _say("Loudness")
    level = reply.voice.level if reply.voice else None
    if level is None:
        return MeasureWords(title, _say("not measured"), _say("typed reply"))
    if level.clipped:
        return MeasureWords(title, _say("not scored"), _say("the microphone was overdriven: turn it down a little"))
    if level.relative_to_calm_db is None:
        return MeasureWords(title, _say("not measured"), _say("no calm voice to compare with yet"))
    value = level.relative_to_calm_db
    note = {
        -1: _say("softer than your calm voice"),
        0: _say("within your calm band"),
        1: _say("above your calm band"),
        2: _say("raised voice"),
    }[LEVEL_BAND_DB.zone(value)]
    figure = _say("{difference} dB").format(difference=decimal(value, signed=True))
    return MeasureWords(title, figure, note, value, LEVEL_BAND_DB, level.confidence is Confidence.LOW)


def _pace(reply: Reply) -> MeasureWords:
    title = _say("Pace")
    pace = reply.voice.pace if reply.voice else None
    if pace is None:
        return MeasureWords(title, _say("not measured"), _say("typed reply"))
    rate = pace.articulation_rate_syl_per_s
    if rate is None:
        return MeasureWords(title, _say("not measured"), _say("too little speech for a pace of its own"))
    figure = _say("{rate} syllables/s").format(rate=decimal(rate))
    ratio = pace.relative_to_calm
    if ratio is None:
        return MeasureWords(title, figure, _say("no calm pace to compare with yet"))
    percent = round((ratio - 1.0) * 100)
    if percent == 0:
        note = _say("exactly your calm pace")
    elif percent > 0:
        note = _say("{percent} % above your calm pace").format(percent=percent)
    else:
        note = _say("{percent} % below your calm pace").format(percent=-percent)
    return MeasureWords(title, figure, note, ratio, PACE_BAND, pace.confidence is Confidence.LOW)


def _start(reply: Reply) -> MeasureWords:
    title = _say("Start")
    timing = reply.timing
    if timing is None or timing.reply_gap_s is None:
        return MeasureWords(title, _say("not measured"), _say("typed reply") if reply.voice is None else "")
    overlap = timing.overlap_s or 0.0
    if timing.reply_gap_s < 0 and overlap >= 0.3:
        figure = _say("{seconds} s too early").format(seconds=decimal(-timing.reply_gap_s))
        if timing.timely_entry:
            return MeasureWords(title, figure, _say("at a pause, which is a good moment"))
        note = _say("you both spoke for {seconds} s").format(seconds=decimal(overlap))
        return MeasureWords(title, figure, note)
    gap_s = max(timing.reply_gap_s, 0.0)
    figure = _say("after {seconds} s").format(seconds=decimal(gap_s))
    return MeasureWords(title, figure, _say("you let them finish") if gap_s <= 3.0 else _say("a long wait for them"))


class _Scale(QWidget):
    def __init__(self, words: MeasureWords) -> None:
        super().__init__()
        self._words = words
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(140, 22)

    def minimumSizeHint(self) -> QSize:
        return QSize(72, 22)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._words.band is None or self._words.value is None:
            return
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(1, 1, self.width() - 2, 20)
        paint_band(painter, area, self._words.band, theme)
        paint_marker(painter, area, self._words.band, self._words.value, theme)
        painter.end()


class MeasureRows(QWidget):
    """A row for each measure: its name, its place against the calm band, its figure, and what that means."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(2 * GRID)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(1, 1)

    def show_reply(self, reply: Reply) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            item.widget().deleteLater()
        for number, words in enumerate(measures_of(reply)):
            row = 2 * number
            self._grid.addWidget(Text(words.title, "strong", wrap=False), row, 0)
            figure = Text(words.figure, "body", wrap=False)
            if words.value is not None:
                self._grid.addWidget(_Scale(words), row, 1)
                self._grid.addWidget(figure, row, 2)
            else:
                self._grid.addWidget(figure, row, 1, 1, 2)
            note = words.note
            if words.unsure and note:
                note = _say("{note} (rough: the reply was short)").format(note=note)
            if note:
                label = Text(note, "secondary")
                if words.band is not None and words.value is not None:
                    zone = words.band.zone(words.value)
                    label.tint(zone_role(zone) if zone > 0 else Role.MUTED)
                self._grid.addWidget(label, row + 1, 1, 1, 2)
            self._grid.setRowMinimumHeight(row + 1, 20 if note else 0)
