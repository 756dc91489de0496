"""What to take next follows from one's own history."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from port_fakes import FakeStore
from sample_scenarios import DOUBLE_CHARGE, KIND_CALLER, LATE_DELIVERY

from simulator.domain.session import SessionEvent, SessionSummary
from simulator.domain.technique import CATALOGUE
from simulator.practice.suggestion import LAST_CALLS, PastCall, Reason, Suggestion, past_calls, suggest_next

ALL = (LATE_DELIVERY, DOUBLE_CHARGE, KIND_CALLER)


def row(number: int, scenario_id: str, score: float | None = 50.0, state: str = "ended") -> SessionSummary:
    return SessionSummary(
        f"s{number}", "t-1", scenario_id, "A call", "en", "2026-11-20T10:00:00+00:00", state, "settled", score, 5, 200.0
    )


def ended(harms: list[str], missed: list[str]) -> SessionEvent:
    return SessionEvent("ended", 200.0, {"scorecard": {"harms": harms, "missed": missed, "score": 50.0}})


def test_the_very_first_call_is_the_gentlest() -> None:
    assert suggest_next(ALL, ()) == Suggestion("kind_caller", Reason.FIRST_CALL)


def test_without_scenarios_there_is_nothing_to_suggest() -> None:
    assert suggest_next((), ()) is None


def test_interrupting_in_three_of_four_calls_brings_a_call_that_trains_it_and_says_so() -> None:
    past = (
        PastCall("late_delivery", 40.0, ("interrupt", "shout")),
        PastCall("kind_caller", 60.0, ("interrupt",)),
        PastCall("late_delivery", 45.0),
        PastCall("late_delivery", 45.0, ("interrupt",)),
        PastCall("late_delivery", 45.0, ("rush",) * 3),
    )
    assert suggest_next(ALL, past) == Suggestion("double_charge", Reason.HARM, "interrupt", 3, 4)


def test_a_habit_is_met_by_a_call_that_trains_what_counters_it() -> None:
    past = (PastCall("kind_caller", 60.0, ("rush",)), PastCall("double_charge", 60.0, ("rush",)))
    chosen = suggest_next(ALL, past)
    assert chosen is not None
    assert (chosen.scenario_id, chosen.technique) == ("late_delivery", "rush")


def test_one_slip_is_no_habit() -> None:
    past = (PastCall("kind_caller", 60.0, ("interrupt",)), PastCall("double_charge", 60.0))
    assert suggest_next(ALL, past) == Suggestion("late_delivery", Reason.NEW)


def test_what_was_missed_again_and_again_comes_before_something_new() -> None:
    past = (PastCall("kind_caller", 60.0, missed=("slow_down",)), PastCall("kind_caller", 60.0, missed=("slow_down",)))
    assert suggest_next(ALL, past) == Suggestion("late_delivery", Reason.MISSED, "slow_down", 2, 2)


def test_when_all_were_tried_the_weakest_best_comes_next() -> None:
    past = (PastCall("kind_caller", 90.0), PastCall("late_delivery", 55.0), PastCall("double_charge", 70.0))
    assert suggest_next(ALL, past) == Suggestion("late_delivery", Reason.WEAKEST, score=55.0)


def test_the_history_is_read_from_the_events_of_the_last_calls_only() -> None:
    store = FakeStore(rows=[row(number, "late_delivery") for number in range(LAST_CALLS + 2)])
    for number in range(LAST_CALLS + 2):
        store.kept[f"s{number}"] = [ended(["interrupt"], ["use_name"])]
    past = past_calls(store, store.rows)
    assert [bool(call.harms) for call in past] == [True] * LAST_CALLS + [False] * 2
    assert past[0].missed == ("use_name",)


def test_calls_that_did_not_end_teach_nothing() -> None:
    store = FakeStore(rows=[row(1, "late_delivery", state="open"), row(2, "kind_caller", state="repaired")])
    assert past_calls(store, store.rows) == ()


@given(
    st.lists(
        st.builds(
            PastCall,
            st.sampled_from([s.id for s in ALL]),
            st.none() | st.floats(0, 100),
            st.lists(st.sampled_from(sorted(CATALOGUE)), max_size=4).map(tuple),
            st.lists(st.sampled_from(sorted(CATALOGUE)), max_size=4).map(tuple),
        ),
        max_size=12,
    )
)
def test_whatever_happened_before_there_is_a_call_to_take_and_its_figures_are_true(past: list[PastCall]) -> None:
    chosen = suggest_next(ALL, past)
    assert chosen is not None
    assert chosen.scenario_id in {s.id for s in ALL}
    if chosen.technique is not None:
        last = past[:LAST_CALLS]
        found = [call.harms if chosen.reason is Reason.HARM else call.missed for call in last]
        assert chosen.count == sum(chosen.technique in techniques for techniques in found) >= 2
        assert chosen.of == len(last)


def test_the_order_of_the_files_does_not_matter() -> None:
    past = (PastCall("kind_caller", 60.0),)
    backwards = tuple(reversed([replace(s) for s in ALL]))
    assert suggest_next(ALL, past) == suggest_next(backwards, past)


def test_the_next_call_is_in_the_own_language_where_there_is_one() -> None:
    polish = replace(KIND_CALLER, id="a_pl", language="pl")
    assert suggest_next((polish, LATE_DELIVERY), (), "en") == Suggestion("late_delivery", Reason.FIRST_CALL)
    assert suggest_next((polish, LATE_DELIVERY), (), "pl") == Suggestion("a_pl", Reason.FIRST_CALL)
    assert suggest_next((polish,), (), "hu") == Suggestion("a_pl", Reason.FIRST_CALL)
