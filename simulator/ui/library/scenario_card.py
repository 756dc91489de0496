"""One call to choose: who calls, what about, how hard, and how it went before."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from simulator.domain.scenario import CustomerType, Difficulty, Scenario
from simulator.ui.library.own_results import OwnResult
from simulator.ui.theme import GRID
from simulator.ui.theme_colours import Role
from simulator.ui.widgets.buttons import Button, Kind
from simulator.ui.widgets.card import Card, PressableCard, Tag
from simulator.ui.widgets.case_words import (
    difficulty_name,
    initials,
    language_name,
    outcome_name,
    type_name,
)
from simulator.ui.widgets.flow_layout import FlowLayout
from simulator.ui.widgets.icon import Icon
from simulator.ui.widgets.labels import Text
from simulator.ui.widgets.portrait import Portrait

_TYPE_ICONS = {
    CustomerType.FURIOUS: "trending-up",
    CustomerType.DESPOTIC: "hand",
    CustomerType.FREELOADING: "repeat",
    CustomerType.METICULOUS: "search",
    CustomerType.AGGRESSIVE: "shield-alert",
    CustomerType.ACCUSES_OF_INCOMPETENCE: "circle-help",
    CustomerType.PLEASANT: "thumbs-up",
}
_DIFFICULTY_ICONS = {
    Difficulty.GUIDED: "life-buoy",
    Difficulty.STANDARD: "target",
    Difficulty.HARD: "flag",
}


class ScenarioCard(PressableCard):
    """A card in the grid; the whole of it is one button."""

    scenario_chosen = Signal(object)

    def __init__(self, scenario: Scenario, result: OwnResult, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.scenario = scenario
        self.body.addLayout(_head(scenario, 52))
        self.body.addWidget(Text(scenario.complaint, "body"))
        self.body.addWidget(CaseTags(scenario))
        self.body.addStretch(1)
        self.body.addLayout(self._result_line(result))
        self.setAccessibleName(
            self.tr("{name}: {complaint} {type}, {difficulty}. {result}").format(
                name=scenario.customer_in_full,
                complaint=scenario.complaint,
                type=type_name(scenario.type),
                difficulty=difficulty_name(scenario.difficulty),
                result=self._result_words(result),
            )
        )
        self.pressed_once.connect(lambda: self.scenario_chosen.emit(self.scenario))

    def _result_line(self, result: OwnResult) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(GRID)
        tried = result.calls > 0
        row.addWidget(Icon("star" if tried else "circle", Role.ACCENT if tried else Role.MUTED, 16))
        words = Text(self._result_words(result), "secondary")
        row.addWidget(words, 1)
        return row

    def _result_words(self, result: OwnResult) -> str:
        if not result.calls:
            return self.tr("Not tried yet")
        last = outcome_name(result.last_outcome)
        if result.best is None:
            return self.tr("Last: {outcome}, not scored").format(outcome=last)
        if result.last_score is None:
            return self.tr("Best {best} · last: {outcome}, not scored").format(best=round(result.best), outcome=last)
        return self.tr("Best {best} · last {score}, {outcome}").format(
            best=round(result.best), score=round(result.last_score), outcome=last.lower()
        )


class CaseTags(QWidget):
    """Type, difficulty, minutes and language as tags."""

    def __init__(self, scenario: Scenario, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = FlowLayout(self, spacing=GRID - 2)
        row.addWidget(Tag(type_name(scenario.type), Role.CALM, _TYPE_ICONS[scenario.type]))
        row.addWidget(Tag(difficulty_name(scenario.difficulty), Role.MUTED, _DIFFICULTY_ICONS[scenario.difficulty]))
        row.addWidget(Tag(self.tr("%n min", "", scenario.minutes), Role.MUTED, "clock"))
        row.addWidget(Tag(language_name(scenario.language), Role.MUTED, "languages"))


class SuggestedCard(Card):
    """The call to take next, with the reason, across the whole width."""

    scenario_chosen = Signal(object)

    def __init__(self, scenario: Scenario, why: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("chosen", True)
        self.scenario = scenario
        lead = QHBoxLayout()
        lead.setSpacing(GRID)
        lead.addWidget(Icon("sparkles", Role.ACCENT, 16), 0, Qt.AlignmentFlag.AlignTop)
        self.why = Text(self.tr("Suggested next: {why}").format(why=why), "accent")
        lead.addWidget(self.why, 1)
        self.body.addLayout(lead)
        row = QHBoxLayout()
        row.setSpacing(3 * GRID)
        words = QVBoxLayout()
        words.setSpacing(GRID)
        words.addLayout(_head(scenario, 64))
        words.addWidget(Text(scenario.complaint, "body"))
        words.addWidget(CaseTags(scenario))
        row.addLayout(words, 1)
        self.button = Button(self.tr("Prepare for this call"), Kind.PRIMARY, "arrow-right")
        self.button.clicked.connect(lambda: self.scenario_chosen.emit(self.scenario))
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignBottom)
        self.body.addLayout(row)


def _head(scenario: Scenario, size: int) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(GRID + 4)
    row.addWidget(Portrait(initials(scenario.customer_name), scenario.start_temper, size))
    words = QVBoxLayout()
    words.setSpacing(0)
    words.addStretch(1)
    words.addWidget(Text(scenario.customer_in_full, "strong"))
    words.addWidget(Text(scenario.title, "secondary"))
    words.addStretch(1)
    row.addLayout(words, 1)
    return row
