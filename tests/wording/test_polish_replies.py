"""What a Polish reply is heard to do, by the patterns alone and with what was learnt."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from simulator.adapters.phrasebook_files import PhrasebookFiles
from simulator.adapters.yaml_scenarios import load_scenario
from simulator.domain.technique import CATALOGUE, Channel
from simulator.wording.context import ReplyContext
from simulator.wording.detect import WordingDetector, detector_for
from tests.conftest import PROJECT

SCENARIO = PROJECT / "scenarios" / "pl" / "pl-late-delivery.yaml"
Found = Callable[..., set[str]]

NOWAK = ReplyContext(
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


@pytest.fixture(scope="module")
def patterns() -> WordingDetector:
    return detector_for(PhrasebookFiles(PROJECT / "assets" / "phrasebooks").load("pl"))


@pytest.fixture(scope="module")
def found(learnt: WordingDetector) -> Found:
    def ids(text: str, context: ReplyContext = NOWAK) -> set[str]:
        return {detection.technique for detection in learnt.detect(text, context)}

    return ids


@pytest.fixture(scope="module")
def learnt() -> WordingDetector:
    files = PhrasebookFiles(PROJECT / "assets" / "phrasebooks")
    return detector_for(files.load("pl"), files.learned("pl"))


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
        ("Rozumiem, pani Zielińska.", NOWAK),
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


def test_evidence_is_the_exact_words_of_the_text(learnt: WordingDetector) -> None:
    text = "No cóż – Pani Moniko, NAPRAWDĘ bardzo Panią przepraszam…"
    detections = learnt.detect(text, NOWAK)
    assert {"use_name", "apologise"} <= {detection.technique for detection in detections}
    for detection in detections:
        for evidence in detection.evidence:
            assert text[evidence.start : evidence.end] == evidence.text


def test_an_empty_reply_has_no_techniques(learnt: WordingDetector) -> None:
    assert learnt.detect(" ... ?! ", NOWAK) == ()


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
        line="Rower na komunię miał być jedenaście dni temu! Dzwoniłam trzy razy i nikt nie oddzwonił.",
        facts=scenario.fact_words,
        demand=scenario.demand,
    )
    wordings = (*scenario.better_wordings, *scenario.poor_wordings)
    missed = [(w.technique, w.text) for w in wordings if w.technique not in found(w.text, context)]
    assert len(missed) <= len(wordings) // 10, missed
