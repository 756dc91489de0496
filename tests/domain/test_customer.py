"""How replies change the customer's temper, by kind of customer, each change with its cause."""

from __future__ import annotations

import pytest
from call_values import found, interrupting, judged, past, scenario, spoken, techniques, timing, typed, voice
from hypothesis import given
from hypothesis import strategies as st

from simulator.domain.appraisal import Appraisal
from simulator.domain.customer import TemperChange, next_temper
from simulator.domain.history import History
from simulator.domain.scenario import CustomerType, Difficulty
from simulator.domain.technique import CATALOGUE, Channel, Detection, Polarity
from simulator.domain.temperament import EFFECTS

KIND = ("use_name", "acknowledge_feelings", "intend_to_help")


def after(
    appraisal: Appraisal,
    customer_type: CustomerType = CustomerType.FURIOUS,
    difficulty: Difficulty = Difficulty.STANDARD,
    temper: float = 9.0,
    history: History = (),
    expected: tuple[str, ...] = (),
) -> TemperChange:
    return next_temper(temper, appraisal, customer_type, difficulty, expected, history)


def change(customer_type: CustomerType, *did: str, history: History = ()) -> float:
    return after(Appraisal(found(*did), ()), customer_type, temper=5.0, history=history).temper - 5.0


def test_name_and_acknowledgement_spoken_slower_and_softer_calm_the_furious_customer() -> None:
    first = past(spoken(voice(5.0, 1.14)), "show_listening")
    reply = spoken(voice(0.0, 0.95))
    appraisal = judged(reply, *KIND, history=[first])
    assert {"slow_down", "lower_voice", "match_then_lead", "patient_start"} <= techniques(appraisal)
    assert after(appraisal, history=[first]).temper <= 9.0 - 2.0


def test_arguing_rushing_and_shouting_makes_it_worse() -> None:
    appraisal = judged(spoken(voice(12.0, 1.5, wpm=210)), "argue")
    assert {"argue", "shout", "rush"} <= techniques(appraisal)
    assert after(appraisal, temper=6.0).temper >= 6.0 + 2.0


def test_the_same_words_slow_and_soft_or_fast_and_loud_differ() -> None:
    soft = after(judged(spoken(voice(0.0, 0.95)), *KIND))
    loud = after(judged(spoken(voice(12.0, 1.5, wpm=210)), *KIND))
    assert soft.temper < 9.0 - 1.5
    assert loud.temper > soft.temper + 1.5


def test_without_words_the_customer_reacts_to_voice_and_timing() -> None:
    calm = after(judged(spoken(text=None)))
    shouting = after(judged(spoken(voice(12.0), interrupting(), text=None)))
    assert calm.temper < 9.0 < shouting.temper
    assert all(CATALOGUE[cause.cause].channel is Channel.VOICE for cause in calm.causes)


@pytest.mark.parametrize(
    ("customer_type", "calms_more", "than"),
    [
        (CustomerType.FURIOUS, "intend_to_help", "explain_procedure"),
        (CustomerType.DESPOTIC, "explain_procedure", "check_understanding"),
        (CustomerType.DESPOTIC, "offer_alternative", "offer_compensation"),
        (CustomerType.FREELOADING, "set_scope_boundary", "show_listening"),
        (CustomerType.METICULOUS, "summarise", "reassure"),
        (CustomerType.METICULOUS, "explain_next_steps", "offer_compensation"),
        (CustomerType.AGGRESSIVE, "set_respect_boundary", "apologise"),
        (CustomerType.ACCUSES_OF_INCOMPETENCE, "offer_escalation", "offer_solution"),
        (CustomerType.PLEASANT, "thank", "apologise"),
    ],
)
def test_what_works_depends_on_the_kind_of_customer(customer_type: CustomerType, calms_more: str, than: str) -> None:
    assert change(customer_type, calms_more) < change(customer_type, than) <= 0.5


@pytest.mark.parametrize(
    ("customer_type", "harm"),
    [
        (CustomerType.FURIOUS, "joke"),
        (CustomerType.FURIOUS, "argue"),
        (CustomerType.FURIOUS, "interrupt"),
        (CustomerType.DESPOTIC, "hide_behind_policy"),
        (CustomerType.FREELOADING, "personal_remark"),
        (CustomerType.METICULOUS, "rush"),
        (CustomerType.AGGRESSIVE, "over_apologise"),
        (CustomerType.ACCUSES_OF_INCOMPETENCE, "deny_responsibility"),
        (CustomerType.PLEASANT, "rush"),
    ],
)
def test_what_makes_it_worse_does_so_more_than_with_others(customer_type: CustomerType, harm: str) -> None:
    assert change(customer_type, harm) > EFFECTS[harm]


def test_a_gift_without_a_limit_makes_a_freeloader_ask_for_more_and_with_one_it_calms() -> None:
    assert change(CustomerType.FREELOADING, "offer_compensation") > 0
    assert change(CustomerType.FREELOADING, "set_scope_boundary", "offer_compensation") < change(
        CustomerType.FREELOADING, "set_scope_boundary"
    )
    limit_said_before = [past(typed(), "set_scope_boundary")]
    assert change(CustomerType.FREELOADING, "offer_compensation", history=limit_said_before) < 0


def test_an_explanation_is_a_defence_to_someone_who_calls_us_incompetent() -> None:
    assert change(CustomerType.ACCUSES_OF_INCOMPETENCE, "explain_cause") > 0


def test_what_is_repeated_calms_less_each_time() -> None:
    changes = []
    history: list = []
    for _ in range(3):
        changes.append(-change(CustomerType.FURIOUS, "acknowledge_feelings", history=history))
        history.append(past(typed(), "acknowledge_feelings"))
    assert changes[0] > changes[1] > changes[2] > 0


def test_what_the_beat_expects_counts_more() -> None:
    appraisal = Appraisal(found("acknowledge_feelings"), ())
    assert after(appraisal, expected=("acknowledge_feelings",)).temper < after(appraisal).temper


def test_a_harm_heard_with_little_confidence_costs_nothing() -> None:
    sure = judged(spoken(), "argue", confidence=0.9)
    unsure = judged(spoken(), "argue", confidence=0.4)
    assert "argue" in {cause.cause for cause in after(sure).causes}
    assert "argue" not in {cause.cause for cause in after(unsure).causes}


def test_words_that_answer_nothing_cost_a_little_only_where_they_were_well_heard() -> None:
    heard = after(judged(typed("Right, the weather.")))
    unsure = after(judged(spoken(confidence=0.3)))
    assert [cause.cause for cause in heard.causes] == ["no_answer"]
    assert "no_answer" not in {cause.cause for cause in unsure.causes}


def test_a_solution_before_anything_else_earns_nothing_and_says_why() -> None:
    result = after(judged(typed(), "offer_solution"))
    causes = {cause.cause: cause.change for cause in result.causes}
    assert causes["order"] == -causes["offer_solution"]
    assert result.temper == 9.0


def test_nobody_is_calmed_by_everything_at_once() -> None:
    helps = [each.id for each in CATALOGUE.values() if each.polarity is Polarity.HELPS]
    everything = Appraisal(tuple(Detection(each) for each in helps), ())
    assert after(everything).temper == pytest.approx(9.0 - 2.5, abs=0.1)


def test_difficulty_is_a_cause_of_its_own_so_that_the_sum_stays_true() -> None:
    appraisal = judged(typed(), "acknowledge_feelings", "argue")
    guided, standard, hard = (after(appraisal, difficulty=each, temper=5.0) for each in Difficulty)
    assert guided.temper < standard.temper < hard.temper
    assert "difficulty" not in {cause.cause for cause in standard.causes}
    assert {cause.evidence for cause in hard.causes if cause.cause == "difficulty"} == {"hard"}


def test_every_technique_of_the_catalogue_has_an_effect_of_its_sign() -> None:
    assert EFFECTS.keys() == CATALOGUE.keys()
    for technique, effect in EFFECTS.items():
        assert (effect < 0) == (CATALOGUE[technique].polarity is Polarity.HELPS)


ids = st.sampled_from(sorted(CATALOGUE))


@given(
    temper=st.floats(0, 10),
    words=st.lists(ids, max_size=8, unique=True),
    earlier=st.lists(st.lists(ids, max_size=4, unique=True), max_size=4),
    customer_type=st.sampled_from(CustomerType),
    difficulty=st.sampled_from(Difficulty),
    expected=st.lists(ids, max_size=4),
)
def test_temper_stays_in_its_range_is_the_sum_of_its_causes_and_always_the_same(
    temper: float,
    words: list[str],
    earlier: list[list[str]],
    customer_type: CustomerType,
    difficulty: Difficulty,
    expected: list[str],
) -> None:
    def split(names: list[str]) -> Appraisal:
        found_all = [Detection(each) for each in names]
        heard = tuple(each for each in found_all if CATALOGUE[each.technique].channel is Channel.WORDS)
        return Appraisal(heard, tuple(each for each in found_all if each not in heard))

    history = [
        past(typed(), *[each for each in names if CATALOGUE[each].channel is Channel.WORDS]) for names in earlier
    ]
    first = next_temper(temper, split(words), customer_type, difficulty, expected, history)
    assert first == next_temper(temper, split(words), customer_type, difficulty, expected, history)
    assert 0.0 <= first.temper <= 10.0
    total = temper + sum(cause.change for cause in first.causes)
    assert first.temper == pytest.approx(min(10.0, max(0.0, total)), abs=0.0051)
    assert all(cause.change for cause in first.causes)


def test_a_patient_reply_to_a_tirade_is_let_to_vent() -> None:
    assert {"patient_start", "let_them_vent"} <= techniques(judged(spoken(turn_taking=timing(0.4))))
    assert scenario().type is CustomerType.FURIOUS
