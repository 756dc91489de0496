"""The texts that a trainee reads: whole in every language, true to the figures, right for the customer's gender."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from simulator.adapters.yaml_files import load_yaml, parse_yaml
from simulator.adapters.yaml_scenarios import load_scenario
from simulator.domain.compose_feedback import INSTEAD
from simulator.domain.customer import SLIP_TAKES_BACK
from simulator.domain.errors import BadInputError
from simulator.domain.feedback import Feedback, FeedbackItem, FeedbackItemText, FeedbackKind
from simulator.domain.scenario import Customer, Gender, Scenario
from simulator.domain.technique import CATALOGUE, Channel, Evidence, Polarity
from simulator.domain.turn import Span
from simulator.wording.feedback_texts import HEADLINES, FeedbackTexts, parse_feedback_texts
from simulator.wording.plurals import plural_form
from tests.conftest import PROJECT

FILES = sorted((PROJECT / "assets" / "feedback").glob("*.yaml"))
ENGLISH = PROJECT / "assets" / "feedback" / "en.yaml"
LATE = load_scenario(PROJECT / "scenarios" / "en" / "en-late-delivery.yaml")

# What the appraisal measures for each technique of voice and timing.
FIGURES = {
    "shout": {"level_db": 11.3, "target_db": 5.0},
    "rush": {"rate_syl_per_s": 6.9, "upper_syl_per_s": 6.4},
    "interrupt": {"overlap_s": 1.4},
    "dead_air": {"silence_s": 12.0, "target_s": 3.0},
    "drone_on": {"monologue_s": 31.0, "borne_s": 22.5},
    "slow_down": {"from_percent": 14.0, "to_percent": -3.0, "target_percent": 0.0},
    "lower_voice": {"from_db": 5.0, "to_db": -1.0, "target_db": 0.0},
    "match_then_lead": {"from_db": 5.0, "to_db": -1.0, "target_db": 0.0},
    "steady_voice": {"spread_db": 2.1, "spread_semitones": 2.0, "target_db": 4.0},
    "patient_start": {"gap_s": 0.4, "target_s": 3.0},
    "timely_entry": {},
    "let_them_vent": {"vent_s": 14.0},
}
EFFORT = {"effort": 3.1, "target_effort": 1.7}
OWN_PACE = {"rate_syl_per_s": 6.9, "upper_syl_per_s": 6.4, "over_calm_percent": 38.0, "target_percent": 15.0}


def texts_of(path: Path) -> FeedbackTexts:
    return parse_feedback_texts(load_yaml(path))


def customer(gender: Gender) -> Scenario:
    known = LATE.customer
    changed = Customer(known.title, known.first_name, known.last_name, gender, known.name_forms, known.voice)
    return Scenario(**{**{name: getattr(LATE, name) for name in LATE.__slots__}, "customer": changed})


def item(technique: str, message: str, figures: dict[str, float], source: str = "") -> FeedbackItem:
    kind = FeedbackKind.PRAISE if message.endswith("praise") else FeedbackKind.ADVICE
    heard: tuple[tuple[str, str | float], ...] = (("heard", "what was said"), ("times", 3.0))
    return FeedbackItem(technique, kind, message, (Evidence("what was said"),), (*heard, *figures.items()), source)


def every_item() -> list[FeedbackItem]:
    items = []
    for technique, known in CATALOGUE.items():
        kind = "praise" if known.polarity is Polarity.HELPS else "advice"
        figures = FIGURES.get(technique, {})
        items += [item(technique, f"{technique}.{kind}", figures, source) for source in _articles(technique)]
    items.append(item("shout", "shout.advice.effort", EFFORT, "S1"))
    items.append(item("rush", "rush.advice.own", OWN_PACE, "S4"))
    items.append(item("no_answer", "no_answer.advice", {}))
    items += [item("use_name", f"order.{slip}", {}, "S4") for slip in SLIP_TAKES_BACK]
    return items


def _articles(technique: str) -> list[str]:
    return [source for source in CATALOGUE[technique].sources if source != "house"] or [""]


def step(technique: str) -> FeedbackItem:
    return FeedbackItem(technique, FeedbackKind.ADVICE, f"{technique}.next", ())


def steps() -> list[FeedbackItem]:
    """Everything that can be the next step."""
    own = [technique for technique, instead in INSTEAD.items() if not instead]
    helps = [technique for technique, known in CATALOGUE.items() if known.polarity is Polarity.HELPS]
    return [step(technique) for technique in (*helps, *own)]


def written(texts: FeedbackTexts, scenario: Scenario, *items: FeedbackItem) -> list[FeedbackItemText]:
    return list(texts.write(Feedback("", items, None), scenario).items)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
@pytest.mark.parametrize("gender", Gender)
def test_every_message_of_every_language_can_be_written(path: Path, gender: Gender) -> None:
    texts, scenario = texts_of(path), customer(gender)
    for told in written(texts, scenario, *every_item()):
        assert told.title
        assert told.why
        assert not re.search(r"[{}|#]", told.text + told.why + told.title), told
    for headline in (*HEADLINES, *(f"worse.{harm}" for harm in INSTEAD), "worse.order", "worse.no_answer"):
        assert texts.write(Feedback(headline, (), None), scenario).headline
    for next_step in steps():
        assert texts.write(Feedback("", (), next_step), scenario).next_step


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_measures_are_told_with_their_number_and_target(path: Path) -> None:
    texts = texts_of(path)
    shout, rush, over = written(
        texts,
        LATE,
        item("shout", "shout.advice", FIGURES["shout"], "S1"),
        item("rush", "rush.advice.own", OWN_PACE, "S4"),
        item("overuse_name", "overuse_name.advice", {}),
    )
    point = "." if texts.language == "en" else ","
    unit = "дБ" if texts.language == "uk" else "dB"
    assert f"+11{point}3 {unit}" in shout.text
    assert f"5 {unit}" in shout.text
    assert f"6{point}9" in rush.text
    assert "+38" in rush.text
    assert "3" in over.text


def test_the_customers_gender_chooses_the_words() -> None:
    texts = texts_of(ENGLISH)
    assert texts.write(Feedback("felt_heard", (), None), customer(Gender.FEMALE)).headline == "She felt heard."
    assert texts.write(Feedback("felt_heard", (), None), customer(Gender.MALE)).headline == "He felt heard."


def test_evidence_is_shown_with_its_time() -> None:
    evidence = Evidence("Ms Novak", 0, 8, Span(75.2, 76.0))
    said = FeedbackItem("use_name", FeedbackKind.PRAISE, "use_name.praise", (evidence,), (("heard", "Ms Novak"),), "S4")
    (told,) = written(texts_of(ENGLISH), LATE, said)
    assert told.evidence == "Ms Novak (1:15)"
    assert told.text == "You used her name: “Ms Novak”."
    assert told.source == "S4"


def test_our_own_practice_has_a_why_without_an_article() -> None:
    (told,) = written(texts_of(ENGLISH), LATE, item("command_calm", "command_calm.advice", {}))
    assert told.source == ""
    assert "article" not in told.why.lower()
    assert told.why


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("en", {0: 1, 1: 0, 2: 1, 21: 1}),
        ("hu", {0: 1, 1: 0, 2: 1}),
        ("pl", {0: 2, 1: 0, 2: 1, 4: 1, 5: 2, 12: 2, 21: 2, 22: 1, 112: 2, 1.5: 1}),
        ("uk", {0: 2, 1: 0, 2: 1, 4: 1, 5: 2, 11: 2, 21: 0, 22: 1, 111: 2, 2.5: 1}),
    ],
)
def test_plural_forms_follow_the_language(language: str, forms: dict[float, int]) -> None:
    assert {number: plural_form(language, number) for number in forms} == forms


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("calmer:", "calmerr:", "headlines.calmerr: is not a known key"),
        (" name {times:.0f} {times#time|times}.", " name {times#time}.", "overuse_name.advice: '{times#time}' needs 2"),
        ("{She|He} felt heard.", "{She|He|They} felt heard.", "headlines.felt_heard: '{She|He|They}' needs two forms"),
        ("{She|He} felt heard.", "{She felt heard.", "headlines.felt_heard: has a brace that is not closed"),
        ("{level_db:+.1f} dB over", "{level db} dB over", "shout.advice: '{level db}' is neither a figure"),
        ("{overlap_s:.1f}", "{overlap:.1f}", "interrupt.advice: there is no figure 'overlap' here"),
        ("{gap_s:.1f}", "{gap_s:x}", "patient_start.praise: 'x' is not a form of a number"),
        (
            "  use_name:\n    title: Using the name\n",
            "  use_name:\n",
            "techniques.use_name: the key 'title' is missing",
        ),
    ],
)
def test_a_mistake_in_the_texts_is_named_by_file_line_and_key(old: str, new: str, told: str) -> None:
    text = ENGLISH.read_text(encoding="utf-8")
    assert old in text
    with pytest.raises(BadInputError, match=re.escape(told)) as caught:
        parse_feedback_texts(parse_yaml(text.replace(old, new, 1), "en.yaml"))
    assert re.match(r"en\.yaml:\d+: ", caught.value.problem)


def test_the_texts_say_how_something_was_said_and_never_what_the_trainee_feels() -> None:
    for path in FILES:
        texts = texts_of(path)
        for technique, known in CATALOGUE.items():
            if known.channel is Channel.VOICE:
                shown = " ".join(text for key, text in texts.texts.items() if key.startswith(f"{technique}.advice"))
                assert not re.search(r"(?i)\byou (are|were|sound\w*) (angry|stressed|nervous|afraid)", shown)
