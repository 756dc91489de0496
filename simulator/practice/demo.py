"""What a synthetic trainee says: a good one, from the scenario's better wordings, and one to learn from."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from simulator.domain.scenario import Beat, BetterWording, Scenario

MOST_TECHNIQUES = 4

# In the order in which a good reply would say them.
_NATURAL_ORDER = (
    "show_listening",
    "thank",
    "set_respect_boundary",
    "acknowledge_feelings",
    "apologise",
    "use_name",
    "summarise",
    "check_understanding",
    "name_need",
    "take_their_side",
    "intend_to_help",
    "refocus",
    "ask_expectation",
    "explain_cause",
    "explain_procedure",
    "set_scope_boundary",
    "offer_solution",
    "offer_alternative",
    "offer_compensation",
    "offer_escalation",
    "explain_next_steps",
    "reassure",
    "offer_follow_up",
    "ask_facts",
    "request_pause",
)
# Too early for an angry customer, or only for when the talk has failed.
_HELD_BACK = frozenset({"offer_escalation", "request_pause"})


class Manner(StrEnum):
    GOOD = "good"
    POOR = "poor"


class SyntheticTrainee:
    """Answers each beat as written, with what it has not said yet; the same call always gives the same words."""

    def __init__(self, scenario: Scenario, manner: Manner = Manner.GOOD) -> None:
        self._scenario = scenario
        self._manner = manner
        self._said: list[BetterWording] = []

    def answer(self, beat: str) -> str:
        """The reply to a line of that beat, in other words of the scenario where it has none for it; empty where the
        scenario has no wordings at all."""
        step = self._scenario.beat(beat)
        chosen = self._good(step) if self._manner is Manner.GOOD else self._poor()
        self._said.extend(chosen)
        return " ".join(wording.text for wording in chosen)

    def _good(self, beat: Beat) -> Sequence[BetterWording]:
        wanted = [technique for technique in beat.expects if technique not in _HELD_BACK] or list(beat.expects)
        fresh = [technique for technique in wanted if not self._used(technique)]
        chosen = (fresh + [technique for technique in wanted if technique not in fresh])[:MOST_TECHNIQUES]
        chosen.sort(key=lambda technique: _place(technique))
        fitting = [wording for each in chosen if (wording := self._wording(each)) is not None]
        return self._without_doubles(fitting or self._any())

    def _any(self) -> Sequence[BetterWording]:
        known = self._scenario.better_wordings
        return next(((wording,) for wording in known if wording not in self._said), known[:1])

    def _poor(self) -> Sequence[BetterWording]:
        wordings = self._scenario.poor_wordings
        return (wordings[len(self._said) % len(wordings)],) if wordings else ()

    def _used(self, technique: str) -> bool:
        return any(wording.technique == technique for wording in self._said)

    def _wording(self, technique: str) -> BetterWording | None:
        """The first wording of a technique not said yet, else its first."""
        known = [wording for wording in self._scenario.better_wordings if wording.technique == technique]
        return next((wording for wording in known if wording not in self._said), known[0] if known else None)

    def _without_doubles(self, chosen: Sequence[BetterWording]) -> Sequence[BetterWording]:
        """One naming of the customer is enough for a reply: a wording for that alone goes where another names them."""
        forms = self._scenario.customer.name_forms
        named = [wording for wording in chosen if any(form in wording.text for form in forms)]
        if len(named) < 2:
            return chosen
        return [wording for wording in chosen if wording.technique != "use_name"]


def _place(technique: str) -> int:
    return _NATURAL_ORDER.index(technique) if technique in _NATURAL_ORDER else len(_NATURAL_ORDER)
