"""The middle of the call page: the temper, the caption, who has the floor, and the words as they are heard."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from simulator.ui.rehearse.band_scale import LEVEL_BAND_DB, PACE_BAND
from simulator.ui.rehearse.caption import Caption
from simulator.ui.rehearse.floor_indicator import FloorIndicator
from simulator.ui.rehearse.meters import LEVEL_SETTLES_S, PACE_SETTLES_S, VoiceMeter
from simulator.ui.rehearse.temper_gauge import TemperGauge
from simulator.ui.theme import GRID, MARGIN, READING_WIDTH
from simulator.ui.theme_colours import Role
from simulator.ui.widgets.icon import Icon
from simulator.ui.widgets.labels import Text

_LATEST_WORDS = 28


def latest_words(text: str) -> str:
    """The end of a long reply: what was said just now is what one wants to see."""
    words = text.split()
    return text if len(words) <= _LATEST_WORDS else "\u2026 " + " ".join(words[-_LATEST_WORDS:])


class Stage(QWidget):
    """`set_compact(True)` leaves the gauge and the caption, while the feedback covers the rest."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(MARGIN, 2 * GRID, MARGIN, GRID)
        row.setSpacing(MARGIN)
        self.gauge = TemperGauge()
        row.addWidget(self.gauge)
        column = QVBoxLayout()
        column.setSpacing(2 * GRID)
        self.caption = Caption()
        self.caption.setMaximumWidth(READING_WIDTH + 120)
        column.addWidget(self.caption, 20)
        self._no_caption = Text(self.tr("Captions are off. Listen."), "secondary")
        self._no_caption.hide()
        column.addWidget(self._no_caption)
        self._talk = QWidget()
        talk = QVBoxLayout(self._talk)
        talk.setContentsMargins(0, 0, 0, 0)
        talk.setSpacing(GRID + 4)
        self.floor = FloorIndicator()
        talk.addWidget(self.floor)
        self.prompt = Text("", "strong")
        talk.addWidget(self.prompt)
        self._words = Text("", "body")
        self._words.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._words.setMinimumHeight(48)
        talk.addWidget(self._words)
        self._talk.setMaximumWidth(READING_WIDTH + 120)
        column.addWidget(self._talk, 0)
        column.addStretch(1)
        row.addLayout(column, 1)
        row.addStretch(0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_words(self, text: str) -> None:
        shown = self.tr("you: {words}").format(words=latest_words(text)) if text else ""
        if shown != self._words.text():
            self._words.setText(shown)

    @property
    def words(self) -> str:
        return self._words.text()

    def show_captions(self, shown: bool) -> None:
        self.caption.setVisible(shown)
        self._no_caption.setVisible(not shown)

    def set_compact(self, compact: bool) -> None:
        self._talk.setVisible(not compact)


class Meters(QWidget):
    """Level and pace side by side."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(MARGIN, 0, MARGIN, 0)
        row.setSpacing(MARGIN)
        calm = self.tr("your calm")
        self.level = VoiceMeter(
            self.tr("Loudness"), self.tr("soft"), calm, self.tr("loud"), LEVEL_BAND_DB, LEVEL_SETTLES_S
        )
        self.pace = VoiceMeter(self.tr("Pace"), self.tr("slow"), calm, self.tr("fast"), PACE_BAND, PACE_SETTLES_S)
        row.addWidget(self.level, 1)
        row.addWidget(self.pace, 1)

    def set_calibrated(self, calibrated: bool) -> None:
        word = self.tr("your calm") if calibrated else self.tr("your calm, still learning it")
        self.level.set_calm_word(word)
        self.pace.set_calm_word(word)

    def show_values(self, level_db: float | None, pace_ratio: float | None) -> None:
        self.level.show_value(level_db)
        self.pace.show_value(pace_ratio)

    def clear(self) -> None:
        self.show_values(None, None)


class HintRow(QWidget):
    """What a good reply would do now; guided calls only."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(MARGIN, 0, MARGIN, 0)
        row.setSpacing(GRID)
        row.addWidget(Icon("lightbulb", Role.ACCENT), 0, Qt.AlignmentFlag.AlignTop)
        self._text = Text("", "body")
        row.addWidget(self._text, 1)

    def show_hint(self, text: str) -> None:
        self._text.setText(text)
        self.setAccessibleName(text)
        self.setVisible(bool(text))

    @property
    def text(self) -> str:
        return self._text.text()
