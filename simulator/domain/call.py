"""The conversation as a pure state machine: (CallState, Event) -> (CallState, effects)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from simulator.domain.scenario import Beat, Condition, Difficulty, Line, Outcome, Scenario

HANGS_UP_AFTER_FURIOUS_REPLIES = {Difficulty.GUIDED: 4, Difficulty.STANDARD: 3, Difficulty.HARD: 2}
HANGS_UP_AFTER_BRUSH_OFFS = {Difficulty.GUIDED: 3, Difficulty.STANDARD: 2, Difficulty.HARD: 2}
BOILING = 10.0
STILL_ANGRY = 7.0
CONTENT = 3.0
STUCK_AFTER = 4
SOLVING = frozenset({"offer_solution", "offer_alternative", "explain_next_steps", "offer_follow_up", "reassure"})
TRYING = frozenset(
    {
        "ask_facts",
        "summarise",
        "offer_solution",
        "offer_alternative",
        "explain_procedure",
        "explain_cause",
        "explain_next_steps",
    }
)


@dataclass(frozen=True, slots=True)
class CallState:
    """Where the call stands.

    `did` are the techniques of the last reply, `ever_did` of all replies so far; `visited` the beats entered and
    `said` the lines spoken, in order. `outcome` is set once the call has ended or only a farewell is left.
    """

    beat: str
    temper: float
    did: tuple[str, ...] = ()
    ever_did: frozenset[str] = frozenset()
    visited: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    replies: int = 0
    boiling_replies: int = 0
    brush_offs: int = 0
    outcome: Outcome | None = None
    handed_over_too_soon: bool = False


@dataclass(frozen=True, slots=True)
class Replied:
    """A reply was judged: what it did, and the temper after it."""

    techniques: tuple[str, ...]
    temper: float


@dataclass(frozen=True, slots=True)
class AskedSupervisor:
    pass


@dataclass(frozen=True, slots=True)
class RaisedIncident:
    pass


@dataclass(frozen=True, slots=True)
class TookHold:
    """A break inside the call, after which the temper is this."""

    temper: float


@dataclass(frozen=True, slots=True)
class HungUp:
    """The trainee put the phone down, or the call was cut off."""

    outcome: Outcome


Event = Replied | AskedSupervisor | RaisedIncident | TookHold | HungUp


@dataclass(frozen=True, slots=True)
class SayLine:
    """The customer says this; `farewell` are their last words."""

    text: str
    temper: float
    beat: str
    farewell: bool = False


@dataclass(frozen=True, slots=True)
class EndCall:
    outcome: Outcome


Effect = SayLine | EndCall


def opening(scenario: Scenario) -> tuple[CallState, tuple[Effect, ...]]:
    """The call is connected, and the customer says the first line."""
    return _enter(CallState(scenario.start, scenario.start_temper), scenario)


def advance(
    state: CallState, event: Event, scenario: Scenario, difficulty: Difficulty
) -> tuple[CallState, tuple[Effect, ...]]:
    """What follows from `event`. After the end nothing does."""
    if state.outcome is not None:
        return state, ()
    match event:
        case Replied():
            return _after_reply(_take(state, event), scenario, difficulty)
        case AskedSupervisor():
            return _end(replace(state, handed_over_too_soon=not _may_hand_over(state, scenario)), Outcome.HANDED_OVER)
        case RaisedIncident():
            return _end(state, Outcome.ENDED_BY_RULE) if may_end_by_rule(state, scenario) else (state, ())
        case TookHold():
            return replace(state, temper=event.temper), ()
        case HungUp():
            return _end(state, event.outcome)


def holds(condition: Condition, state: CallState, been_here: int) -> bool:
    """Whether a condition holds after the last reply; `been_here` is how often the beat was entered before."""
    did = set(state.did)
    return (
        did.issuperset(condition.did)
        and (not condition.did_any or not did.isdisjoint(condition.did_any))
        and did.isdisjoint(condition.did_not)
        and state.ever_did.issuperset(condition.ever_did)
        and state.ever_did.isdisjoint(condition.never_did)
        and (condition.temper_at_least is None or state.temper >= condition.temper_at_least)
        and (condition.temper_at_most is None or state.temper <= condition.temper_at_most)
        and (not condition.again or been_here > 0)
    )


def line_for(beat: Beat, state: CallState) -> Line:
    """The first line whose condition holds and that was not said yet; else, of those that hold, the one said longest
    ago, rather one for coming back (`again`)."""
    been_here = state.visited.count(beat.id)
    fitting = [line for line in beat.lines if holds(line.when, state, been_here)] or [beat.lines[-1]]
    fresh = [line for line in fitting if line.text not in state.said]
    if fresh:
        return fresh[0]
    for_coming_back = [line for line in fitting if line.when.again] or fitting
    return min(for_coming_back, key=lambda line: len(state.said) - 1 - state.said[::-1].index(line.text))


def may_end_by_rule(state: CallState, scenario: Scenario) -> bool:
    """A call may be ended by the rule on abuse where the customer threatens, or insists after a boundary was set."""
    threatened = state.beat in scenario.threat_beats
    warned = "set_respect_boundary" in state.ever_did and state.temper >= STILL_ANGRY
    return threatened or warned


def likely_next(state: CallState, scenario: Scenario, tempers: Sequence[float]) -> tuple[SayLine, ...]:
    """The lines that may follow the current beat, most likely first: every way on, at each of `tempers`."""
    beat = scenario.beat(state.beat)
    ways = [(reaction.goto, reaction.when) for reaction in beat.reactions if reaction.goto is not None]
    if beat.fallback is not None:
        ways.append((beat.fallback, Condition()))
    found: dict[str, SayLine] = {}
    for temper in tempers:
        for goto, when in ways:
            did = tuple(dict.fromkeys((*when.did, *when.did_any)))
            guess = replace(state, temper=temper, did=did, ever_did=state.ever_did | set(did), beat=goto)
            target = scenario.beat(goto)
            line = line_for(target, guess)
            found.setdefault(line.text, SayLine(line.text, temper, goto, target.farewell))
    for goto, _ in ways:
        target = scenario.beat(goto)
        for line in target.lines:
            if not line.when.again or goto in state.visited:
                found.setdefault(line.text, SayLine(line.text, _within(line.when, state.temper), goto, target.farewell))
    return tuple(found.values())


def _within(when: Condition, temper: float) -> float:
    """The temper nearest to `temper` at which the condition may hold."""
    if when.temper_at_most is not None:
        temper = min(temper, when.temper_at_most)
    return temper if when.temper_at_least is None else max(temper, when.temper_at_least)


def _take(state: CallState, event: Replied) -> CallState:
    return replace(
        state,
        temper=event.temper,
        did=event.techniques,
        ever_did=state.ever_did | set(event.techniques),
        replies=state.replies + 1,
        boiling_replies=state.boiling_replies + 1 if event.temper >= BOILING else 0,
        brush_offs=state.brush_offs + ("brush_off" in event.techniques),
    )


def _after_reply(state: CallState, scenario: Scenario, difficulty: Difficulty) -> tuple[CallState, tuple[Effect, ...]]:
    if _hangs_up(state, difficulty):
        return _end(state, Outcome.CUSTOMER_HUNG_UP)
    beat = scenario.beat(state.beat)
    been_here = state.visited.count(beat.id) - 1
    for reaction in beat.reactions:
        if holds(reaction.when, state, been_here):
            if reaction.end is not None:
                return _end(state, reaction.end)
            if reaction.goto is not None:
                return _enter_unless_too_long(state, reaction.goto, scenario)
    return _enter_unless_too_long(state, beat.fallback or beat.id, scenario)


def _hangs_up(state: CallState, difficulty: Difficulty) -> bool:
    boiling = state.boiling_replies >= HANGS_UP_AFTER_FURIOUS_REPLIES[difficulty]
    brushed_off = state.brush_offs >= HANGS_UP_AFTER_BRUSH_OFFS[difficulty] and "brush_off" in state.did
    return boiling or (brushed_off and state.temper >= STILL_ANGRY)


def _enter_unless_too_long(state: CallState, beat: str, scenario: Scenario) -> tuple[CallState, tuple[Effect, ...]]:
    stuck = state.visited[-STUCK_AFTER:] == (beat,) * STUCK_AFTER
    if (stuck or state.replies >= scenario.max_turns) and not scenario.beat(beat).farewell:
        return _end(state, _when_too_long(state))
    return _enter(replace(state, beat=beat), scenario)


def _when_too_long(state: CallState) -> Outcome:
    if state.temper > CONTENT:
        return Outcome.CUSTOMER_HUNG_UP
    return Outcome.SETTLED if state.ever_did & SOLVING else Outcome.ABANDONED


def _enter(state: CallState, scenario: Scenario) -> tuple[CallState, tuple[Effect, ...]]:
    beat = scenario.beat(state.beat)
    line = line_for(beat, state)
    state = replace(state, visited=(*state.visited, beat.id), said=(*state.said, line.text))
    said = SayLine(line.text, state.temper, beat.id, beat.farewell)
    if not beat.farewell:
        return state, (said,)
    outcome = next(each.end for each in beat.reactions if each.end is not None and holds(each.when, state, 0))
    return replace(state, outcome=outcome), (said, EndCall(outcome))


def _end(state: CallState, outcome: Outcome) -> tuple[CallState, tuple[Effect, ...]]:
    return replace(state, outcome=outcome), (EndCall(outcome),)


def _may_hand_over(state: CallState, scenario: Scenario) -> bool:
    """At once when accused of incompetence (S0) or threatened (S3), otherwise after trying oneself (S1)."""
    at_once = state.beat in scenario.incompetence_beats or state.beat in scenario.threat_beats
    return at_once or bool(state.ever_did & TRYING)
