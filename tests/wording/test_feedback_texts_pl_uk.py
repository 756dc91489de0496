"""Polish and Ukrainian feedback: the customer's gender, the three plural forms, the decimal comma."""

from __future__ import annotations

import pytest

from simulator.adapters.yaml_files import load_yaml
from simulator.adapters.yaml_scenarios import load_scenario
from simulator.domain.feedback import Feedback, FeedbackItem, FeedbackKind
from simulator.domain.scenario import Customer, Gender, Scenario
from simulator.wording.feedback_texts import FeedbackTexts, parse_feedback_texts
from tests.conftest import PROJECT


def texts_of(language: str) -> FeedbackTexts:
    return parse_feedback_texts(load_yaml(PROJECT / "assets" / "feedback" / f"{language}.yaml"))


def scenario_of(language: str, gender: Gender) -> Scenario:
    scenario = load_scenario(PROJECT / "scenarios" / language / f"{language}-late-delivery.yaml")
    known = scenario.customer
    changed = Customer(known.title, known.first_name, known.last_name, gender, known.name_forms, known.voice)
    return Scenario(**{**{name: getattr(scenario, name) for name in scenario.__slots__}, "customer": changed})


@pytest.mark.parametrize(
    ("language", "gender", "headline"),
    [
        ("pl", Gender.FEMALE, "Klientka poczuła się wysłuchana."),
        ("pl", Gender.MALE, "Klient poczuł się wysłuchany."),
        ("uk", Gender.FEMALE, "Клієнтка відчула, що її чують."),
        ("uk", Gender.MALE, "Клієнт відчув, що його чують."),
    ],
)
def test_the_customers_gender_chooses_the_words(language: str, gender: Gender, headline: str) -> None:
    told = texts_of(language).write(Feedback("felt_heard", (), None), scenario_of(language, gender))
    assert told.headline == headline


@pytest.mark.parametrize(
    ("language", "times", "counted"),
    [
        ("pl", 3.0, "3 razy"),
        ("pl", 5.0, "5 razy"),
        ("pl", 21.0, "21 razy"),
        ("pl", 1.0, "1 raz "),
        ("uk", 3.0, "3 рази"),
        ("uk", 5.0, "5 разів"),
        ("uk", 21.0, "21 раз "),
        ("uk", 11.0, "11 разів"),
    ],
)
def test_counted_words_take_the_form_of_their_number(language: str, times: float, counted: str) -> None:
    item = FeedbackItem(
        "over_apologise",
        FeedbackKind.ADVICE,
        "over_apologise.advice",
        (),
        (("heard", "x"), ("times", times)),
    )
    (told,) = texts_of(language).write(Feedback("", (item,), None), scenario_of(language, Gender.FEMALE)).items
    assert counted in told.text


@pytest.mark.parametrize("language", ["pl", "uk"])
def test_figures_have_a_decimal_comma(language: str) -> None:
    figures = (("heard", ""), ("gap_s", 0.4))
    item = FeedbackItem("patient_start", FeedbackKind.PRAISE, "patient_start.praise", (), figures, "S1")
    (told,) = texts_of(language).write(Feedback("", (item,), None), scenario_of(language, Gender.MALE)).items
    assert "0,4 " in told.text
