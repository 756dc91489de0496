"""What a Ukrainian reply is heard to do, by the patterns alone and with what was learnt."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from simulator.adapters.phrasebook_files import PhrasebookFiles
from simulator.adapters.yaml_scenarios import load_scenario
from simulator.domain.technique import CATALOGUE, Channel
from simulator.wording.context import ReplyContext
from simulator.wording.detect import WordingDetector, detector_for
from tests.conftest import PROJECT

SCENARIO = PROJECT / "scenarios" / "uk" / "uk-late-delivery.yaml"
Found = Callable[..., set[str]]

PETRENKO = ReplyContext(
    customer_title="Пані",
    customer_first_name="Олена",
    customer_name="Петренко",
    agent_name="Марко",
    line="Кур'єр був двічі, і ніхто не зателефонував! Усю суботу я чекала на пральну машину.",
    facts=("Пральну машину замовлено 3 травня.",),
)
KOVALENKO = ReplyContext(
    customer_title="Пан", customer_first_name="Андрій", customer_name="Коваленко", agent_name="Єва", line="Де посилка?"
)


@pytest.fixture(scope="module")
def patterns() -> WordingDetector:
    return detector_for(PhrasebookFiles(PROJECT / "assets" / "phrasebooks").load("uk"))


@pytest.fixture(scope="module")
def found(learnt: WordingDetector) -> Found:
    def ids(text: str, context: ReplyContext = PETRENKO) -> set[str]:
        return {detection.technique for detection in learnt.detect(text, context)}

    return ids


@pytest.fixture(scope="module")
def learnt() -> WordingDetector:
    files = PhrasebookFiles(PROJECT / "assets" / "phrasebooks")
    return detector_for(files.load("uk"), files.learned("uk"))


def test_every_example_of_the_phrasebook_holds_by_the_patterns_alone(patterns: WordingDetector) -> None:
    wrong = [
        (example.where.line, example.technique, example.text)
        for example in patterns.book.examples
        if example.present
        != (example.technique in {d.technique for d in patterns.detect(example.text, example.context)})
    ]
    assert wrong == []


def test_every_technique_has_examples_and_counter_examples(patterns: WordingDetector) -> None:
    words = {technique.id for technique in CATALOGUE.values() if technique.channel is Channel.WORDS}
    for present in (True, False):
        assert {e.technique for e in patterns.book.examples if e.present is present} == words


@pytest.mark.parametrize(
    ("text", "technique"),
    [
        ("Ви маєте рацію, вибачте.", "argue"),
        ("Не хочу з вами сперечатися.", "argue"),
        ("Не можу сказати, що це не наша провина.", "deny_responsibility"),
        ("Шкода, що сайт узагалі дозволив вам це замовити.", "blame_customer"),
        ("Шкода, що сайт узагалі дозволив вам це замовити.", "hide_behind_policy"),
        ("Перепрошую, можете повторити?", "apologise"),
        ("Мені шкода, але нічого зробити не можна.", "apologise"),
        ("За яким номером вам передзвонити?", "ask_facts"),
        ("Чим можу допомогти, пані?", "use_name"),
    ],
)
def test_scope_and_courtesy_are_not_mistaken(found: Found, text: str, technique: str) -> None:
    assert technique not in found(text)


@pytest.mark.parametrize(
    ("text", "technique"),
    [
        ("це мабуть зіпсувало вам усі вихідні", "acknowledge_feelings"),
        ("отже кур'єр був двічі і ніхто не зателефонував", "summarise"),
        ("Ви маєте рацію, вибачте.", "apologise"),
        ("Я нічого не можу зробити.", "brush_off"),
        ("не нервуйте так", "command_calm"),
        ("За яким номером вам передзвонити?", "offer_follow_up"),
    ],
)
def test_meaning_beyond_fixed_phrases_is_heard(found: Found, text: str, technique: str) -> None:
    assert technique in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "Дякую, пані Олено.",
        "розумію пані петренко вже перевіряю",
        "Я розмовляю з пані Петренко?",
        "Олено Іванівно, вже займаюся цим.",
    ],
)
def test_the_name_is_heard_in_its_cases(found: Found, text: str) -> None:
    ids = found(text)
    assert "use_name" in ids
    assert "wrong_name" not in ids


@pytest.mark.parametrize("text", ["Пане Коваленку, вже перевіряю.", "розумію пане андрію", "пане коваленко хвилинку"])
def test_a_mans_name_is_heard_in_the_vocative(found: Found, text: str) -> None:
    assert "use_name" in found(text, KOVALENKO)


@pytest.mark.parametrize(
    ("text", "context"),
    [
        ("Розумію, пані Шевчук.", PETRENKO),
        ("добре пане бондаренку займуся цим", KOVALENKO),
        ("Пане Тарасе, назвіть номер.", KOVALENKO),
    ],
)
def test_a_wrong_name_is_heard(found: Found, text: str, context: ReplyContext) -> None:
    ids = found(text, context)
    assert "wrong_name" in ids
    assert "use_name" not in ids


@pytest.mark.parametrize(
    "text",
    [
        "Пані, ваше замовлення в дорозі.",
        "Я говорив із паном Бойком зі складу.",
        "Мене звати Марко Зінченко, слухаю вас.",
        "У мене посилка для пані Петренко.",
        "Це вирішує пан Гнатюк.",
    ],
)
def test_pronouns_and_third_persons_are_no_address(found: Found, text: str) -> None:
    assert not found(text) & {"use_name", "wrong_name"}


def test_evidence_is_the_exact_words_of_the_text(learnt: WordingDetector) -> None:
    text = "Що ж – Пані Олено, СПРАВДІ дуже перепрошую Вас…"
    detections = learnt.detect(text, PETRENKO)
    assert {"use_name", "apologise"} <= {detection.technique for detection in detections}
    for detection in detections:
        for evidence in detection.evidence:
            assert text[evidence.start : evidence.end] == evidence.text


def test_an_empty_reply_has_no_techniques(learnt: WordingDetector) -> None:
    assert learnt.detect(" ... ?! ", PETRENKO) == ()


def test_the_scenario_shows_its_techniques_in_its_own_wordings(found: Found) -> None:
    scenario = load_scenario(SCENARIO)
    known = scenario.customer
    context = ReplyContext(
        customer_title=known.title,
        customer_first_name=known.first_name,
        customer_name=known.last_name,
        gender=known.gender,
        name_forms=known.name_forms,
        agent_name=scenario.agent_name,
        line="Ліжечко мало бути вісім днів тому! Я писав чотири рази, а відповідав лише бот.",
        facts=scenario.fact_words,
        demand=scenario.demand,
    )
    wordings = (*scenario.better_wordings, *scenario.poor_wordings)
    missed = [(w.technique, w.text) for w in wordings if w.technique not in found(w.text, context)]
    assert len(missed) <= len(wordings) // 10, missed
