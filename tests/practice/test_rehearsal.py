"""A call, turn by turn, over the shipped scenario with typed replies."""

from __future__ import annotations

import json

import pytest

from simulator.domain.errors import SimulatorError
from simulator.domain.reply import Reply
from simulator.domain.scenario import Difficulty, Outcome, Scenario
from simulator.domain.session import SessionEvent
from simulator.domain.turn import Span
from simulator.domain.utterance import Utterance, Word, WordSource
from simulator.practice.events import read_session, replay
from simulator.practice.messages import Move
from simulator.practice.rehearsal import Rehearsal
from simulator.practice.settings import CallSetup
from simulator.wording.feedback_texts import FeedbackTexts
from tests.practice.plain_ears import PlainEars

KIND = "Ms Novak, I can hear how upsetting this is. I will sort this out. May I have your order number?"
RUDE = "That's not true. Calm down."
GOOD_CALL = [
    KIND,
    "I'm sorry, Ms Novak. What is your order number?",
    "I can send a driver tomorrow. First I print the label. I'll call you.",
    "I'll call you tomorrow, first I print the label.",
    "I'll call you, Ms Novak. I will sort this out.",
]


def typed(text: str) -> Reply:
    return Reply(None, Utterance((), "none", WordSource.TYPED, verbatim=text), None, None)


def test_a_kind_reply_calms_the_furious_customer_and_says_why(rehearsal: Rehearsal) -> None:
    rehearsal.begin()
    result = rehearsal.take_reply(typed(KIND))
    assert result.temper_after < result.temper_before - 1
    assert {cause.cause for cause in result.causes} == {
        "use_name",
        "acknowledge_feelings",
        "intend_to_help",
        "ask_facts",
    }
    assert result.feedback_text.headline == "She felt heard."
    assert result.feedback_text.items[0].kind == "praise"


def test_a_rude_reply_makes_it_worse_and_shows_a_better_wording(rehearsal: Rehearsal) -> None:
    rehearsal.begin()
    result = rehearsal.take_reply(typed(RUDE))
    assert result.temper_after > result.temper_before
    assert result.feedback_text.headline == "You argued, and she got angrier."
    assert "“That's not true”" in result.feedback_text.items[0].text
    assert "Novak" in (result.feedback_text.better_wording or "")


def test_a_harm_that_was_hardly_heard_neither_costs_nor_turns_the_call(rehearsal: Rehearsal) -> None:
    rehearsal.begin()
    words = tuple(Word(word, Span(n, n + 0.5), 0.3) for n, word in enumerate(["nothing", "i", "can", "do"]))
    result = rehearsal.take_reply(Reply(Span(0, 4), Utterance(words, "vosk", confidence=0.3), None, None))
    assert result.temper_after == result.temper_before
    assert result.appraisal.words[0].technique == "brush_off"
    line = rehearsal.next_line()
    assert line is not None
    assert line.beat == "tirade"


def test_a_guided_call_hints_at_what_the_call_has_not_had_yet_and_no_other_call_does(
    late_delivery: Scenario, texts: FeedbackTexts
) -> None:
    def call(difficulty: Difficulty, exam: bool = False) -> Rehearsal:
        setup = CallSetup(late_delivery, "guest", difficulty, exam)
        return Rehearsal(setup, None, PlainEars(), texts.write, lambda facts: None, "")

    guided = call(Difficulty.GUIDED)
    assert guided.begin().hint == "First say that you hear how she feels."
    guided.take_reply(typed(KIND))
    line = guided.next_line()
    assert line is not None
    assert line.hint == "Say the problem back in your own words, with the facts."
    assert call(Difficulty.STANDARD).begin().hint == ""
    assert call(Difficulty.GUIDED, exam=True).begin().hint == ""


def test_a_good_call_is_settled_and_ends_with_a_farewell(rehearsal: Rehearsal) -> None:
    rehearsal.begin()
    farewell = None
    for text in GOOD_CALL:
        rehearsal.take_reply(typed(text))
        farewell = rehearsal.next_line()
        if rehearsal.outcome is not None:
            break
    assert rehearsal.outcome is Outcome.SETTLED
    assert farewell is not None
    assert farewell.farewell
    assert rehearsal.next_line() is None
    summary = rehearsal.end(Outcome.ABANDONED, 120.0)
    assert summary.outcome is Outcome.SETTLED
    assert summary.good_end
    assert summary.scorecard.score is not None
    assert summary.scorecard.score > 60


def test_a_rude_call_ends_with_the_customer_hanging_up(rehearsal: Rehearsal) -> None:
    rehearsal.begin()
    for _ in range(6):
        rehearsal.take_reply(typed(RUDE))
        if rehearsal.next_line() is None:
            break
    assert rehearsal.outcome is Outcome.CUSTOMER_HUNG_UP
    assert not rehearsal.end(Outcome.ABANDONED, 60.0).good_end


def test_a_redone_turn_starts_from_the_temper_before_it(rehearsal: Rehearsal) -> None:
    first = rehearsal.begin()
    rehearsal.take_reply(typed(RUDE))
    again = rehearsal.redo_turn()
    assert (again.text, again.temper) == (first.text, first.temper)
    result = rehearsal.take_reply(typed(KIND))
    assert (result.number, result.take, result.temper_before) == (1, 2, first.temper)
    assert len(rehearsal.turns) == 1


def test_corrected_words_are_scored_again_with_all_that_follows_and_stay_marked(rehearsal: Rehearsal) -> None:
    rehearsal.begin()
    rehearsal.take_reply(typed(RUDE))
    rehearsal.next_line()
    later = rehearsal.take_reply(typed("I will sort this out."))
    corrected = rehearsal.correct_words(1, KIND)
    assert corrected.temper_after < corrected.temper_before
    assert corrected.reply.utterance is not None
    assert corrected.reply.utterance.source is WordSource.CORRECTED
    assert rehearsal.turns[1].temper_before == corrected.temper_after
    assert rehearsal.turns[1].temper_after < later.temper_after
    assert rehearsal.temper == rehearsal.turns[1].temper_after


def test_words_corrected_after_the_end_score_the_whole_call_anew(
    rehearsal: Rehearsal, facts: list[SessionEvent]
) -> None:
    rehearsal.begin()
    rehearsal.take_reply(typed(RUDE))
    before = rehearsal.end(Outcome.ABANDONED, 20.0)
    rehearsal.correct_words(1, KIND)
    recorded = read_session(facts)
    assert recorded.scorecard is not None
    assert (recorded.scorecard.score or 0) > (before.scorecard.score or 0)
    assert recorded.scorecard == rehearsal.end(Outcome.ABANDONED, 20.0).scorecard
    with pytest.raises(SimulatorError, match="has ended"):
        rehearsal.redo_turn()


def test_ticked_techniques_count_and_are_marked_as_self_reported(rehearsal: Rehearsal) -> None:
    rehearsal.begin()
    before = rehearsal.take_reply(Reply(None, None, None, None))
    assert "words" in before.appraisal.not_scored
    assert before.temper_after == before.temper_before
    after = rehearsal.tick_techniques(1, ["acknowledge_feelings"])
    assert after.temper_after < before.temper_after
    assert after.appraisal.words[0].self_reported


def test_a_hold_calms_where_it_was_asked_for_and_angers_where_not(rehearsal: Rehearsal) -> None:
    rehearsal.begin()
    rehearsal.use_move(Move.HOLD, 5.0)
    assert rehearsal.temper > 9.0
    rehearsal.take_reply(typed("May I put you on hold for two minutes?"))
    before = rehearsal.temper
    rehearsal.use_move(Move.HOLD, 20.0)
    assert rehearsal.temper < before


def test_an_incident_does_not_end_a_call_without_threat_or_boundary(rehearsal: Rehearsal) -> None:
    rehearsal.begin()
    rehearsal.use_move(Move.INCIDENT, 5.0)
    assert rehearsal.outcome is None
    rehearsal.take_reply(typed("Please stop shouting, so that I can help you."))
    rehearsal.use_move(Move.INCIDENT, 9.0)
    assert rehearsal.outcome is Outcome.ENDED_BY_RULE


def test_handing_over_before_trying_is_no_good_end(rehearsal: Rehearsal) -> None:
    rehearsal.begin()
    rehearsal.use_move(Move.SUPERVISOR, 3.0)
    summary = rehearsal.end(Outcome.ABANDONED, 4.0)
    assert summary.outcome is Outcome.HANDED_OVER
    assert not summary.good_end


def test_the_line_really_said_next_is_among_the_likely_ones(rehearsal: Rehearsal) -> None:
    rehearsal.begin()
    guesses = {line.text for line in rehearsal.likely_next_lines()}
    rehearsal.take_reply(typed(KIND))
    line = rehearsal.next_line()
    assert line is not None
    assert line.text in guesses


def test_a_reply_is_refused_while_none_is_awaited(rehearsal: Rehearsal) -> None:
    rehearsal.begin()
    rehearsal.take_reply(typed(KIND))
    with pytest.raises(SimulatorError, match="No reply is awaited"):
        rehearsal.take_reply(typed(KIND))


def test_a_session_read_back_is_the_session_and_replays_to_the_last_bit(
    rehearsal: Rehearsal, facts: list[SessionEvent], texts: FeedbackTexts, late_delivery: Scenario
) -> None:
    rehearsal.begin()
    rehearsal.take_reply(typed(RUDE))
    rehearsal.redo_turn()
    for text in GOOD_CALL:
        rehearsal.take_reply(typed(text))
        rehearsal.next_line()
        if rehearsal.outcome is not None:
            break
        rehearsal.use_move(Move.HOLD, 30.0)
    rehearsal.correct_words(2, KIND)
    summary = rehearsal.end(Outcome.ABANDONED, 90.0)
    stored = [SessionEvent(fact.kind, fact.at_s, json.loads(json.dumps(dict(fact.data)))) for fact in facts]

    recorded = read_session(stored)
    assert recorded.setup.scenario == late_delivery
    assert tuple(turn.result for turn in recorded.turns) == summary.turns
    assert len(recorded.withdrawn) == 1
    assert recorded.outcome is summary.outcome
    assert recorded.scorecard == summary.scorecard
    assert replay(recorded, PlainEars(), texts.write) == summary.turns
