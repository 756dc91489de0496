"""What a Polish reply is heard to do, with what was learnt."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from simulator.wording.context import ReplyContext

Found = Callable[..., set[str]]

LANGUAGE = "pl"

CALL = ReplyContext(
    customer_title="Pani",
    customer_first_name="Monika",
    customer_name="Nowak",
    agent_name="Marek",
    line="Kurier był dwa razy i nikt nie zadzwonił! Całą sobotę czekałam na pralkę.",
    facts=("Pralka została zamówiona 3 maja.",),
)
KOWALSKI = ReplyContext(
    customer_title="Pan", customer_first_name="Adam", customer_name="Kowalski", agent_name="Ewa", line="Gdzie paczka?"
)


@pytest.mark.parametrize(
    ("text", "technique"),
    [
        ("Ma pani rację, przepraszam.", "argue"),
        ("Nie chcę się z panią kłócić.", "argue"),
        ("Nie mogę powiedzieć, że to nie nasza wina.", "deny_responsibility"),
        ("Szkoda, że strona w ogóle pozwoliła to pani zamówić.", "blame_customer"),
        ("Szkoda, że strona w ogóle pozwoliła to pani zamówić.", "hide_behind_policy"),
        ("Przepraszam, czy może pani powtórzyć?", "apologise"),
        ("Przykro mi, ale nic się nie da zrobić.", "apologise"),
        ("Pod jaki numer mogę oddzwonić?", "ask_facts"),
        ("W czym mogę pomóc, proszę pani?", "use_name"),
    ],
)
def test_scope_and_courtesy_are_not_mistaken(found: Found, text: str, technique: str) -> None:
    assert technique not in found(text)


@pytest.mark.parametrize(
    ("text", "technique"),
    [
        ("to musiało pani zepsuć cały weekend", "acknowledge_feelings"),
        ("czyli kurier był dwa razy i nikt nie zadzwonił", "summarise"),
        ("Ma pani rację, przepraszam.", "apologise"),
        ("Nic się nie da zrobić.", "brush_off"),
        ("nie ma co się denerwować", "command_calm"),
        ("Pod jaki numer mogę oddzwonić?", "offer_follow_up"),
    ],
)
def test_meaning_beyond_fixed_phrases_is_heard(found: Found, text: str, technique: str) -> None:
    assert technique in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "Dziękuję, pani Moniko.",
        "rozumiem pani nowak już sprawdzam",
        "Czy rozmawiam z panią Nowak?",
        "Pani Nowakowa, już się tym zajmuję.",
    ],
)
def test_the_name_is_heard_in_its_cases(found: Found, text: str) -> None:
    ids = found(text)
    assert "use_name" in ids
    assert "wrong_name" not in ids


@pytest.mark.parametrize(
    "text", ["Panie Kowalski, już sprawdzam.", "rozumiem panie adamie", "panie kowalsky chwileczkę"]
)
def test_a_mans_name_is_heard_in_the_vocative(found: Found, text: str) -> None:
    assert "use_name" in found(text, KOWALSKI)


@pytest.mark.parametrize(
    ("text", "context"),
    [
        ("Rozumiem, pani Zielińska.", CALL),
        ("dobrze panie kowalczyk zajmę się tym", KOWALSKI),
        ("Panie Tomaszu, proszę o numer.", KOWALSKI),
    ],
)
def test_a_wrong_name_is_heard(found: Found, text: str, context: ReplyContext) -> None:
    ids = found(text, context)
    assert "wrong_name" in ids
    assert "use_name" not in ids


@pytest.mark.parametrize(
    "text",
    [
        "Pani zamówienie jest w drodze.",
        "czy pani nowa pralka już działa",
        "Rozmawiałem z panem Wójcikiem z magazynu.",
        "Mówi Marek Zieliński, słucham.",
        "pani rozumie że to potrwa",
        "Mam tu paczkę dla pani Nowak.",
    ],
)
def test_pronouns_and_third_persons_are_no_address(found: Found, text: str) -> None:
    assert not found(text) & {"use_name", "wrong_name"}
