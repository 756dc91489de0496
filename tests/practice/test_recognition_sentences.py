"""What a recogniser is told beforehand."""

from __future__ import annotations

from simulator.adapters.yaml_files import load_yaml, parse_yaml
from simulator.adapters.yaml_scenarios import YamlScenarios
from simulator.practice.recognition_sentences import recognition_sentences
from tests.conftest import PROJECT


def test_examples_of_the_phrasebook_count_wherever_they_stand_and_patterns_do_not() -> None:
    book = parse_yaml(
        "techniques:\n  thank:\n    patterns: [thank you ..3 patience]\n    examples: [Thank you for waiting.]\n"
        "  joke:\n    counter_examples:\n      - text: It is no joke.\n        kind: other\n",
        "book.yaml",
    )
    assert recognition_sentences([], book) == ("Thank you for waiting.", "It is no joke.")


def test_the_shipped_scenarios_and_phrasebook_give_names_and_wordings_once_in_a_fixed_order() -> None:
    scenarios = [each for each in YamlScenarios(PROJECT / "scenarios").scenarios() if each.language == "en"]
    book = load_yaml(PROJECT / "assets" / "phrasebooks" / "en.yaml")
    sentences = recognition_sentences(scenarios, book)
    assert len(sentences) == len(set(sentences)) > 200
    assert sentences == recognition_sentences(list(reversed(scenarios)), book)
    for scenario in scenarios:
        assert any(scenario.customer.last_name in sentence for sentence in sentences)
        for wording in scenario.better_wordings:
            assert wording.text in sentences


def test_without_anything_there_is_nothing_to_tell() -> None:
    assert recognition_sentences([], None) == ()
