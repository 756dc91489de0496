"""What a Ukrainian reply is heard to do, with what was learnt."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from simulator.wording.context import ReplyContext

Found = Callable[..., set[str]]

LANGUAGE = "uk"

CALL = ReplyContext(
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
        ("Розумію, пані Шевчук.", CALL),
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
