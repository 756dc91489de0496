"""The synthetic trainee speaks the scenario's own words, fitting the beat, without saying the same again."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.adapters.yaml_scenarios import load_scenario
from simulator.domain.scenario import Scenario
from simulator.practice.demo import Manner, SyntheticTrainee
from tests.conftest import PROJECT

FILES = sorted((PROJECT / "scenarios").glob("*/*.yaml"))
every_scenario = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)


@every_scenario
@pytest.mark.parametrize("manner", Manner)
def test_it_has_an_answer_to_every_beat_and_only_the_scenarios_words(path: Path, manner: Manner) -> None:
    scenario = load_scenario(path)
    known = {each.text for each in (*scenario.better_wordings, *scenario.poor_wordings)}
    for beat in scenario.beats:
        if not beat.farewell:
            answer = SyntheticTrainee(scenario, manner).answer(beat.id)
            assert answer
            for text in known:
                answer = answer.replace(text, "")
            assert not answer.strip()


@every_scenario
def test_it_names_the_customer_at_most_once_in_a_reply(path: Path) -> None:
    scenario = load_scenario(path)
    trainee = SyntheticTrainee(scenario)
    for beat in scenario.beats:
        if not beat.farewell:
            answer = trainee.answer(beat.id)
            assert sum(answer.count(form) for form in scenario.customer.name_forms) <= 2


def test_it_says_something_new_the_second_time(late_delivery: Scenario) -> None:
    trainee = SyntheticTrainee(late_delivery)
    assert trainee.answer("tirade") != trainee.answer("tirade")


def test_it_says_the_same_in_the_same_call(late_delivery: Scenario) -> None:
    first, second = SyntheticTrainee(late_delivery), SyntheticTrainee(late_delivery)
    for beat in ("tirade", "the_girl", "facts"):
        assert first.answer(beat) == second.answer(beat)
