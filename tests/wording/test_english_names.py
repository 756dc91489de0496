"""Who is addressed in English, in typed text and in what a recogniser writes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from noise import noised

from simulator.adapters.phrasebook_files import PhrasebookFiles
from simulator.wording.context import ReplyContext
from simulator.wording.detect import WordingDetector, detector_for
from simulator.wording.name_judge import NameJudge

PHRASEBOOKS = Path(__file__).resolve().parents[2] / "assets" / "phrasebooks"
CUSTOMERS = [
    ("Ms", "Maria", "Novak"),
    ("Mr", "James", "Carter"),
    ("Mrs", "Helen", "Whitfield"),
    ("Mr", "Oleksandr", "Petrenko"),
    ("Ms", "Priya", "Sharma"),
    ("Mr", "Tom", "Lee"),
    ("Mr", "Peter", "Szabo"),
    ("Mr", "Liam", "O'Connor"),
    ("Miss", "Chloe", "Baker"),
]
"""Title, first name, surname."""

NOVAK = ReplyContext("Ms", "Maria", "Novak", agent_name="Mark")

OWN = [
    "Thank you, {t} {l}, I have your file here.",
    "{t} {l}, I am really sorry about that.",
    "I understand, {t} {l}.",
    "So, {f}, what happened next?",
    "Am I speaking with {t} {l}?",
    "Okay {f}, let me check.",
    "I will sort that out for you, {t} {l}, I promise.",
    "May I call you {f}?",
    "Well, {t} {f} {l}, thank you for waiting.",
    "I hear you, {f}.",
]
WRONG = [
    "Thank you, Mr Johnson, I have your file.",
    "Mrs Peterson, I am sorry.",
    "I understand, Ms Wheeler.",
    "Okay Sandra, let me check.",
    "I am sorry, Kevin, that was our fault.",
    "Good morning, Mrs Adler, how can I help?",
]
NEITHER = [
    "I will ask Mr Brown in the warehouse about it.",
    "This is Mark speaking, how can I help?",
    "My name is Julia and I will be taking care of this.",
    "Mrs Kelly from accounts will call you tomorrow.",
    "Did you miss the delivery on Monday?",
    "Yes sir, of course.",
    "My colleague Daniel will look at it.",
    "The parcel for {t} {l} is in the depot.",
    "You are through to Anna in billing.",
    "We will not miss it this time.",
]


@pytest.fixture(scope="module")
def english() -> WordingDetector:
    """With what was learnt of names alone."""
    files = PhrasebookFiles(PHRASEBOOKS)
    learned = files.learned("en")
    assert learned is not None
    return WordingDetector(detector_for(files.load("en")).book, names=NameJudge(learned.arrays, "en"))


@pytest.fixture
def found(english: WordingDetector) -> Callable[..., set[str]]:
    """The ids of the techniques in a reply to Ms Novak."""

    def ids(text: str, context: ReplyContext = NOVAK) -> set[str]:
        return {detection.technique for detection in english.detect(text, context)}

    return ids


def cases() -> Iterator[tuple[str, str, ReplyContext]]:
    for title, first, last in CUSTOMERS:
        context = ReplyContext(title, first, last, agent_name="Mark", line="Where is my order?")
        for kind, sentences in (("use_name", OWN), ("wrong_name", WRONG), ("", NEITHER)):
            for sentence in sentences:
                yield kind, sentence.format(t=title, f=first, l=last), context


def tally(detector: WordingDetector, heard: Callable[[str], str]) -> Counter[tuple[str, bool, bool]]:
    """Counts of (kind, carried, heard)."""
    counts: Counter[tuple[str, bool, bool]] = Counter()
    for kind, text, context in cases():
        found = {detection.technique for detection in detector.detect(heard(text), context)}
        counts.update((name, name == kind, name in found) for name in ("use_name", "wrong_name"))
    return counts


@pytest.mark.parametrize("heard", [str, lambda text: noised(text, 0.0, "en", 1)], ids=["typed", "recognised"])
def test_names_are_told_apart(english: WordingDetector, heard: Callable[[str], str]) -> None:
    counts = tally(english, heard)
    for name in ("use_name", "wrong_name"):
        right, missed, false = counts[name, True, True], counts[name, True, False], counts[name, False, True]
        assert right / (right + missed) >= 0.97
        assert right / (right + false) >= 0.99


@pytest.mark.parametrize(("name", "least_recall"), [("use_name", 0.85), ("wrong_name", 0.8)])
def test_a_misheard_name_is_mostly_known_and_seldom_becomes_a_false_one(
    english: WordingDetector, name: str, least_recall: float
) -> None:
    counts = tally(english, lambda text: noised(text, 0.2, "en", 1))
    right, missed, false = counts[name, True, True], counts[name, True, False], counts[name, False, True]
    assert right / (right + missed) >= least_recall
    assert right / (right + false) >= 0.97


@pytest.mark.parametrize(
    "text",
    [
        "i can see that mr prescott wrote the note",
        "so ms clarke never came back to you",
        "my line manager is ms winters and you can talk to her",
        "he is mr chandra and he runs the depot",
        "did you miss thu engineer",
        "i've just messaged mr prescott and he's looking",
    ],
)
def test_third_persons_are_not_addressed(found: Callable[..., set[str]], text: str) -> None:
    assert not {"use_name", "wrong_name"} & found(text)


def test_an_address_needs_no_known_words_around_it(found: Callable[..., set[str]]) -> None:
    assert "wrong_name" in found("that sounds awful mrs hepburn really")
    assert "use_name" in found("well of ms novak here's what i suggest")


@pytest.mark.parametrize("written", ["ms novak", "miss nowak", "mrs no vac", "ms novac", "Ms. Novák"])
def test_a_name_is_known_by_its_sound(found: Callable[..., set[str]], written: str) -> None:
    assert "use_name" in found(f"i understand {written} let me check")


def test_a_corrected_slip_is_both(found: Callable[..., set[str]]) -> None:
    assert {"use_name", "wrong_name"} <= found("Mr Brown, sorry, Ms Novak, I see your order.")


def test_three_times_is_too_often(found: Callable[..., set[str]]) -> None:
    assert "overuse_name" in found("Ms Novak, I see. Ms Novak, I will check. Then I will call you, Ms Novak.")
    assert "overuse_name" not in found("Ms Novak, I see. I will check, Ms Novak.")


def test_sir_and_madam_are_no_name(found: Callable[..., set[str]]) -> None:
    assert not {"use_name", "wrong_name"} & found("Yes, madam. Of course, sir.")


def test_where_no_name_is_known_none_is_heard(found: Callable[..., set[str]]) -> None:
    assert not {"use_name", "wrong_name"} & found("Thank you, Ms Novak.", ReplyContext())
