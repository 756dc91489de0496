"""What a Hungarian reply is heard to do, with what was learnt."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from simulator.wording.context import ReplyContext

Found = Callable[..., set[str]]

LANGUAGE = "hu"

CALL = ReplyContext(
    customer_title="asszony",
    customer_first_name="Mária",
    customer_name="Kovács",
    agent_name="Gergely",
    line="A futár kétszer járt itt, és senki sem csöngetett! Egész szombaton a mosógépre vártam.",
    facts=("A mosógépet május 3-án rendelték meg.",),
)
NAGY = ReplyContext(
    customer_title="úr", customer_first_name="Péter", customer_name="Nagy", agent_name="Eszter", line="Hol a csomag?"
)


@pytest.mark.parametrize(
    ("text", "technique"),
    [
        ("Igaza van, elnézést kérek.", "argue"),
        ("Nem szeretnék önnel vitatkozni.", "argue"),
        ("Nem mondhatom, hogy nem a mi hibánk.", "deny_responsibility"),
        ("Elnézést, megismételné?", "apologise"),
        ("Sajnálom, de nem tudok mit tenni.", "apologise"),
        ("Ez egyáltalán nem az ön hibája.", "blame_customer"),
        ("Nem mondom, hogy nyugodjon meg.", "command_calm"),
        ("Ez nem vicc, komolyan veszem.", "joke"),
    ],
)
def test_negation_and_courtesies_are_not_fooled(found: Found, text: str, technique: str) -> None:
    assert technique not in found(text)


@pytest.mark.parametrize(
    ("text", "technique"),
    [
        ("vissza fogom hívni önt holnap", "offer_follow_up"),
        ("holnap vissza is hívom", "offer_follow_up"),
        ("meg is nézem máris utánajárok", "intend_to_help"),
        ("utána fogok nézni személyesen", "intend_to_help"),
        ("tehát a futár kétszer járt ott és senki sem csöngetett", "summarise"),
        ("tetszik emlékezni, melyik napon rendelte", "ask_facts"),
        ("nagyon sajnálom, hogy ennyit kellett várnia", "apologise"),
    ],
)
def test_split_prefixes_and_free_word_order_are_heard(found: Found, text: str, technique: str) -> None:
    assert technique in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "Köszönöm, Kovács asszony.",
        "értem kovács asszony máris nézem",
        "Kovácsné, kérem, mondja el.",
        "Kovács Máriával beszélek?",
        "Igen, Marika, hallgatom.",
    ],
)
def test_the_name_is_heard_with_its_title_after_it(found: Found, text: str) -> None:
    ids = found(text)
    assert "use_name" in ids
    assert "wrong_name" not in ids


@pytest.mark.parametrize(
    ("text", "context"),
    [("Értem, Szabó asszony.", CALL), ("Horváth úr, máris ellenőrzöm.", NAGY), ("Jó, Kati, elintézem.", CALL)],
)
def test_a_wrong_name_is_heard(found: Found, text: str, context: ReplyContext) -> None:
    ids = found(text, context)
    assert "wrong_name" in ids
    assert "use_name" not in ids


@pytest.mark.parametrize(
    "text",
    [
        "Igen, asszonyom, értem.",
        "A doktor úr ma nem rendel.",
        "Szabó úr visszahívja majd önt.",
        "Gergely vagyok, miben segíthetek?",
    ],
)
def test_courtesy_titles_and_third_persons_are_no_address(found: Found, text: str) -> None:
    assert not found(text) & {"use_name", "wrong_name"}
