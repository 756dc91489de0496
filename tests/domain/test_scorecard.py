"""The end of a call in figures."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from simulator.domain.scorecard import CRITICAL_CAP, Scorecard, ScoredTurn, score_call
from simulator.domain.technique import CATALOGUE

GOOD = ScoredTurn(1, ("acknowledge_feelings", "use_name"), ("acknowledge_feelings", "use_name"), (), True, True, -4.5)


def score(*turns: ScoredTurn, good_end: bool = True, start: float = 9.0) -> Scorecard:
    return score_call(turns, start, ("acknowledge_feelings", "lower_voice"), good_end)


def test_a_call_without_fault_that_satisfies_the_customer_has_all_points() -> None:
    assert score(GOOD, replace(GOOD, number=2)).score == 100.0


def test_harms_missed_techniques_and_a_bad_end_each_cost_points() -> None:
    full = score(GOOD).score or 0
    assert (score(replace(GOOD, harmed=("argue",))).score or 0) < full
    assert (score(replace(GOOD, helped=("use_name",))).score or 0) < full
    assert (score(GOOD, good_end=False).score or 0) < full


def test_what_could_not_be_judged_is_left_out_and_not_counted_as_zero() -> None:
    unheard = replace(GOOD, helped=("patient_start",), words_scored=False)
    assert (score(unheard).score or 0) >= 80
    assert "acknowledge_feelings" not in score(unheard).missed
    assert "lower_voice" in score(unheard).missed


def test_with_nothing_judged_there_is_no_score() -> None:
    assert score(replace(GOOD, words_scored=False, anything_scored=False)).score is None
    assert score().score is None


def test_a_critical_harm_caps_the_score() -> None:
    assert score(replace(GOOD, harmed=("personal_remark",))).score == CRITICAL_CAP


def test_a_harm_is_practised_before_what_was_missed() -> None:
    assert score(replace(GOOD, harmed=("argue",))).practise_next == "argue"
    assert score(GOOD).practise_next == "lower_voice"


def test_the_best_turn_is_the_one_that_calmed_most() -> None:
    assert score(GOOD, replace(GOOD, number=2, change=-5.0)).best_turn == 2
    assert score(replace(GOOD, change=0.5)).best_turn is None


ids = st.lists(st.sampled_from(sorted(CATALOGUE)), max_size=4).map(tuple)
turns = st.builds(ScoredTurn, st.integers(1, 9), ids, ids, ids, st.booleans(), st.booleans(), st.floats(-3, 3))


@given(st.lists(turns, max_size=6), st.floats(0, 10), st.booleans())
def test_a_score_is_from_0_to_100(found: list[ScoredTurn], start: float, good_end: bool) -> None:
    card = score_call(found, start, ("acknowledge_feelings",), good_end)
    assert card.score is None or 0.0 <= card.score <= 100.0
