"""Practise: every call that can be taken, the one to take next first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QLocale, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from simulator.domain.errors import SimulatorError
from simulator.domain.scenario import CustomerType, Scenario
from simulator.practice.services import Services
from simulator.practice.suggestion import Suggestion, past_calls, suggest_next
from simulator.ui.bridge import Task
from simulator.ui.library.own_results import OwnResult, own_results
from simulator.ui.library.scenario_card import ScenarioCard, SuggestedCard
from simulator.ui.library.why_next import why_next
from simulator.ui.theme import GRID
from simulator.ui.widgets.case_words import language_name, type_name
from simulator.ui.widgets.choice import Chips, Choice
from simulator.ui.widgets.empty_state import EmptyState
from simulator.ui.widgets.flow_layout import FlowLayout
from simulator.ui.widgets.page import Page

_CARD_WIDTH = 300
_AT_ONCE = 6


@dataclass(frozen=True, slots=True)
class LibraryContent:
    scenarios: tuple[Scenario, ...]
    results: dict[str, OwnResult]
    suggestion: Suggestion | None


def read_library(services: Services, trainee_id: str) -> LibraryContent:
    """Everything the page shows. Raises SimulatorError (a broken scenario, a store that cannot be read)."""
    scenarios = tuple(services.scenarios.scenarios())
    sessions = services.store.sessions(trainee_id)
    language = sessions[0].language if sessions else own_language(scenarios)
    suggestion = suggest_next(scenarios, past_calls(services.store, sessions), language)
    return LibraryContent(scenarios, own_results(sessions), suggestion)


def own_language(scenarios: Sequence[Scenario]) -> str:
    """The system's language where there are calls in it, else English."""
    code = QLocale().name().split("_")[0]
    return code if any(scenario.language == code for scenario in scenarios) else "en"


class LibraryPage(Page):
    """Reads in the background; `shown` is emitted when the cards are there (or the trouble is)."""

    scenario_chosen = Signal(object)
    broke = Signal(object)
    shown = Signal()

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Practise"), self.tr("Choose a customer and prepare for the call."), parent)
        self._services = services
        self._trainee_id = services.settings.load().trainee_id
        self._content: LibraryContent | None = None
        self._type: CustomerType | None = None
        self._language: str | None = None
        self._task: Task | None = None
        self._holder: QWidget | None = None
        self._waiting: list[Scenario] = []
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self._add_some)

    def show_trainee(self, trainee_id: str) -> None:
        """Read the library for somebody and show it."""
        self._trainee_id = trainee_id
        if self._task is not None:
            self._task.cancel()
        work: Callable[[Any], LibraryContent] = lambda _tell: read_library(self._services, trainee_id)  # noqa: E731
        self._task = Task(work, self)
        self._task.finished.connect(self._show)
        self._task.failed.connect(self._show_trouble)
        self._task.broke.connect(self.broke)
        self._task.start()

    def cards(self) -> list[ScenarioCard]:
        return self.findChildren(ScenarioCard)

    def suggested(self) -> SuggestedCard | None:
        return self.findChild(SuggestedCard)

    def _show(self, content: LibraryContent) -> None:
        if content == self._content and self._holder is not None:
            self.shown.emit()
            return
        self._content = content
        self._later.stop()
        holder = QWidget()
        holder.setProperty("role", "plain")
        box = QVBoxLayout(holder)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(3 * GRID)
        if not content.scenarios:
            title = self.tr("No calls to practise yet")
            text = self.tr("Put scenario files into the scenarios folder, then come back to this page.")
            box.addWidget(EmptyState("library", title, text))
        else:
            self._add_suggestion(box, content)
            box.addLayout(self._filters(content.scenarios))
            self._grid = QWidget()
            self._grid.setProperty("role", "plain")
            self._flow = FlowLayout(self._grid, spacing=2 * GRID, column_width=_CARD_WIDTH)
            box.addWidget(self._grid)
            self._fill()
            box.addStretch(1)
        self._replace(holder)
        self._focus_first()
        self.shown.emit()

    def _show_trouble(self, error: SimulatorError) -> None:
        self._content = None
        self._later.stop()
        state = EmptyState("octagon-alert", error.problem, error.remedy, self.tr("Try again"))
        state.action_taken.connect(lambda: self.show_trainee(self._trainee_id))
        self._replace(state)
        self.shown.emit()

    def _replace(self, holder: QWidget) -> None:
        before, self._holder = self._holder, holder
        if before is not None:
            self.body.removeWidget(before)
            before.setParent(None)
            before.deleteLater()
        self.body.addWidget(holder, 1)
        holder.show()

    def _add_suggestion(self, box: QVBoxLayout, content: LibraryContent) -> None:
        found = [s for s in content.scenarios if content.suggestion and s.id == content.suggestion.scenario_id]
        if content.suggestion and found:
            card = SuggestedCard(found[0], why_next(content.suggestion))
            card.scenario_chosen.connect(self.scenario_chosen)
            box.addWidget(card)

    def _focus_first(self) -> None:
        card = self.suggested()
        if card is not None and self.isVisible():
            card.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _filters(self, scenarios: Sequence[Scenario]) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(2 * GRID)
        present = [kind for kind in CustomerType if any(s.type is kind for s in scenarios)]
        options: list[tuple[str, Any]] = [(self.tr("All"), None), *((type_name(kind), kind) for kind in present)]
        chips = Chips(self.tr("Type of customer"), options)
        chips.choose(self._type)
        chips.chosen.connect(self._choose_type)
        row.addWidget(chips, 1, Qt.AlignmentFlag.AlignVCenter)
        languages = sorted({s.language for s in scenarios})
        if len(languages) > 1:
            choice = Choice(self.tr("Language"))
            choice.addItem(self.tr("All languages"), None)
            for code in languages:
                choice.addItem(language_name(code), code)
            choice.setCurrentIndex(max(0, choice.findData(self._language)))
            choice.currentIndexChanged.connect(lambda _at: self._choose_language(choice.currentData()))
            row.addWidget(choice)
        return row

    def _choose_type(self, kind: CustomerType | None) -> None:
        self._type = kind
        self._fill()

    def _choose_language(self, language: str | None) -> None:
        self._language = language
        self._fill()

    def _fill(self) -> None:
        assert self._content is not None
        while (item := self._flow.takeAt(0)) is not None:
            item.widget().hide()
            item.widget().deleteLater()
        self._waiting = [
            scenario
            for scenario in self._content.scenarios
            if self._type in (None, scenario.type) and self._language in (None, scenario.language)
        ]
        self._add_some()

    def _add_some(self) -> None:
        """A screenful of cards at a time, so that a large library does not hold up the window."""
        assert self._content is not None
        now, self._waiting = self._waiting[:_AT_ONCE], self._waiting[_AT_ONCE:]
        for scenario in now:
            card = ScenarioCard(scenario, self._content.results.get(scenario.id, OwnResult()))
            card.scenario_chosen.connect(self.scenario_chosen)
            self._flow.addWidget(card)
            card.show()
        self._grid.updateGeometry()
        if self._waiting:
            self._later.start()
