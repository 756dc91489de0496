"""The author's own sentences are heard as what they were written for."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.adapters.yaml_scenarios import load_scenario
from simulator.domain.scenario import BetterWording
from simulator.wording.authored import authored_techniques
from tests.conftest import PROJECT

DRIVER = BetterWording("offer_solution", "I can send our own driver with it tomorrow, between nine and eleven.")
HELLO = BetterWording("use_name", "Ms Novak, hello.")


def evidence(text: str, *wordings: BetterWording) -> list[tuple[str, str]]:
    return [(each.technique, each.evidence[0].text) for each in authored_techniques(text, wordings, ())]


@pytest.mark.parametrize(
    "text",
    [
        "I can send our own driver with it tomorrow, between nine and eleven.",
        "i can send our own driver with it tomorrow between nine and eleven",
        "i can send our old driver with it tomorrow between nine and eleven",
        "i can send um our own driver with it tomorrow between nine and",
    ],
)
def test_the_sentence_is_heard_without_case_and_commas_and_with_a_word_wrong(text: str) -> None:
    ((technique, words),) = evidence(text, DRIVER)
    assert technique == "offer_solution"
    assert words.lower().startswith("i can send")


def test_the_evidence_is_the_words_inside_a_longer_reply() -> None:
    text = "Right, Ms Novak. I can send our own driver with it tomorrow, between nine and eleven. Is that all right?"
    (found,) = authored_techniques(text, [DRIVER], ())
    (shown,) = found.evidence
    assert shown.text == "I can send our own driver with it tomorrow, between nine and eleven"
    assert text[shown.start : shown.end] == shown.text


@pytest.mark.parametrize(
    "text",
    [
        "I can not say when our driver comes.",
        "I can't send our own driver with it tomorrow, between nine and eleven.",
        "I can not send our own driver with it tomorrow, between nine and eleven.",
        "Between nine and eleven I drank coffee, and tomorrow our own people can send it with whatever driver.",
        "eleven and nine between tomorrow it with driver own our send can i",
        "",
    ],
)
def test_some_of_its_words_or_all_in_disorder_are_not_the_sentence(text: str) -> None:
    assert evidence(text, DRIVER) == []


def test_what_was_found_already_and_what_is_too_short_is_left_out() -> None:
    assert authored_techniques(DRIVER.text, [DRIVER], ["offer_solution"]) == ()
    assert evidence(HELLO.text, HELLO) == []


@pytest.mark.parametrize("path", sorted((PROJECT / "scenarios").glob("*/*.yaml")), ids=lambda path: path.stem)
def test_every_sentence_of_a_shipped_scenario_is_heard_and_none_for_another(path: Path) -> None:
    scenario = load_scenario(path)
    wordings = (*scenario.better_wordings, *scenario.poor_wordings)
    for wording in wordings:
        heard = {technique for technique, _ in evidence(wording.text, *wordings)}
        if len(wording.text.split()) >= 4:
            assert heard == {wording.technique}
