"""The conversation as a state machine: beats, lines, ends."""

from __future__ import annotations

from dataclasses import replace

import pytest
from call_values import scenario

from simulator.domain.call import (
    AskedSupervisor,
    CallState,
    Effect,
    EndCall,
    HungUp,
    RaisedIncident,
    Replied,
    SayLine,
    TookHold,
    advance,
    likely_next,
    opening,
)
from simulator.domain.scenario import Condition, Difficulty, Outcome, Reaction, Scenario

CALL = scenario()


def after(
    *replies: Replied, of: Scenario = CALL, difficulty: Difficulty = Difficulty.STANDARD
) -> tuple[CallState, tuple[Effect, ...]]:
    state, effects = opening(of)
    for reply in replies:
        state, effects = advance(state, reply, of, difficulty)
    return state, effects


def said(effects: tuple[Effect, ...]) -> str | None:
    return next((effect.text for effect in effects if isinstance(effect, SayLine)), None)


def test_the_call_opens_with_the_first_line_that_holds() -> None:
    state, effects = opening(CALL)
    assert effects == (SayLine("It is nine days late!", 9.0, "opening"),)
    assert state.visited == ("opening",)


def test_a_reaction_leads_to_its_beat_and_the_fallback_holds_otherwise() -> None:
    assert after(Replied(("acknowledge_feelings",), 8.0))[0].beat == "matter"
    assert after(Replied(("acknowledge_feelings",), 8.6))[0].beat == "opening"
    assert after(Replied((), 9.0))[0].beat == "opening"


def test_a_beat_entered_again_says_so() -> None:
    assert said(after(Replied((), 9.0))[1]) == "You again!"


def test_a_line_depends_on_what_was_never_done() -> None:
    assert said(after(Replied(("acknowledge_feelings",), 8.0))[1]) == "What now, after all?"
    assert said(after(Replied(("acknowledge_feelings", "ask_facts"), 8.0))[1]) == "What now?"


def test_a_farewell_is_said_and_ends_the_call() -> None:
    state, effects = after(Replied(("acknowledge_feelings", "ask_facts"), 7.0), Replied(("offer_solution",), 5.0))
    assert effects == (SayLine("Thank you.", 5.0, "thanks", farewell=True), EndCall(Outcome.SETTLED))
    assert state.outcome is Outcome.SETTLED


def test_what_must_not_have_been_done_and_the_temper_bound_a_reaction() -> None:
    matter = Replied(("acknowledge_feelings",), 8.0)
    assert after(matter, Replied(("argue",), 9.5))[0].beat == "opening"
    assert after(matter, Replied(("offer_solution",), 9.5))[0].beat == "matter"
    assert after(matter, Replied(("argue",), 9.4))[0].beat == "matter"


def test_an_end_needs_no_last_words() -> None:
    state, effects = after(Replied(("brush_off",), 9.0))
    assert effects == (EndCall(Outcome.CUSTOMER_HUNG_UP),)
    assert state.outcome is Outcome.CUSTOMER_HUNG_UP


@pytest.mark.parametrize(("difficulty", "replies"), [("guided", 4), ("standard", 3), ("hard", 2)])
def test_a_customer_who_stays_furious_hangs_up(difficulty: str, replies: int) -> None:
    boiling = Replied(("argue",), 10.0)
    before = after(*[boiling] * (replies - 1), difficulty=Difficulty(difficulty))[0]
    assert before.outcome is None
    assert after(*[boiling] * replies, difficulty=Difficulty(difficulty))[0].outcome is Outcome.CUSTOMER_HUNG_UP


def test_a_reply_that_calms_in_between_starts_the_count_anew() -> None:
    boiling = Replied(("argue",), 10.0)
    assert after(boiling, Replied((), 9.9), boiling, difficulty=Difficulty.HARD)[0].outcome is None


def test_two_brush_offs_are_enough_for_an_angry_customer() -> None:
    patient = scenario(beats=tuple(replace(b, reactions=()) if b.id == "opening" else b for b in CALL.beats))
    brush_off = Replied(("brush_off",), 9.0)
    assert after(brush_off, of=patient)[0].outcome is None
    assert after(brush_off, brush_off, of=patient)[0].outcome is Outcome.CUSTOMER_HUNG_UP


@pytest.mark.parametrize(
    ("did", "temper", "outcome"),
    [
        (("explain_next_steps",), 2.0, Outcome.SETTLED),
        (("thank",), 2.0, Outcome.ABANDONED),
        (("explain_next_steps",), 6.0, Outcome.CUSTOMER_HUNG_UP),
    ],
)
def test_a_call_that_goes_on_too_long_ends_by_how_the_customer_feels(
    did: tuple[str, ...], temper: float, outcome: Outcome
) -> None:
    short = scenario(max_turns=3)
    assert after(*[Replied(did, temper)] * 2, of=short)[0].outcome is None
    assert after(*[Replied(did, temper)] * 3, of=short)[0].outcome is outcome


def test_a_customer_who_gets_no_further_gives_up() -> None:
    on_the_spot = [Replied((), 9.0)] * 4
    assert after(*on_the_spot[:-1])[0].outcome is None
    assert after(*on_the_spot)[0].outcome is Outcome.CUSTOMER_HUNG_UP


def test_a_supervisor_takes_over_and_too_soon_is_noted() -> None:
    state, _ = opening(CALL)
    too_soon, effects = advance(state, AskedSupervisor(), CALL, Difficulty.STANDARD)
    assert effects == (EndCall(Outcome.HANDED_OVER),)
    assert too_soon.handed_over_too_soon
    tried = after(Replied(("ask_facts",), 9.0))[0]
    assert not advance(tried, AskedSupervisor(), CALL, Difficulty.STANDARD)[0].handed_over_too_soon


@pytest.mark.parametrize("beats", ["threat_beats", "incompetence_beats"])
def test_threatened_or_called_incompetent_one_may_hand_over_at_once(beats: str) -> None:
    call = scenario(**{beats: ("opening",)})
    assert not advance(opening(call)[0], AskedSupervisor(), call, Difficulty.STANDARD)[0].handed_over_too_soon


def test_an_incident_ends_a_call_on_a_threat_or_after_a_boundary_only() -> None:
    state, _ = opening(CALL)
    assert advance(state, RaisedIncident(), CALL, Difficulty.STANDARD) == (state, ())
    threatening = scenario(threat_beats=("opening",))
    ended, _ = advance(opening(threatening)[0], RaisedIncident(), threatening, Difficulty.STANDARD)
    assert ended.outcome is Outcome.ENDED_BY_RULE
    warned = after(Replied(("set_respect_boundary",), 9.0))[0]
    assert advance(warned, RaisedIncident(), CALL, Difficulty.STANDARD)[0].outcome is Outcome.ENDED_BY_RULE
    calm = after(Replied(("set_respect_boundary",), 4.0))[0]
    assert advance(calm, RaisedIncident(), CALL, Difficulty.STANDARD)[0].outcome is None


def test_a_hold_changes_the_temper_and_not_the_place() -> None:
    state, _ = opening(CALL)
    held, effects = advance(state, TookHold(8.5), CALL, Difficulty.STANDARD)
    assert (held.temper, held.beat, effects) == (8.5, "opening", ())


def test_after_the_end_nothing_follows() -> None:
    state, _ = after(Replied(("brush_off",), 9.0))
    for event in (Replied((), 0.0), AskedSupervisor(), RaisedIncident(), TookHold(1.0), HungUp(Outcome.ABANDONED)):
        assert advance(state, event, CALL, Difficulty.STANDARD) == (state, ())


def test_the_likely_lines_are_all_that_can_follow_and_carry_a_temper_at_which_they_may() -> None:
    state, _ = opening(CALL)
    likely = {line.text: line for line in likely_next(state, CALL, [9.0, 7.5])}
    assert {"You again!", "What now?", "What now, after all?"} <= likely.keys()
    assert likely["It is nine days late!"].temper >= 8


def test_again_in_a_reaction_means_a_second_visit() -> None:
    leaving = Reaction(Condition(again=True), end=Outcome.ABANDONED)
    call = scenario(beats=tuple(replace(b, reactions=(leaving,)) if b.id == "opening" else b for b in CALL.beats))
    assert after(Replied((), 9.0), of=call)[0].outcome is None
    assert after(Replied((), 9.0), Replied((), 9.0), of=call)[0].outcome is Outcome.ABANDONED
