"""What the trainee is told: little, true, and shown by evidence."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from call_values import found, interrupting, judged, past, scenario, spoken, typed, voice
from hypothesis import given
from hypothesis import strategies as st

from simulator.domain.appraisal import Appraisal
from simulator.domain.compose_feedback import compose_feedback
from simulator.domain.customer import next_temper
from simulator.domain.feedback import Feedback, FeedbackKind
from simulator.domain.history import History
from simulator.domain.reply import Reply
from simulator.domain.scenario import CustomerType, Difficulty, Outcome
from simulator.domain.technique import CATALOGUE, Channel, Evidence

CALL = scenario()
OPENING, MATTER = CALL.beat("opening"), CALL.beat("matter")


def told(
    reply: Reply, *did: str, temper: float = 9.0, history: History = (), outcome: Outcome | None = None, **others: Any
) -> Feedback:
    appraisal = judged(reply, *did, temper=temper, history=history, **others)
    change = next_temper(temper, appraisal, CustomerType.FURIOUS, Difficulty.STANDARD, OPENING.expects, history)
    return compose_feedback(appraisal, change.causes, CALL, OPENING, history, outcome)


def test_what_helped_most_is_praised_first_with_its_words_and_time() -> None:
    feedback = told(spoken(), "use_name", "acknowledge_feelings")
    first = feedback.items[0]
    assert (first.technique, first.kind, first.message) == (
        "acknowledge_feelings",
        FeedbackKind.PRAISE,
        "acknowledge_feelings.praise",
    )
    assert first.evidence[0].text == "how upsetting"
    assert first.evidence[0].span is not None
    assert first.source == "S1"
    assert feedback.headline == "felt_heard"


def test_a_harm_leaves_room_for_one_praise() -> None:
    feedback = told(typed(), "acknowledge_feelings", "use_name", "argue")
    assert [item.kind for item in feedback.items] == [FeedbackKind.PRAISE, FeedbackKind.ADVICE]


def test_the_next_step_after_a_harm_is_what_to_do_instead_in_the_words_of_this_case() -> None:
    feedback = told(typed(), "argue")
    assert feedback.next_step is not None
    assert feedback.next_step.technique == "acknowledge_feelings"
    assert feedback.better_wording == "Nine days, how upsetting."
    assert feedback.headline == "worse.argue"


def test_a_raised_voice_is_told_with_its_measure_and_target() -> None:
    feedback = told(spoken(voice(11.3)), "acknowledge_feelings")
    advice = next(item for item in feedback.items if item.technique == "shout")
    assert advice.evidence[0].text == "+11.3 dB"
    assert dict(advice.figures)["level_db"] == 11.3
    assert dict(advice.figures)["target_db"] == 5.0
    assert feedback.next_step is not None
    assert feedback.next_step.message == "shout.next"


def test_without_harm_the_next_step_is_what_the_beat_expects_and_the_call_has_not_had() -> None:
    feedback = told(typed(), "acknowledge_feelings")
    assert feedback.next_step is not None
    assert feedback.next_step.technique == "use_name"


def test_who_has_apologised_is_not_told_to_do_it_again() -> None:
    beat = replace(OPENING, expects=("apologise",))
    before = (past(typed(), "apologise"),)
    appraisal = judged(typed(), "acknowledge_feelings", temper=9.0, history=before)
    assert compose_feedback(appraisal, (), CALL, beat, before, None).next_step is None
    never = judged(typed(), "acknowledge_feelings", temper=9.0, history=())
    step = compose_feedback(never, (), CALL, beat, (), None).next_step
    assert step is not None
    assert step.technique == "apologise"


def test_missing_words_are_not_asked_for_where_words_were_not_scored() -> None:
    feedback = told(spoken(text=None))
    assert feedback.next_step is None or CATALOGUE[feedback.next_step.technique].channel is Channel.VOICE


def test_a_solution_too_early_is_told_as_a_matter_of_order() -> None:
    feedback = told(typed(), "offer_solution")
    assert feedback.items[0].message == "order.before_acknowledging"
    assert dict(feedback.items[0].figures)["heard"] == "a new one tomorrow"
    assert feedback.next_step is not None
    assert feedback.next_step.technique == "acknowledge_feelings"


def test_nothing_said_to_the_matter_is_told() -> None:
    feedback = told(typed("The weather is nice."))
    assert [item.message for item in feedback.items] == ["no_answer.advice"]
    assert feedback.items[0].evidence[0].text == "The weather is nice."
    assert feedback.headline == "worse.no_answer"


def test_words_that_did_harm_are_not_praised_as_well() -> None:
    harm = found("argue")
    same_words = (*harm, *(type(each)("explain_cause", each.evidence) for each in harm))
    appraisal = Appraisal(same_words, ())
    change = next_temper(9.0, appraisal, CustomerType.FURIOUS, Difficulty.STANDARD, ())
    feedback = compose_feedback(appraisal, change.causes, CALL, OPENING)
    assert {item.technique for item in feedback.items} == {"argue"}


def test_a_harm_heard_with_little_confidence_is_not_blamed() -> None:
    feedback = told(spoken(), "argue", confidence=0.3)
    assert all(item.kind is FeedbackKind.PRAISE for item in feedback.items)


@pytest.mark.parametrize(
    ("outcome", "headline"),
    [
        (Outcome.SETTLED, "settled"),
        (Outcome.HANDED_OVER, "handed_over"),
        (Outcome.ENDED_BY_RULE, "ended_by_rule"),
        (Outcome.CUSTOMER_HUNG_UP, "customer_hung_up"),
    ],
)
def test_the_end_is_the_headline_and_a_good_last_reply_needs_no_next_step(outcome: Outcome, headline: str) -> None:
    feedback = told(typed(), "acknowledge_feelings", outcome=outcome)
    assert feedback.headline == headline
    assert feedback.next_step is None


@pytest.mark.parametrize(
    ("did", "headline"),
    [
        (("show_listening",), "a_little_calmer"),
        (("offer_follow_up", "reassure", "take_their_side"), "calmer"),
        (("thank", "overuse_name"), "unmoved"),
    ],
)
def test_the_headline_follows_the_change(did: tuple[str, ...], headline: str) -> None:
    assert told(typed(), *did).headline == headline


def test_house_practice_names_no_article() -> None:
    feedback = told(typed(), "command_calm")
    assert feedback.items[0].source == ""


def test_the_same_reply_is_told_the_same() -> None:
    reply = spoken(voice(8.0), interrupting())
    assert told(reply, "use_name", "argue") == told(reply, "use_name", "argue")


ids = st.sampled_from([each.id for each in CATALOGUE.values() if each.channel is Channel.WORDS])


@given(
    did=st.lists(ids, max_size=8, unique=True),
    earlier=st.lists(st.lists(ids, max_size=3, unique=True), max_size=3),
    level_db=st.floats(-5, 15),
    interrupts=st.booleans(),
    temper=st.floats(0, 10),
)
def test_at_most_three_items_each_with_evidence_and_praise_where_any_is_due(
    did: list[str], earlier: list[list[str]], level_db: float, interrupts: bool, temper: float
) -> None:
    reply = spoken(voice(level_db), interrupting() if interrupts else None)
    history = [past(typed(), *names) for names in earlier]
    appraisal = judged(reply, *did, temper=temper, history=history)
    change = next_temper(temper, appraisal, CustomerType.FURIOUS, Difficulty.STANDARD, OPENING.expects, history)
    feedback = compose_feedback(appraisal, change.causes, CALL, OPENING, history)
    assert len(feedback.items) <= 3
    assert all(
        isinstance(evidence, Evidence) and evidence.text for item in feedback.items for evidence in item.evidence
    )
    assert all(item.evidence for item in feedback.items)
    helped = [c for c in change.causes if c.change < 0 and c.cause in CATALOGUE]
    due = [c for c in helped if c.cause not in appraisal.out_of_order]
    if due and not any(each in CATALOGUE and CATALOGUE[each].polarity == "-" for each in did):
        assert any(item.kind is FeedbackKind.PRAISE for item in feedback.items)
