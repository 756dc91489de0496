"""The shipped scenarios played in many ways: a call never gets stuck, and the ends are what they should be."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulator.adapters.yaml_scenarios import load_scenario
from simulator.domain.appraisal import Appraisal
from simulator.domain.call import CallState, Replied, SayLine, advance, opening
from simulator.domain.customer import next_temper
from simulator.domain.history import PastTurn
from simulator.domain.reply import Reply
from simulator.domain.scenario import Difficulty, Outcome, Scenario
from simulator.domain.technique import CATALOGUE, Channel, Detection, Evidence, Polarity
from tests.conftest import PROJECT

scenario_of = cache(load_scenario)
FILES = sorted((PROJECT / "scenarios").glob("*/*.yaml"))
SAYABLE = sorted(each.id for each in CATALOGUE.values() if each.channel is Channel.WORDS)
HELPFUL = [each for each in SAYABLE if CATALOGUE[each].polarity is Polarity.HELPS]
SILENT = Reply(None, None, None, None)
every_scenario = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)


def play(scenario: Scenario, choose: Callable[[CallState], tuple[str, ...]]) -> tuple[CallState, list[SayLine]]:
    """The call with the techniques chosen at each line; none are words that answer nothing."""
    state, effects = opening(scenario)
    said = [each for each in effects if isinstance(each, SayLine)]
    history: list[PastTurn] = []
    for _ in range(scenario.max_turns):
        appraisal = _did(choose(state))
        expects = scenario.beat(state.beat).expects
        change = next_temper(state.temper, appraisal, scenario.type, Difficulty.STANDARD, expects, history)
        did = tuple(each.technique for each in appraisal.words)
        state, effects = advance(state, Replied(did, change.temper), scenario, Difficulty.STANDARD)
        said += [each for each in effects if isinstance(each, SayLine)]
        history.append(PastTurn(SILENT, appraisal))
        if state.outcome is not None:
            break
    return state, said


def _did(techniques: tuple[str, ...]) -> Appraisal:
    unanswered = () if techniques else (Evidence("well now"),)
    return Appraisal(tuple(Detection(each) for each in techniques), (), unanswered=unanswered)


def in_turn(replies: list[tuple[str, ...]]) -> Callable[[CallState], tuple[str, ...]]:
    left = iter(replies)
    return lambda state: next(left, ())


def two_of_what_is_expected(scenario: Scenario) -> Callable[[CallState], tuple[str, ...]]:
    """A good trainee: follows the beats, what was not done yet first; handing over is kept for last."""

    def choose(state: CallState) -> tuple[str, ...]:
        wanted = [each for each in scenario.beat(state.beat).expects if each in SAYABLE]
        wanted.sort(key=lambda each: each in state.ever_did or each == "offer_escalation")
        return tuple(wanted[:2])

    return choose


@every_scenario
def test_doing_two_of_what_each_beat_expects_leads_to_a_good_end_with_a_calmer_customer(path: Path) -> None:
    scenario = scenario_of(path)
    state, _ = play(scenario, two_of_what_is_expected(scenario))
    assert state.outcome in scenario.good_ends
    assert state.temper < scenario.start_temper - 2


@every_scenario
@pytest.mark.parametrize("harm", ["argue", "brush_off", "blame_customer", "personal_remark"])
def test_doing_the_same_harm_again_and_again_never_ends_well(path: Path, harm: str) -> None:
    scenario = scenario_of(path)
    state, said = play(scenario, lambda state: (harm,))
    assert state.outcome in (Outcome.CUSTOMER_HUNG_UP, Outcome.ABANDONED)
    assert len(said) <= 6


@every_scenario
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(replies=st.lists(st.lists(st.sampled_from(SAYABLE), max_size=4, unique=True).map(tuple), max_size=14))
def test_whatever_is_said_the_call_comes_to_its_end(path: Path, replies: list[tuple[str, ...]]) -> None:
    state, _ = play(scenario_of(path), in_turn(replies))
    assert state.outcome is not None


@every_scenario
@settings(max_examples=40, deadline=None)
@given(
    replies=st.lists(st.lists(st.sampled_from(HELPFUL), min_size=2, max_size=4, unique=True).map(tuple), min_size=14)
)
def test_a_trainee_who_only_ever_helps_is_not_hung_up_on_while_the_customer_is_calm(
    path: Path, replies: list[tuple[str, ...]]
) -> None:
    scenario = scenario_of(path)
    state, _ = play(scenario, in_turn(replies))
    assert not (state.outcome is Outcome.CUSTOMER_HUNG_UP and state.temper <= 3), state


@every_scenario
@settings(max_examples=40, deadline=None)
@given(replies=st.lists(st.lists(st.sampled_from(SAYABLE), max_size=4, unique=True).map(tuple), max_size=14))
def test_the_customer_does_not_say_one_line_over_and_over(path: Path, replies: list[tuple[str, ...]]) -> None:
    _, said = play(scenario_of(path), in_turn(replies))
    texts = [line.text for line in said]
    in_a_row = max((sum(1 for _ in run) for run in _runs(texts)), default=0)
    assert in_a_row <= 4


def _runs(texts: list[str]) -> list[list[str]]:
    runs: list[list[str]] = []
    for text in texts:
        if runs and runs[-1][0] == text:
            runs[-1].append(text)
        else:
            runs.append([text])
    return runs
