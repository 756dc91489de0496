"""What an English reply is heard to do."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from simulator.wording.context import ReplyContext
from simulator.wording.detect import WordingDetector


def test_every_example_of_the_phrasebook_holds(english: WordingDetector) -> None:
    wrong = [
        (example.where.line, example.technique, example.text)
        for example in english.book.examples
        if example.present
        != (example.technique in {d.technique for d in english.detect(example.text, example.context)})
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "technique"),
    [
        ("You're right, and I'm sorry.", "argue"),
        ("I don't want to argue with you.", "argue"),
        ("I can't say it's not our fault.", "deny_responsibility"),
        ("It's a shame the website let you order it.", "blame_customer"),
        ("It's a shame the website let you order it.", "hide_behind_policy"),
        ("Sorry, could you spell that?", "apologise"),
    ],
)
def test_scope_and_courtesy_are_not_mistaken(found: Callable[..., set[str]], text: str, technique: str) -> None:
    assert technique not in found(text)


@pytest.mark.parametrize(
    ("text", "technique"),
    [
        ("that must have wrecked your weekend", "acknowledge_feelings"),
        ("so the courier came twice and both times nobody rang", "summarise"),
        ("You're right, and I'm sorry.", "apologise"),
    ],
)
def test_meaning_beyond_fixed_phrases_is_heard(found: Callable[..., set[str]], text: str, technique: str) -> None:
    assert technique in found(text)


def test_evidence_is_the_exact_words_of_the_text(english: WordingDetector, call: ReplyContext) -> None:
    text = "Well -- Ms. Novak, I’m REALLY sorry about that!"
    for detection in english.detect(text, call):
        for evidence in detection.evidence:
            assert evidence.start is not None
            assert text[evidence.start : evidence.end] == evidence.text
            assert evidence.text.strip()


def test_an_empty_reply_has_no_techniques(english: WordingDetector, call: ReplyContext) -> None:
    assert english.detect("", call) == ()
    assert english.detect(" ... ?! ", call) == ()


def test_three_apologies_are_too_many_and_still_apologies(found: Callable[..., set[str]]) -> None:
    assert {"apologise", "over_apologise"} <= found("I'm sorry. I'm so sorry about this. I do apologise, really.")
    assert "over_apologise" not in found("I'm sorry about this. Again, I'm sorry.")
