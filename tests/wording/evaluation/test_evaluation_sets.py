"""The blind evaluation sets are well formed, cover the whole catalogue, and keep the written conventions."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from simulator.domain.technique import CATALOGUE, Channel

FOLDER = Path(__file__).resolve().parent
LANGUAGES = ("en", "pl", "uk", "hu")
MINIMUM = {"en": (10, 5)}
OTHERS = (6, 3)
IN_WORDS = {technique.id for technique in CATALOGUE.values() if technique.channel is Channel.WORDS}
NAME_TECHNIQUES = {"use_name", "wrong_name", "overuse_name"}
TEXT_KEYS = ("id", "text", "customer_title", "customer_first_name", "customer_name", "context", "agent_name")


def read_lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (FOLDER / name).read_text(encoding="utf-8").splitlines()]


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def replies(language: str) -> list[dict[str, Any]]:
    return read_lines(f"{language}.jsonl")


@pytest.fixture
def names(language: str) -> list[dict[str, Any]]:
    return read_lines(f"names-{language}.jsonl")


def assert_well_formed(lines: list[dict[str, Any]]) -> None:
    for line in lines:
        for key in TEXT_KEYS:
            assert str(line[key]).strip(), (line.get("id"), key)
        assert set(line) <= {*TEXT_KEYS, "facts", "labels", "absent"}, line["id"]
        assert all(isinstance(fact, str) and fact.strip() for fact in line.get("facts", [])), line["id"]
        assert not set(line["labels"]) & set(line["absent"]), line["id"]
        assert {*line["labels"], *line["absent"]} <= IN_WORDS, line["id"]
        assert len(line["labels"]) == len(set(line["labels"])), line["id"]
    for key in ("id", "text"):
        repeated = [value for value, count in Counter(line[key].casefold() for line in lines).items() if count > 1]
        assert not repeated


def test_replies_are_well_formed_and_no_text_comes_twice(replies: list[dict[str, Any]]) -> None:
    assert_well_formed(replies)


def test_every_technique_has_enough_positives_and_hard_negatives(language: str, replies: list[dict[str, Any]]) -> None:
    positives = Counter(label for line in replies for label in line["labels"])
    negatives = Counter(label for line in replies for label in line["absent"])
    least_positives, least_negatives = MINIMUM.get(language, OTHERS)
    assert {t: positives[t] for t in IN_WORDS if positives[t] < least_positives} == {}
    assert {t: negatives[t] for t in IN_WORDS if negatives[t] < least_negatives} == {}


def test_most_replies_that_do_anything_do_several_things(replies: list[dict[str, Any]]) -> None:
    sizes = Counter(len(line["labels"]) for line in replies)
    assert sizes[0] >= 8, "too few replies without any technique"
    assert sum(count for size, count in sizes.items() if size >= 2) > 0.5 * (len(replies) - sizes[0])


def test_labels_keep_the_written_conventions(replies: list[dict[str, Any]]) -> None:
    for line in replies:
        labels = set(line["labels"])
        assert "apologise" in labels or "over_apologise" not in labels, line["id"]
        assert line.get("facts") or "summarise" not in labels, f"{line['id']}: a summary needs the facts of the call"


def test_there_are_300_name_cases_of_every_kind(names: list[dict[str, Any]]) -> None:
    assert_well_formed(names)
    assert len(names) == 300
    kinds = Counter("+".join(sorted(line["labels"])) for line in names)
    assert set(kinds) == {"", "use_name", "wrong_name", "use_name+wrong_name", "overuse_name+use_name"}
    assert min(kinds.values()) >= 15
    assert all(set(line["labels"]) | set(line["absent"]) == NAME_TECHNIQUES for line in names)


def test_name_cases_include_what_a_recogniser_writes(names: list[dict[str, Any]]) -> None:
    lower = [line for line in names if line["text"] == line["text"].lower() and "," not in line["text"]]
    assert len(lower) >= 60
