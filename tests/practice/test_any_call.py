"""Any call, however it goes: what is stored tells it whole, and replays to the last bit."""

from __future__ import annotations

import json
from contextlib import suppress

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulator.domain.errors import SimulatorError
from simulator.domain.measures import Confidence, Level, OverlapKind, Pace, TurnTaking, VoiceMeasures
from simulator.domain.reply import Reply
from simulator.domain.scenario import Difficulty, Outcome, Scenario
from simulator.domain.session import SessionEvent
from simulator.domain.turn import Span
from simulator.domain.utterance import Utterance, Word
from simulator.practice.events import read_session, replay
from simulator.practice.messages import Move
from simulator.practice.rehearsal import Rehearsal
from simulator.practice.settings import CallSetup
from simulator.wording.feedback_texts import FeedbackTexts
from tests.practice.plain_ears import PHRASES, PlainEars

TICKABLE = ("acknowledge_feelings", "apologise", "offer_solution", "thank")

said = st.lists(st.sampled_from(sorted(PHRASES)), max_size=4).map(" and ".join)
levels = st.builds(
    Level,
    relative_to_calm_db=st.none() | st.floats(-12, 18),
    clipped=st.booleans(),
    confidence=st.sampled_from(Confidence),
    noise_db=st.floats(0.5, 2),
)
paces = st.builds(
    Pace,
    articulation_rate_syl_per_s=st.none() | st.floats(2, 9),
    relative_to_calm=st.none() | st.floats(0.5, 1.8),
    noise_relative=st.none() | st.floats(0.02, 0.2),
    confidence=st.sampled_from(Confidence),
)
voices = st.builds(VoiceMeasures, duration_s=st.just(6.0), speech_s=st.just(5.0), level=levels, pace=paces)
timings = st.builds(
    TurnTaking,
    reply_gap_s=st.floats(-3, 15),
    overlap_s=st.floats(0, 3),
    overlap_kind=st.sampled_from(OverlapKind),
    timely_entry=st.booleans(),
    longest_monologue_s=st.floats(0, 60),
    dead_air_s=st.floats(0, 15),
)


@st.composite
def replies(draw: st.DrawFn) -> Reply:
    text = draw(said)
    sure = draw(st.floats(0.2, 1.0))
    words = tuple(Word(word, Span(n / 2, n / 2 + 0.4), sure) for n, word in enumerate(text.split()))
    utterance = draw(st.sampled_from([Utterance(words, "vosk", confidence=sure if words else None), None]))
    return Reply(Span(0.0, 6.0), utterance, draw(st.none() | voices), draw(st.none() | timings))


actions = st.lists(
    st.one_of(
        replies(),
        st.sampled_from(["next", "next", "next", "redo", *Move]),
        st.tuples(st.just("correct"), st.integers(1, 4), said),
        st.tuples(st.just("tick"), st.integers(1, 4), st.lists(st.sampled_from(TICKABLE), max_size=2)),
    ),
    max_size=14,
)


def perform(call: Rehearsal, action: object) -> None:
    """Do it; what the call does not allow just now is refused, and nothing happens."""
    with suppress(SimulatorError):
        match action:
            case Reply():
                call.take_reply(action)
            case "next":
                call.next_line()
            case "redo":
                call.redo_turn()
            case Move():
                call.use_move(action, 10.0)
            case ("correct", int(turn), str(text)):
                call.correct_words(turn, text)
            case ("tick", int(turn), list(techniques)):
                call.tick_techniques(turn, techniques)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(done=actions, after_the_end=actions, difficulty=st.sampled_from(Difficulty))
def test_what_is_stored_tells_the_call_whole_and_replays_to_the_last_bit(
    late_delivery: Scenario,
    texts: FeedbackTexts,
    done: list[object],
    after_the_end: list[object],
    difficulty: Difficulty,
) -> None:
    facts: list[SessionEvent] = []
    setup = CallSetup(late_delivery, "guest", difficulty)
    call = Rehearsal(setup, "s1", PlainEars(), texts.write, facts.extend, "2026-11-22T10:00:00+00:00")
    call.begin()
    for action in done:
        perform(call, action)
        assert 0.0 <= call.temper <= 10.0
    call.end(Outcome.ABANDONED, 60.0)
    for action in after_the_end:
        perform(call, action)
    summary = call.end(Outcome.ABANDONED, 60.0)
    stored = [SessionEvent(fact.kind, fact.at_s, json.loads(json.dumps(dict(fact.data)))) for fact in facts]

    recorded = read_session(stored)
    assert tuple(turn.result for turn in recorded.turns) == summary.turns
    assert recorded.scorecard == summary.scorecard
    assert recorded.outcome is summary.outcome
    assert replay(recorded, PlainEars(), texts.write) == summary.turns
    for turn in summary.turns:
        assert len(turn.feedback.items) <= 3
        assert turn.feedback_text.headline
