"""The pattern language of the phrasebooks."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.adapters.yaml_files import parse_yaml
from simulator.domain.errors import BadInputError
from simulator.wording.context import ReplyContext
from simulator.wording.detect import WordingDetector, detector_for

BOOK = """
language: xx
spelling:
  contractions: {{"i'm": i am}}
  endings: {{"n't": not}}
light: [really, very]
fillers: [um]
negators: [not, never]
not_negating: [not only]
clauses: {{starts: [i, you, so], glue: [that, because, is]}}
stop_words: [the, a, and]
words:
  fix: ["mend(|s|ed)", repair~, put right]
names: {{female_titles: [ms], male_titles: [mr]}}
techniques:
  thank:
    patterns: [{patterns}]
    examples: []
    counter_examples: []
"""


def detector(*patterns: str) -> WordingDetector:
    quoted = ", ".join(pattern if pattern.startswith("{match") else f'"{pattern}"' for pattern in patterns)
    return detector_for(parse_yaml(BOOK.format(patterns=quoted), "xx.yaml"))


def words_found(pattern: str, text: str, context: ReplyContext | None = None) -> list[str]:
    found = detector(pattern).detect(text, context or ReplyContext())
    return [evidence.text for detection in found for evidence in detection.evidence]


@pytest.mark.parametrize(
    ("pattern", "text", "words"),
    [
        ("thank you", "Well, THANK you!", ["THANK you"]),
        ("i am glad", "I'm really glad", ["I'm really glad"]),
        ("i'm glad", "i am um glad", ["i am um glad"]),
        ("mend(|ed)", "mended", ["mended"]),
        ("mend(|ed)", "mending", []),
        ("repair~", "repairing", ["repairing"]),
        ("<fix> it", "we put right it", ["put right it"]),
        ("(one|two words) more", "two words more", ["two words more"]),
        ("very [much] so", "very so", ["very so"]),
        ("from .. on", "from now and then on", ["from now and then on"]),
        ("from ..1 on", "from now and then on", []),
        ("from .. on", "from now. And on", []),
        ("^ so", "it is so", []),
        ("so $", "it is so, yes", ["so"]),
        ("so !good", "so good", []),
        ("so !good", "so bad", ["so"]),
        ("you owe {number}", "you owe 25 pounds", ["you owe 25"]),
    ],
)
def test_signs(pattern: str, text: str, words: list[str]) -> None:
    assert words_found(pattern, text) == words


def test_a_fact_is_a_content_word_of_this_complaint() -> None:
    call = ReplyContext(line="The fridge leaked all over the kitchen")
    assert words_found("your {fact}", "your fridge", call) == ["your fridge"]
    assert words_found("your {fact}", "your lamp", call) == []
    assert words_found("{fact} the", "and the", call) == []


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("I mend it", True),
        ("I never mend it", False),
        ("I don't mend it", False),
        ("not only mend it", True),
        ("not that, I mend it", True),
        ("not today so i mend it", True),
    ],
)
def test_a_negation_governs_its_clause(text: str, heard: bool) -> None:
    assert bool(words_found("mend it", text)) is heard


def test_a_pattern_may_hold_under_negation_and_be_cancelled_nearby() -> None:
    kept = "{match: mend it, negated_too: true, unless: [but later]}"
    assert words_found(kept, "never mend it") == ["mend it"]
    assert words_found(kept, "mend it but later") == []
    assert words_found(kept, "mend it. But later") == ["mend it"]


@pytest.mark.parametrize("patterns", [("mend it", "(mend|fix) it"), ("(mend|fix) it", "mend it")])
def test_of_patterns_that_match_the_same_words_the_first_in_the_book_counts(patterns: tuple[str, str]) -> None:
    heard = detector(*patterns)
    (match,) = heard.read("mend it", ReplyContext()).matches
    assert match.pattern == heard.book.patterns["thank"][0].fingerprint("thank")


@pytest.mark.parametrize(
    ("pattern", "complaint"),
    [
        ("(one|two", "not closed"),
        ("one)", "too many"),
        ("<unknown>", "<unknown>"),
        ("{slot}", "{slot}"),
        ("..40", "gap of 40"),
        ("(|a)", "empty part"),
        ("a ?", "cannot be read"),
        ("so !", "nothing after"),
    ],
)
def test_a_mistake_is_reported_with_file_line_and_key(pattern: str, complaint: str) -> None:
    with pytest.raises(BadInputError) as caught:
        detector(pattern)
    assert "xx.yaml:17: techniques.thank.patterns[1]:" in str(caught.value)
    assert complaint in str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("thank:", "thanks:", "is not a technique heard in words"),
        ("light:", "lights:", "is not a known key"),
        ("repair~", "repair~ it", "a stem with ~ stands alone"),
        ("counter_examples: []", "counterexamples: []", "is not a known key"),
    ],
)
def test_a_wrong_key_is_reported(old: str, new: str, complaint: str) -> None:
    with pytest.raises(BadInputError, match=r"xx\.yaml:\d+: .*" + complaint):
        detector_for(parse_yaml(BOOK.format(patterns="a").replace(old, new), "xx.yaml"))


@given(st.text(max_size=80))
def test_any_text_is_read_without_error_and_evidence_lies_in_it(text: str) -> None:
    for detection in detector("{match: 'a ..2 <fix>', unless: [you]}", "(a|you) $").detect(text, ReplyContext()):
        for evidence in detection.evidence:
            assert evidence.text == text[evidence.start : evidence.end]


@given(st.text(alphabet="ab <>()[]|!.~{}^$", max_size=20))
def test_any_pattern_is_read_or_refused(pattern: str) -> None:
    document = parse_yaml(BOOK.format(patterns="thank you"), "xx.yaml")
    body = document.mapping()["techniques"].mapping()["thank"].mapping()
    text = body["patterns"].items()[0]
    object.__setattr__(text, "value", pattern)
    with contextlib.suppress(BadInputError):
        detector_for(document).detect("a b a b", ReplyContext())
