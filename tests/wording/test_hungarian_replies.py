"""What a Hungarian reply is heard to do, by the patterns alone and with what was learnt."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from simulator.adapters.phrasebook_files import PhrasebookFiles
from simulator.adapters.yaml_scenarios import load_scenario
from simulator.domain.technique import CATALOGUE, Channel
from simulator.wording.context import ReplyContext
from simulator.wording.detect import WordingDetector, detector_for
from tests.conftest import PROJECT

SCENARIO = PROJECT / "scenarios" / "hu" / "hu-late-delivery.yaml"
Found = Callable[..., set[str]]

KOVACS = ReplyContext(
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


@pytest.fixture(scope="module")
def patterns() -> WordingDetector:
    return detector_for(PhrasebookFiles(PROJECT / "assets" / "phrasebooks").load("hu"))


@pytest.fixture(scope="module")
def learnt() -> WordingDetector:
    files = PhrasebookFiles(PROJECT / "assets" / "phrasebooks")
    return detector_for(files.load("hu"), files.learned("hu"))


@pytest.fixture(scope="module")
def found(learnt: WordingDetector) -> Found:
    def ids(text: str, context: ReplyContext = KOVACS) -> set[str]:
        return {detection.technique for detection in learnt.detect(text, context)}

    return ids


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
    [("Értem, Szabó asszony.", KOVACS), ("Horváth úr, máris ellenőrzöm.", NAGY), ("Jó, Kati, elintézem.", KOVACS)],
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


def test_evidence_is_the_exact_words_of_the_text(learnt: WordingDetector) -> None:
    text = "Hát – Kovács asszony, TÉNYLEG nagyon sajnálom…"
    detections = learnt.detect(text, KOVACS)
    assert {"use_name", "apologise"} <= {detection.technique for detection in detections}
    for detection in detections:
        for evidence in detection.evidence:
            assert text[evidence.start : evidence.end] == evidence.text


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
        line="Kiságyat rendeltem az unokámnak! Két hete várok, háromszor hívtam, és senki se hívott vissza.",
        facts=scenario.fact_words,
        demand=scenario.demand,
    )
    missed = [
        (wording.technique, wording.text)
        for wording in (*scenario.better_wordings, *scenario.poor_wordings)
        if wording.technique not in found(wording.text, context)
    ]
    assert missed == []
