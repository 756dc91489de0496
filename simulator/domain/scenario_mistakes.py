"""Mistakes in how the beats of a scenario hang together: dead ends, beats nobody reaches, no way to a good end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from simulator.domain.scenario import Beat, Outcome


@dataclass(frozen=True, slots=True)
class Beats:
    """What is checked; `start` None where the file does not say it legibly."""

    beats: tuple[Beat, ...]
    start: str | None
    good_ends: tuple[Outcome, ...]


@dataclass(frozen=True, slots=True)
class BeatMistake:
    """`beat` None: the mistake is in the start. `key` is the way from the beat to the place, list places from 0."""

    beat: str | None
    key: tuple[str | int, ...]
    what: str


def beat_mistakes(ways: Beats) -> Iterator[BeatMistake]:
    """Every mistake in the ways between the beats."""
    known = {beat.id: beat for beat in ways.beats}
    yield from _unknown(ways, known)
    yield from _parrots(ways)
    if ways.start is None or ways.start not in known:
        return
    reached = _reachable(known, ways.start)
    for beat in ways.beats:
        if beat.id not in reached:
            yield BeatMistake(beat.id, (), f"no reply leads here: the beat cannot be reached from '{ways.start}'")
        elif not any(_ends(known[other]) for other in _reachable(known, beat.id)):
            yield BeatMistake(beat.id, (), "is a dead end: no reaction and no fallback leads to an end of the call")
    ends = {end for beat_id in reached for end in _ends(known[beat_id])}
    if ways.good_ends and not ends & set(ways.good_ends):
        good = " or ".join(ways.good_ends)
        yield BeatMistake(None, (), f"no way through the beats leads to a good end ({good})")


def _unknown(ways: Beats, known: dict[str, Beat]) -> Iterator[BeatMistake]:
    if ways.start is not None and ways.start not in known:
        yield BeatMistake(None, (), f"there is no beat '{ways.start}'")
    for beat in ways.beats:
        for at, reaction in enumerate(beat.reactions):
            if reaction.goto is not None and reaction.goto not in known:
                yield BeatMistake(beat.id, ("reactions", at, "goto"), f"there is no beat '{reaction.goto}'")
        if beat.fallback is not None and beat.fallback not in known:
            yield BeatMistake(beat.id, ("fallback",), f"there is no beat '{beat.fallback}'")


def _parrots(ways: Beats) -> Iterator[BeatMistake]:
    """A beat that comes back to itself needs words for it, or the customer says the same again, word for word."""
    for beat in ways.beats:
        comes_back = beat.fallback == beat.id or any(reaction.goto == beat.id for reaction in beat.reactions)
        if comes_back and beat.lines and not any(line.when.again for line in beat.lines):
            what = "the beat can follow itself, so it needs a line with 'again: true' for the second time"
            yield BeatMistake(beat.id, ("lines",), what)


def _reachable(known: dict[str, Beat], start: str) -> set[str]:
    reached: set[str] = set()
    waiting = [start]
    while waiting:
        beat_id = waiting.pop()
        if beat_id in reached or beat_id not in known:
            continue
        reached.add(beat_id)
        beat = known[beat_id]
        waiting.extend(reaction.goto for reaction in beat.reactions if reaction.goto is not None)
        if beat.fallback is not None:
            waiting.append(beat.fallback)
    return reached


def _ends(beat: Beat) -> set[Outcome]:
    return {reaction.end for reaction in beat.reactions if reaction.end is not None}
