"""The measures of one reply in words, with units, against the own calm."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QLocale, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from simulator.domain.measures import Confidence, Level, OverlapKind, Pace, TurnTaking
from simulator.domain.voice_targets import VoiceTargets
from simulator.practice.turn_result import Reply
from simulator.ui.rehearse.band_scale import LEVEL_BAND_DB, PACE_BAND, Band, paint_band, paint_marker, zone_role
from simulator.ui.theme import GRID, current_theme
from simulator.ui.theme_colours import Role
from simulator.ui.widgets.labels import Text

_MEASURES = 3


@dataclass(frozen=True, slots=True)
class MeasureWords:
    """One measure ready to show: `value` on its `band` (None: no scale), `figure` with its unit, `note` beside it."""

    title: str
    figure: str
    note: str
    value: float | None = None
    band: Band | None = None
    unsure: bool = False


def decimal(value: float, digits: int = 1, *, signed: bool = False) -> str:
    """A number as the language writes it, with a true minus sign."""
    text = QLocale().toString(abs(value), "f", digits)
    if value < 0 and float(f"{value:.{digits}f}") != 0.0:
        return "\u2212" + text
    return "+" + text if signed else text


def measures_of(reply: Reply) -> tuple[MeasureWords, ...]:
    """Level, pace and start of a spoken reply, none of a typed one; what was not measured says why."""
    if reply.voice is None:
        return ()
    return (_level(reply.voice.level), _pace(reply.voice.pace), _start(reply.timing))


def _level(level: Level) -> MeasureWords:
    title = QCoreApplication.translate("Measures", "Loudness")
    if level.clipped:
        return MeasureWords(
            title,
            QCoreApplication.translate("Measures", "not scored"),
            QCoreApplication.translate("Measures", "the microphone was overdriven: turn it down a little"),
        )
    if level.relative_to_calm_db is None:
        return MeasureWords(
            title,
            QCoreApplication.translate("Measures", "not measured"),
            QCoreApplication.translate("Measures", "no calm voice to compare with yet"),
        )
    value = level.relative_to_calm_db
    note = {
        -1: QCoreApplication.translate("Measures", "softer than your calm voice"),
        0: QCoreApplication.translate("Measures", "within your calm band"),
        1: QCoreApplication.translate("Measures", "above your calm band"),
        2: QCoreApplication.translate("Measures", "raised voice"),
    }[LEVEL_BAND_DB.zone(value)]
    figure = QCoreApplication.translate("Measures", "{difference} dB").format(difference=decimal(value, signed=True))
    return MeasureWords(title, figure, note, value, LEVEL_BAND_DB, level.confidence is Confidence.LOW)


def _pace(pace: Pace) -> MeasureWords:
    title = QCoreApplication.translate("Measures", "Pace")
    rate = pace.articulation_rate_syl_per_s
    if rate is None:
        return MeasureWords(
            title,
            QCoreApplication.translate("Measures", "not measured"),
            QCoreApplication.translate("Measures", "too little speech for a pace of its own"),
        )
    figure = QCoreApplication.translate("Measures", "{rate} syllables/s").format(rate=decimal(rate))
    ratio = pace.relative_to_calm
    if ratio is None:
        return MeasureWords(title, figure, QCoreApplication.translate("Measures", "no calm pace to compare with yet"))
    percent = round((ratio - 1.0) * 100)
    if percent == 0:
        note = QCoreApplication.translate("Measures", "exactly your calm pace")
    elif percent > 0:
        note = QCoreApplication.translate("Measures", "{percent} % above your calm pace").format(percent=percent)
    else:
        note = QCoreApplication.translate("Measures", "{percent} % below your calm pace").format(percent=-percent)
    return MeasureWords(title, figure, note, ratio, PACE_BAND, pace.confidence is Confidence.LOW)


def _start(timing: TurnTaking | None) -> MeasureWords:
    title = QCoreApplication.translate("Measures", "Start")
    if timing is None or timing.reply_gap_s is None:
        return MeasureWords(title, QCoreApplication.translate("Measures", "not measured"), "")
    overlap = timing.overlap_s or 0.0
    if timing.reply_gap_s < 0 and timing.overlap_kind not in (None, OverlapKind.NONE):
        figure = QCoreApplication.translate("Measures", "{seconds} s too early").format(
            seconds=decimal(-timing.reply_gap_s)
        )
        if timing.timely_entry:
            return MeasureWords(
                title, figure, QCoreApplication.translate("Measures", "at a pause, which is a good moment")
            )
        note = QCoreApplication.translate("Measures", "you both spoke for {seconds} s").format(seconds=decimal(overlap))
        return MeasureWords(title, figure, note)
    gap_s = max(timing.reply_gap_s, 0.0)
    figure = QCoreApplication.translate("Measures", "after {seconds} s").format(seconds=decimal(gap_s))
    natural = gap_s <= VoiceTargets().natural_gap_s
    return MeasureWords(
        title,
        figure,
        QCoreApplication.translate("Measures", "you let them finish")
        if natural
        else QCoreApplication.translate("Measures", "a long wait for them"),
    )


class _Scale(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._words: MeasureWords | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_measure(self, words: MeasureWords) -> None:
        self._words = words
        self.setVisible(words.value is not None)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(140, 22)

    def minimumSizeHint(self) -> QSize:
        return QSize(72, 22)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._words is None or self._words.band is None or self._words.value is None:
            return
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(1, 1, self.width() - 2, 20)
        paint_band(painter, area, self._words.band, theme)
        paint_marker(painter, area, self._words.band, self._words.value, theme)
        painter.end()


class _MeasureRow(QWidget):
    """The name, the place against the calm band, the figure; below it what that means."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        line = QHBoxLayout()
        line.setSpacing(2 * GRID)
        self._title = Text("", "strong", wrap=False)
        self._scale = _Scale()
        self._figure = Text("", "body", wrap=False)
        line.addWidget(self._title)
        line.addWidget(self._scale, 1)
        line.addWidget(self._figure)
        line.addStretch(0)
        column.addLayout(line)
        self._note = Text("", "secondary")
        self._note_row = QHBoxLayout()
        self._note_row.addWidget(self._note, 1)
        column.addLayout(self._note_row)

    @property
    def title_width(self) -> int:
        return self._title.sizeHint().width()

    @property
    def figure_width(self) -> int:
        return self._figure.sizeHint().width()

    def align(self, title_width: int, figure_width: int) -> None:
        """The same columns in all rows."""
        self._title.setMinimumWidth(title_width)
        self._figure.setMinimumWidth(figure_width)
        self._note_row.setContentsMargins(title_width + 2 * GRID, 0, 0, 0)

    def show_measure(self, words: MeasureWords) -> None:
        self._title.setText(words.title)
        self._scale.show_measure(words)
        self._figure.setText(words.figure)
        note = words.note
        if words.unsure and note:
            note = QCoreApplication.translate("Measures", "{note} (rough: the reply was short)").format(note=note)
        self._note.setText(note)
        self._note.setVisible(bool(note))
        zone = 0 if words.band is None or words.value is None else words.band.zone(words.value)
        self._note.tint(zone_role(zone) if zone > 0 else Role.MUTED)


class MeasureRows(QWidget):
    """A row for each measure of one reply."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        self._typed = Text(QCoreApplication.translate("Measures", "Typed, so nothing was measured."), "secondary")
        column.addWidget(self._typed)
        self._rows = [_MeasureRow() for _ in range(_MEASURES)]
        for row in self._rows:
            column.addWidget(row)

    def show_reply(self, reply: Reply) -> None:
        measures = measures_of(reply)
        self._typed.setVisible(not measures)
        for row, words in zip(self._rows, measures, strict=False):
            row.show_measure(words)
        titles = max((row.title_width for row in self._rows), default=0)
        figures = max((row.figure_width for row in self._rows), default=0)
        for at, row in enumerate(self._rows):
            row.setVisible(at < len(measures))
            row.align(titles, figures)
