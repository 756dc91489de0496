"""The left side of a briefing: who calls, what happened, the facts, what may be offered, and the limits."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from simulator.domain.scenario import Scenario
from simulator.ui.library.scenario_card import CaseTags
from simulator.ui.theme import GRID
from simulator.ui.theme_colours import Role
from simulator.ui.widgets.card import Card, Line
from simulator.ui.widgets.case_words import initials, temper_name
from simulator.ui.widgets.icon import Icon
from simulator.ui.widgets.labels import Text
from simulator.ui.widgets.portrait import Portrait


class CaseNotes(QWidget):
    """Everything the author wrote for the trainee to read before the call."""

    def __init__(self, scenario: Scenario, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "plain")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(2 * GRID)
        box.addWidget(self._who(scenario))
        box.addWidget(self._what_is_known(scenario))
        box.addStretch(1)

    def _what_is_known(self, scenario: Scenario) -> Card:
        briefing = scenario.briefing
        card = Card()
        for title, icon, role, sentences in (
            (self.tr("Facts you have"), "search", Role.CALM, briefing.facts),
            (self.tr("You may offer"), "circle-check", Role.PRAISE, briefing.may_offer),
            (self.tr("Your limits"), "hand", Role.ALERT, briefing.limits),
        ):
            if sentences:
                if card.body.count():
                    card.body.addSpacing(GRID // 2)
                    card.body.addWidget(Line())
                    card.body.addSpacing(GRID // 2)
                _add_sentences(card, title, icon, role, sentences)
        card.setVisible(bool(card.body.count()))
        return card

    def _who(self, scenario: Scenario) -> Card:
        card = Card()
        row = QHBoxLayout()
        row.setSpacing(2 * GRID)
        face = Portrait(initials(scenario.customer_name), scenario.start_temper, 72)
        row.addWidget(face, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(GRID // 2)
        words.addWidget(Text(scenario.customer_in_full, "section"))
        mood = self.tr("Comes to the phone {temper}. You are {agent}.")
        words.addWidget(
            Text(mood.format(temper=temper_name(scenario.start_temper), agent=scenario.agent_name), "secondary")
        )
        words.addWidget(CaseTags(scenario))
        row.addLayout(words, 1)
        card.body.addLayout(row)
        card.body.addSpacing(GRID // 2)
        card.body.addWidget(Text(self.tr("What happened"), "strong"))
        card.body.addWidget(Text(scenario.briefing.what_happened, "body"))
        return card


def _add_sentences(card: Card, title: str, icon: str, role: Role, sentences: Sequence[str]) -> None:
    head = QHBoxLayout()
    head.setSpacing(GRID)
    head.addWidget(Icon(icon, role), 0, Qt.AlignmentFlag.AlignTop)
    head.addWidget(Text(title, "strong"), 1)
    card.body.addLayout(head)
    for sentence in sentences:
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addSpacing(GRID // 2)
        row.addWidget(Text("•", "body", wrap=False), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Text(sentence, "body"), 1)
        card.body.addLayout(row)
