"""The ways between the beats of a scenario, laid out in layers for a drawing."""

from __future__ import annotations

from dataclasses import dataclass

from simulator.domain.scenario import Beat, Condition, Scenario

MOST_IN_LABEL = 2


@dataclass(frozen=True, slots=True)
class Way:
    """From one beat to another, or to an end (`to` is then "end: settled"). `label` says when."""

    start: str
    to: str
    label: str
    is_end: bool = False
    is_fallback: bool = False


def ways(scenario: Scenario) -> tuple[Way, ...]:
    """Every way of the scenario, in the order in which it is tried; a farewell is an end by itself."""
    return tuple(way for beat in scenario.beats if not beat.farewell for way in _ways_of(beat))


def _ways_of(beat: Beat) -> list[Way]:
    found = []
    for reaction in beat.reactions:
        if reaction.end is not None:
            found.append(Way(beat.id, f"end: {reaction.end}", describe(reaction.when), is_end=True))
        elif reaction.goto is not None:
            found.append(Way(beat.id, reaction.goto, describe(reaction.when)))
    if beat.fallback is not None:
        found.append(Way(beat.id, beat.fallback, "", is_fallback=True))
    return found


def describe(condition: Condition) -> str:
    """A condition in a few words: `acknowledge_feelings | summarise, temper <= 8`."""
    parts = [_some(condition.did, " + "), _some(condition.did_any, " | ")]
    parts += [_some(condition.ever_did, " + ", "ever "), _some(condition.did_not, " | ", "not ")]
    parts.append(_some(condition.never_did, " | ", "never "))
    if condition.temper_at_least is not None:
        parts.append(f"temper ≥ {condition.temper_at_least:g}")
    if condition.temper_at_most is not None:
        parts.append(f"temper ≤ {condition.temper_at_most:g}")
    if condition.again:
        parts.append("again")
    return ", ".join(part for part in parts if part)


def _some(techniques: tuple[str, ...], between: str, before: str = "") -> str:
    if not techniques:
        return ""
    shown = between.join(techniques[:MOST_IN_LABEL])
    return before + shown + (f" +{len(techniques) - MOST_IN_LABEL}" if len(techniques) > MOST_IN_LABEL else "")


def layers(scenario: Scenario) -> tuple[tuple[str, ...], ...]:
    """Beats and ends by how many replies away from the start they are; ends come last of all."""
    all_ways = ways(scenario)
    depth = {scenario.start: 0}
    waiting = [scenario.start]
    while waiting:
        at = waiting.pop(0)
        for way in all_ways:
            if way.start == at and not way.is_end and way.to not in depth:
                depth[way.to] = depth[at] + 1
                waiting.append(way.to)
    farewells = {beat.id for beat in scenario.beats if beat.farewell}
    last = max(depth.values(), default=0) + 1
    for name in farewells & depth.keys():
        depth[name] = last
    for way in all_ways:
        if way.is_end:
            depth[way.to] = last
    rows: list[list[str]] = [[] for _ in range(last + 1)]
    for name, row in depth.items():
        rows[row].append(name)
    return tuple(tuple(row) for row in rows if row)
