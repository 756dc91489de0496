"""What an English reply is heard to do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from simulator.adapters.phrasebook_files import PhrasebookFiles
from simulator.domain.errors import BadInputError
from simulator.wording.context import ReplyContext
from simulator.wording.detect import WordingDetector, detector_for
from simulator.wording.learned import Learned, LearnedWording
from tests.wording.detectors import PHRASEBOOKS


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


def test_the_evidence_of_a_clause_does_not_reach_into_the_next(english: WordingDetector, call: ReplyContext) -> None:
    text = (
        "i can hear how upsetting this is your daughter waited at the window and the parcel did not come "
        "i am going to look into where it is and i will stay on the line until we know"
    )
    heard = {d.technique: [e.text for e in d.evidence] for d in english.detect(text, call)}
    assert "upsetting" in heard["acknowledge_feelings"][0]
    assert "window" not in " ".join(heard["acknowledge_feelings"])
    assert "did not come" not in " ".join(heard["intend_to_help"])


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
    learned = LearnedWording(learned_of("en"), "en")
    unknown = [p.where.key for t, ps in book.patterns.items() for p in ps if not learned.knows(p.fingerprint(t))]
    assert unknown == []


def learned_of(language: str) -> Learned:
    learned = PhrasebookFiles(PHRASEBOOKS).learned(language)
    assert learned is not None
    return learned


def test_weights_of_another_shape_are_refused() -> None:
    arrays = dict(learned_of("en").arrays)
    arrays["out"] = arrays["out"][:10]
    with pytest.raises(BadInputError, match="another version"):
        LearnedWording(Learned(arrays, {}), "en")


def test_weights_that_lack_a_part_are_refused() -> None:
    arrays = {name: array for name, array in learned_of("en").arrays.items() if name != "thresholds.en"}
    with pytest.raises(BadInputError, match=r"lack 'thresholds\.en'"):
        LearnedWording(Learned(arrays, {}), "en")


def test_what_is_said_late_in_a_long_reply_is_heard_too(english: WordingDetector) -> None:
    talk = "The parcel went by van to the depot in the north, and then it came back again. " * 30
    found = english.detect(f"{talk}I am so sorry about that.", ReplyContext())
    apology = next(detection for detection in found if detection.technique == "apologise")
    assert apology.evidence[-1].start is not None
    assert apology.evidence[-1].start >= len(talk) - 1
