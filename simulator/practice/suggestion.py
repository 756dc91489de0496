"""Which call to take next, and why: from what a person's last calls showed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from simulator.domain.scenario import Difficulty, Scenario
from simulator.domain.session import SessionSummary
from simulator.ports import SessionStore

LAST_CALLS = 4
OFTEN = 2

# What to practise against a habit that harms, best first.
_COUNTERPARTS = {
    "interrupt": ("patient_start", "let_them_vent", "show_listening"),
    "shout": ("lower_voice", "match_then_lead", "steady_voice"),
    "rush": ("slow_down", "match_then_lead"),
    "dead_air": ("request_pause", "explain_next_steps"),
    "drone_on": ("check_understanding", "ask_facts"),
    "argue": ("acknowledge_feelings", "summarise", "refocus"),
    "deny_responsibility": ("apologise", "intend_to_help"),
    "blame_colleague": ("refocus", "intend_to_help"),
    "blame_customer": ("take_their_side", "refocus"),
    "command_calm": ("acknowledge_feelings", "set_respect_boundary"),
    "joke": ("acknowledge_feelings", "name_need"),
    "personal_remark": ("refocus", "set_respect_boundary"),
    "hide_behind_policy": ("explain_procedure", "offer_alternative"),
    "brush_off": ("offer_alternative", "offer_escalation"),
    "wrong_name": ("use_name",),
    "overuse_name": ("use_name",),
    "over_apologise": ("apologise", "offer_solution"),
}
_EASIEST_FIRST = tuple(Difficulty)


class Reason(StrEnum):
    FIRST_CALL = "first_call"
    HARM = "harm"
    MISSED = "missed"
    NEW = "new"
    WEAKEST = "weakest"


@dataclass(frozen=True, slots=True)
class PastCall:
    """A finished call as far as the next one depends on it. `score` None: too little could be judged."""

    scenario_id: str
    score: float | None
    harms: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The call to take next. HARM and MISSED: `technique` was found or missed in `count` of the last `of` calls.
    WEAKEST: `score` is the best so far."""

    scenario_id: str
    reason: Reason
    technique: str | None = None
    count: int = 0
    of: int = 0
    score: float | None = None


def suggest_next(
    scenarios: Sequence[Scenario], past: Sequence[PastCall], language: str | None = None
) -> Suggestion | None:
    """`past` is newest first. A habit shown in two or more of the last four calls decides; else what was not tried
    yet, the easiest first; else the call with the weakest best score. None where there is no scenario.

    Only calls in `language` are suggested, where there are any.
    """
    scenarios = [scenario for scenario in scenarios if scenario.language == language] or scenarios
    if not scenarios:
        return None
    if not past:
        return Suggestion(min(scenarios, key=_gentleness).id, Reason.FIRST_CALL)
    return _by_habit(scenarios, past) or _by_what_is_left(scenarios, past)


def _by_habit(scenarios: Sequence[Scenario], past: Sequence[PastCall]) -> Suggestion | None:
    last = past[:LAST_CALLS]
    for reason, found in (
        (Reason.HARM, _commonest(call.harms for call in last)),
        (Reason.MISSED, _commonest(call.missed for call in last)),
    ):
        for technique, count in found:
            wanted = (technique, *_COUNTERPARTS.get(technique, ()))
            fitting = [scenario for scenario in scenarios if set(wanted) & set(scenario.trains)]
            if fitting:
                chosen = min(fitting, key=lambda scenario: (_times_tried(scenario, past), _gentleness(scenario)))
                return Suggestion(chosen.id, reason, technique, count, len(last))
    return None


def _by_what_is_left(scenarios: Sequence[Scenario], past: Sequence[PastCall]) -> Suggestion:
    untried = [scenario for scenario in scenarios if not _times_tried(scenario, past)]
    if untried:
        return Suggestion(min(untried, key=_gentleness).id, Reason.NEW)
    best = {scenario.id: best_score(scenario.id, past) for scenario in scenarios}
    weakest = min(scenarios, key=lambda scenario: (best[scenario.id] or 0.0, _gentleness(scenario)))
    return Suggestion(weakest.id, Reason.WEAKEST, score=best[weakest.id])


def best_score(scenario_id: str, past: Iterable[PastCall]) -> float | None:
    """The best score of a scenario so far; None where none was scored."""
    return max(
        (call.score for call in past if call.scenario_id == scenario_id and call.score is not None), default=None
    )


def _commonest(found: Iterable[tuple[str, ...]]) -> list[tuple[str, int]]:
    counts = Counter(technique for techniques in found for technique in sorted(set(techniques)))
    return [(technique, count) for technique, count in counts.most_common() if count >= OFTEN]


def _times_tried(scenario: Scenario, past: Sequence[PastCall]) -> int:
    return sum(call.scenario_id == scenario.id for call in past)


def _gentleness(scenario: Scenario) -> tuple[int, float, str]:
    return _EASIEST_FIRST.index(scenario.difficulty), scenario.start_temper, scenario.id


def past_calls(store: SessionStore, sessions: Sequence[SessionSummary]) -> tuple[PastCall, ...]:
    """The finished calls of `sessions` (newest first); harms and misses are read for the last few only.

    Raises SimulatorError where the store cannot be read.
    """
    finished = [row for row in sessions if row.state == "ended"]
    return tuple(
        _read(store, row) if number < LAST_CALLS else PastCall(row.scenario_id, row.score)
        for number, row in enumerate(finished)
    )


def _read(store: SessionStore, row: SessionSummary) -> PastCall:
    for fact in reversed(store.events(row.id)):
        if fact.kind == "ended":
            card = fact.data["scorecard"]
            return PastCall(row.scenario_id, row.score, tuple(card["harms"]), tuple(card["missed"]))
    return PastCall(row.scenario_id, row.score)
