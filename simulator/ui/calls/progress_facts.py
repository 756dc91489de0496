"""What several past calls say together: techniques, voice, and the same case at first and last."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import median

from simulator.practice.events import RecordedSession
from simulator.practice.turn_result import TurnResult

MOST_CALLS = 12
MOST_TECHNIQUES = 8


class Mark(StrEnum):
    """What a call showed of a technique."""

    SHOWN = "shown"
    MISSED = "missed"
    HARM = "harm"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class CallFacts:
    """One finished call. Level and pace are medians over its turns against the own calm, None where not measured."""

    scenario_id: str
    title: str
    started_at: str
    score: float | None
    shown: tuple[str, ...]
    missed: tuple[str, ...]
    harms: tuple[str, ...]
    level_db: float | None
    pace_ratio: float | None

    def mark(self, technique: str) -> Mark:
        if technique in self.harms:
            return Mark.HARM
        if technique in self.shown:
            return Mark.SHOWN
        return Mark.MISSED if technique in self.missed else Mark.NONE


@dataclass(frozen=True, slots=True)
class FirstAndLatest:
    """The score of a case at its first and at its latest call."""

    title: str
    calls: int
    first: float
    latest: float


@dataclass(frozen=True, slots=True)
class Progress:
    """`calls` oldest first; `techniques` those that most need a look first."""

    calls: tuple[CallFacts, ...]
    techniques: tuple[str, ...]
    cases: tuple[FirstAndLatest, ...]


def facts_of(recorded: RecordedSession) -> CallFacts | None:
    """None for a call that was cut off: its scorecard was never made."""
    card = recorded.scorecard
    if card is None:
        return None
    turns = [turn.result for turn in recorded.turns]
    return CallFacts(
        scenario_id=recorded.setup.scenario.id,
        title=recorded.setup.scenario.title,
        started_at=recorded.started_at,
        score=card.score,
        shown=card.shown,
        missed=card.missed,
        harms=card.harms,
        level_db=_median([_level(turn) for turn in turns]),
        pace_ratio=_median([_pace(turn) for turn in turns]),
    )


def progress_of(calls: Sequence[CallFacts]) -> Progress:
    """From calls oldest first; the techniques are ranked over the latest `MOST_CALLS`."""
    latest = tuple(calls[-MOST_CALLS:])
    trouble = Counter(technique for call in latest for technique in (*call.harms, *call.missed))
    shown = Counter(technique for call in latest for technique in call.shown)
    ranked = [technique for technique, _ in trouble.most_common()]
    ranked += [technique for technique, _ in shown.most_common() if technique not in trouble]
    return Progress(latest, tuple(ranked[:MOST_TECHNIQUES]), _first_and_latest(calls))


def _first_and_latest(calls: Sequence[CallFacts]) -> tuple[FirstAndLatest, ...]:
    by_case: dict[str, list[CallFacts]] = {}
    for call in calls:
        if call.score is not None:
            by_case.setdefault(call.scenario_id, []).append(call)
    return tuple(
        FirstAndLatest(same[-1].title, len(same), same[0].score or 0.0, same[-1].score or 0.0)
        for same in by_case.values()
        if len(same) > 1
    )


def _level(turn: TurnResult) -> float | None:
    return turn.reply.voice.level.relative_to_calm_db if turn.reply.voice is not None else None


def _pace(turn: TurnResult) -> float | None:
    return turn.reply.voice.pace.relative_to_calm if turn.reply.voice is not None else None


def _median(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return median(known) if known else None
