"""Ears for tests of the call: each technique by one plain phrase."""

from __future__ import annotations

from collections.abc import Sequence

from simulator.domain.scenario import Scenario
from simulator.domain.technique import Detection, Evidence

PHRASES = {
    "ms novak": "use_name",
    "i can hear how upsetting": "acknowledge_feelings",
    "i will sort this out": "intend_to_help",
    "order number": "ask_facts",
    "i'm sorry": "apologise",
    "driver tomorrow": "offer_solution",
    "first i print": "explain_next_steps",
    "i'll call you": "offer_follow_up",
    "that's not true": "argue",
    "nothing i can do": "brush_off",
    "calm down": "command_calm",
    "two minutes": "request_pause",
    "stop shouting": "set_respect_boundary",
}


class PlainEars:
    """Stands for the detector at its port: each technique by one plain phrase."""

    def detect(self, text: str, scenario: Scenario, context: str) -> Sequence[Detection]:
        found = []
        for phrase, technique in PHRASES.items():
            at = text.lower().find(phrase)
            if at >= 0:
                words = text[at : at + len(phrase)]
                found.append(Detection(technique, (Evidence(words, at, at + len(phrase)),)))
        return found
