"""What an English reply is heard to do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from simulator.adapters.phrasebook_files import PhrasebookFiles
from simulator.domain.errors import BadInputError
from simulator.wording.context import ReplyContext
from simulator.wording.detect import WordingDetector, detector_for
from simulator.wording.learned import LearnedWording

PHRASEBOOKS = Path(__file__).resolve().parents[2] / "assets" / "phrasebooks"


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


def test_a_pattern_added_after_training_counts_at_once(tmp_path: Path) -> None:
    files = PhrasebookFiles(PHRASEBOOKS)
    written = (PHRASEBOOKS / "en.yaml").read_text(encoding="utf-8")
    marker = '      - match: "(thank you|thanks)"'
    assert marker in written
    changed = written.replace(marker, f'      - "you are a brick"\n{marker}')
    (tmp_path / "en.yaml").write_text(changed, encoding="utf-8")
    text = "You are a brick."
    before = detector_for(files.load("en"), files.learned("en")).detect(text, ReplyContext())
    after = detector_for(PhrasebookFiles(tmp_path).load("en"), files.learned("en")).detect(text, ReplyContext())
    assert "thank" not in {detection.technique for detection in before}
    assert "thank" in {detection.technique for detection in after}


def test_the_learnt_weights_belong_to_this_phrasebook() -> None:
    files = PhrasebookFiles(PHRASEBOOKS)
    book = detector_for(files.load("en")).book
    learned = LearnedWording(files.learned("en"))
    unknown = [p.where.key for t, ps in book.patterns.items() for p in ps if not learned.knows(p.fingerprint(t))]
    assert unknown == []


def test_weights_of_another_shape_are_refused() -> None:
    arrays = dict(PhrasebookFiles(PHRASEBOOKS).learned("en"))
    arrays["weights"] = arrays["weights"][:10]
    with pytest.raises(BadInputError, match="another version"):
        LearnedWording(arrays)
