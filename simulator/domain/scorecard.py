"""The end of a call in figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from simulator.domain.technique import CATALOGUE, Channel

SHARE_OF_TEMPER, SHARE_OF_TECHNIQUES, SHARE_OF_CONDUCT = 0.4, 0.4, 0.2
EXPECTED_PER_TURN = 2
A_HARM_COSTS = 20.0
CRITICAL = frozenset({"personal_remark", "blame_customer"})
CRITICAL_CAP = 50.0


@dataclass(frozen=True, slots=True)
class Scorecard:
    """The end of a call in figures: `score` 0 to 100 or None where too little could be judged."""

    score: float | None
    shown: tuple[str, ...]
    missed: tuple[str, ...]
    harms: tuple[str, ...]
    practise_next: str | None
    best_turn: int | None


@dataclass(frozen=True, slots=True)
class ScoredTurn:
    """What the score needs of one turn: what the beat expected, what was done, what could be judged."""

    number: int
    expected: tuple[str, ...]
    helped: tuple[str, ...]
    harmed: tuple[str, ...]
    words_scored: bool
    anything_scored: bool
    change: float


def score_call(turns: Sequence[ScoredTurn], start_temper: float, trains: Sequence[str], good_end: bool) -> Scorecard:
    """The scorecard of a call.

    Four tenths for the customer's temper (from the start to satisfied; a good end is worth half of it), four for the
    techniques that the beats expected, two for conduct. What could not be judged is left out, not counted as zero;
    with nothing judged there is no score. A critical harm caps the score at 50.
    """
    helped = _once(technique for turn in turns for technique in turn.helped)
    harmed = _once(technique for turn in turns for technique in turn.harmed)
    wanted = _once((*trains, *(technique for turn in turns for technique in turn.expected)))
    judged = any(turn.words_scored for turn in turns)
    missed = tuple(each for each in wanted if each not in helped and (judged or _is_voice(each)))
    calming = [turn for turn in turns if turn.change < 0]
    return Scorecard(
        score=_score(turns, start_temper, harmed, good_end),
        shown=helped,
        missed=missed,
        harms=harmed,
        practise_next=(harmed or missed or (None,))[0],
        best_turn=min(calming, key=lambda turn: turn.change).number if calming else None,
    )


def _score(turns: Sequence[ScoredTurn], start_temper: float, harmed: Sequence[str], good_end: bool) -> float | None:
    if not any(turn.anything_scored for turn in turns):
        return None
    calmed = -sum(turn.change for turn in turns) / start_temper if start_temper > 0 else 1.0
    temper = 50.0 * min(1.0, max(0.0, calmed)) + (50.0 if good_end else 0.0)
    parts = [(SHARE_OF_TEMPER, temper)]
    techniques = _techniques(turns)
    if techniques is not None:
        parts.append((SHARE_OF_TECHNIQUES, techniques))
    harms = sum(len(turn.harmed) for turn in turns)
    parts.append((SHARE_OF_CONDUCT, max(0.0, 100.0 - A_HARM_COSTS * harms)))
    score = sum(share * points for share, points in parts) / sum(share for share, _ in parts)
    return round(min(score, CRITICAL_CAP) if CRITICAL & set(harmed) else score, 1)


def _techniques(turns: Sequence[ScoredTurn]) -> float | None:
    """Per turn, how many of what was expected (two are enough) were shown, in percent."""
    shares = []
    for turn in turns:
        if turn.words_scored and turn.expected:
            enough = min(EXPECTED_PER_TURN, len(turn.expected))
            shown = sum(1 for technique in turn.expected if technique in turn.helped)
            shares.append(min(1.0, shown / enough))
    return 100.0 * sum(shares) / len(shares) if shares else None


def _is_voice(technique: str) -> bool:
    return CATALOGUE[technique].channel is Channel.VOICE


def _once(techniques: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(techniques))
