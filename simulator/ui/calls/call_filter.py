"""Which of the past calls to show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from simulator.domain.scenario import Outcome
from simulator.domain.session import SessionSummary
from simulator.ui.calls.call_row import local_time
from simulator.ui.theme import GRID
from simulator.ui.widgets.case_words import language_name
from simulator.ui.widgets.choice import Chips, Choice
from simulator.ui.widgets.flow_layout import FlowLayout


class Ending(StrEnum):
    """How the call ended, as far as a list can tell."""

    ANY = "any"
    SETTLED = "settled"
    OTHER = "other"
    CUT_OFF = "cut_off"


@dataclass(frozen=True, slots=True)
class CallFilter:
    """`days` counts back from now; `language` None shows all."""

    text: str = ""
    ending: Ending = Ending.ANY
    days: int | None = None
    language: str | None = None

    def takes(self, row: SessionSummary, now: datetime) -> bool:
        if self.language is not None and row.language != self.language:
            return False
        if any(word not in row.scenario_title.casefold() for word in self.text.casefold().split()):
            return False
        if self.days is not None:
            at = local_time(row.started_at)
            if at is None or at < now - timedelta(days=self.days):
                return False
        return self._takes_ending(row.outcome)

    def _takes_ending(self, outcome: str | None) -> bool:
        match self.ending:
            case Ending.ANY:
                return True
            case Ending.SETTLED:
                return outcome == Outcome.SETTLED
            case Ending.CUT_OFF:
                return outcome is None
            case _:
                return outcome is not None and outcome != Outcome.SETTLED


class FilterRow(QWidget):
    """`changed` carries the new filter."""

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._filter = CallFilter()
        flow = FlowLayout(self, spacing=GRID)
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Find a case"))
        self.search.setAccessibleName(self.tr("Find a case by its title"))
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(200)
        self.search.textChanged.connect(lambda text: self._change(text=text))
        flow.addWidget(self.search)
        self.endings = Chips(
            self.tr("How it ended"),
            [
                (self.tr("All"), Ending.ANY),
                (self.tr("Settled"), Ending.SETTLED),
                (self.tr("Ended otherwise"), Ending.OTHER),
                (self.tr("Cut off"), Ending.CUT_OFF),
            ],
            one_row=True,
        )
        self.endings.chosen.connect(lambda ending: self._change(ending=ending))
        flow.addWidget(self.endings)
        self.period = Choice(self.tr("When"))
        for words, days in (
            (self.tr("Any time"), None),
            (self.tr("Last 7 days"), 7),
            (self.tr("Last 30 days"), 30),
        ):
            self.period.addItem(words, days)
        self.period.currentIndexChanged.connect(lambda _at: self._change(days=self.period.currentData()))
        flow.addWidget(self.period)
        self.languages = Choice(self.tr("Language"))
        self.languages.currentIndexChanged.connect(lambda _at: self._change(language=self.languages.currentData()))
        flow.addWidget(self.languages)

    @property
    def filter(self) -> CallFilter:
        return self._filter

    def offer_languages(self, codes: Sequence[str]) -> None:
        """A choice of language only where there is more than one."""
        self.languages.blockSignals(True)
        self.languages.clear()
        self.languages.addItem(self.tr("All languages"), None)
        for code in codes:
            self.languages.addItem(language_name(code), code)
        wanted = self.languages.findData(self._filter.language)
        self.languages.setCurrentIndex(max(wanted, 0))
        self.languages.blockSignals(False)
        self._filter = replace(self._filter, language=self.languages.currentData())
        self.languages.setVisible(len(codes) > 1)

    def clear(self) -> None:
        self.search.clear()
        self.endings.choose(Ending.ANY)
        self.period.setCurrentIndex(0)
        self.languages.setCurrentIndex(0)
        self._filter = CallFilter()
        self.changed.emit(self._filter)

    def _change(self, **what: object) -> None:
        self._filter = replace(self._filter, **what)
        self.changed.emit(self._filter)
