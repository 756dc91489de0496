"""What holds of the replies in every language that the program knows."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from simulator.adapters.phrasebook_files import PhrasebookFiles
from simulator.adapters.yaml_scenarios import load_scenario
from simulator.domain.errors import BadInputError
from simulator.domain.technique import CATALOGUE, Channel
from simulator.wording.context import ReplyContext
from simulator.wording.detect import detector_for
from tests.conftest import PROJECT
from tests.wording.detectors import PHRASEBOOKS, detector_of, patterns_of

LANGUAGES = ("en", "pl", "uk", "hu")
SAID = {
    "en": ("Ms", "Maria", "Novak", "Well – Ms Novak, I REALLY am sorry…"),
    "pl": ("Pani", "Monika", "Nowak", "No cóż – Pani Moniko, NAPRAWDĘ bardzo Panią przepraszam…"),
    "uk": ("Пані", "Олена", "Петренко", "Що ж – Пані Олено, СПРАВДІ дуже перепрошую Вас…"),
    "hu": ("asszony", "Mária", "Kovács", "Hát – Kovács asszony, TÉNYLEG nagyon sajnálom…"),
}
LINES = {
    "pl-late-delivery": "Rower na komunię miał być jedenaście dni temu! Dzwoniłam trzy razy i nikt nie oddzwonił.",
    "uk-late-delivery": "Ліжечко мало бути вісім днів тому! Я писав чотири рази, а відповідав лише бот.",
    "hu-late-delivery": "Kiságyat rendeltem az unokámnak! Két hete várok, háromszor hívtam, és senki se hívott vissza.",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_example_of_the_phrasebook_holds_by_the_patterns_alone(language: str) -> None:
    patterns = patterns_of(language)
    wrong = [
        (example.where.line, example.technique, example.text)
        for example in patterns.book.examples
        if example.present
        != (example.technique in {d.technique for d in patterns.detect(example.text, example.context)})
    ]
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_technique_has_examples_and_counter_examples(language: str) -> None:
    words = {technique.id for technique in CATALOGUE.values() if technique.channel is Channel.WORDS}
    for present in (True, False):
        assert {e.technique for e in patterns_of(language).book.examples if e.present is present} == words


@pytest.mark.parametrize("language", LANGUAGES)
def test_evidence_is_the_exact_words_of_the_text(language: str) -> None:
    title, first_name, name, text = SAID[language]
    detections = detector_of(language).detect(text, ReplyContext(title, first_name, name))
    assert {"use_name", "apologise"} <= {detection.technique for detection in detections}
    for detection in detections:
        for evidence in detection.evidence:
            assert evidence.start is not None
            assert text[evidence.start : evidence.end] == evidence.text
            assert evidence.text.strip()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", ["", " ... ?! "])
def test_an_empty_reply_has_no_techniques(language: str, text: str) -> None:
    assert detector_of(language).detect(text, ReplyContext()) == ()


@pytest.mark.parametrize("scenario_id", LINES)
def test_a_scenario_shows_its_techniques_in_its_own_wordings(scenario_id: str) -> None:
    language = scenario_id[:2]
    scenario = load_scenario(PROJECT / "scenarios" / language / f"{scenario_id}.yaml")
    known = scenario.customer
    context = ReplyContext(
        customer_title=known.title,
        customer_first_name=known.first_name,
        customer_name=known.last_name,
        gender=known.gender,
        name_forms=known.name_forms,
        agent_name=scenario.agent_name,
        line=LINES[scenario_id],
        facts=scenario.fact_words,
        demand=scenario.demand,
    )
    wordings = (*scenario.better_wordings, *scenario.poor_wordings)
    heard = detector_of(language).detect
    missed = [
        (w.technique, w.text) for w in wordings if w.technique not in {d.technique for d in heard(w.text, context)}
    ]
    assert len(missed) <= len(wordings) // 10, missed


def test_a_language_that_was_never_learnt_works_by_its_patterns(tmp_path: Path) -> None:
    book = "language: xx\nwords: {}\nnames: {female_titles: [ms], male_titles: [mr]}\ntechniques:\n"
    book += "  thank: {patterns: [danke], examples: [Danke sehr.], counter_examples: [Bitte.]}\n"
    (tmp_path / "xx.yaml").write_text(book, encoding="utf-8")
    shutil.copy(PHRASEBOOKS / "learned.npz", tmp_path)
    files = PhrasebookFiles(tmp_path)
    assert files.learned("xx") is None
    found = detector_for(files.load("xx"), files.learned("xx")).detect("Danke sehr.", ReplyContext())
    assert [detection.technique for detection in found] == ["thank"]


@pytest.mark.parametrize("written", ["one\n", "one\ttwo\tthree\n", "one\t\n"])
def test_a_mistake_in_a_glossary_is_said_with_its_line(tmp_path: Path, written: str) -> None:
    (tmp_path / "glossaries").mkdir()
    (tmp_path / "glossaries" / "pl.tsv").write_text(f"tak\tyes\n{written}", encoding="utf-8")
    with pytest.raises(BadInputError, match=r"pl\.tsv:2: should be a word, a tab"):
        PhrasebookFiles(tmp_path).glossary("pl")


def test_learnt_weights_that_are_no_archive_are_refused(tmp_path: Path) -> None:
    (tmp_path / "learned.npz").write_bytes(b"PK\x03\x04 broken")
    with pytest.raises(BadInputError, match=r"learned\.npz: cannot be read as learnt weights"):
        PhrasebookFiles(tmp_path).learned("en")
