"""The labelled replies that the model learns from are well formed, and nothing that tests it is among them."""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "packaging"))

from wording_training.replies import LEARNED, labelled_file, read_replies, training_files  # noqa: E402

LANGUAGES = ("en", "pl", "uk", "hu")
LEAST_EXAMPLES = 40


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_technique_has_training_replies(language: str) -> None:
    replies = [reply for path in training_files(language) for reply in read_replies(path)]
    counts = Counter(label for reply in replies for labels, _ in reply.parts for label in labels)
    assert {technique: counts[technique] for technique in LEARNED if counts[technique] < LEAST_EXAMPLES} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_reply_that_tests_is_learnt_from(language: str) -> None:
    evaluation = ROOT / "tests" / "wording" / "evaluation" / f"{language}.jsonl"
    tested = {json.loads(line)["text"].casefold() for line in evaluation.read_text(encoding="utf-8").splitlines()}
    development = ROOT / "assets" / "phrasebooks" / "training" / f"{language}-development.jsonl"
    learnt = {reply.text.casefold() for path in training_files(language) for reply in read_replies(path)}
    assert not tested & (learnt | {reply.text.casefold() for reply in labelled_file(development)})


def test_a_reply_in_parts_says_what_each_part_carries(tmp_path: Path) -> None:
    parts = "[apologise] so sorry | [] um | [ask_facts, thank] when was it, thanks"
    written = f"line: It is late!\nfacts: ordered in May\n{parts}\n"
    (tmp_path / "xx.txt").write_text(written, encoding="utf-8")
    (reply,) = read_replies(tmp_path / "xx.txt")
    assert reply.text == "so sorry um when was it, thanks"
    assert [set(labels) for labels, _ in reply.parts] == [{"apologise"}, set(), {"ask_facts", "thank"}]
    assert reply.context.line == "It is late! ordered in May"


def test_sentences_under_a_heading_share_its_techniques(tmp_path: Path) -> None:
    (tmp_path / "xx.txt").write_text("day = Monday\n[thank]\nthanks\n[none]\nno thanks till {day}\n", encoding="utf-8")
    assert [(reply.text, set(reply.parts[0][0])) for reply in read_replies(tmp_path / "xx.txt")] == [
        ("thanks", {"thank"}),
        ("no thanks till Monday", set()),
    ]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("a sentence\n", "1: a sentence before"),
        ("[thanks] you\n", "1: unknown technique thanks"),
        ("[thank] a | b\n", "1: 'b'"),
    ],
)
def test_a_mistake_is_said_with_its_line(tmp_path: Path, written: str, said: str) -> None:
    (tmp_path / "xx.txt").write_text(written, encoding="utf-8")
    with pytest.raises(SystemExit, match=said):
        list(read_replies(tmp_path / "xx.txt"))
