"""Who is addressed, in Polish, Ukrainian and Hungarian, and how near a misheard name has to be."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from noise import bare, noised

from simulator.adapters.phrasebook_files import PhrasebookFiles
from simulator.wording.context import ReplyContext
from simulator.wording.detect import WordingDetector, detector_for
from simulator.wording.likeness import Misheard, likeness
from simulator.wording.name_judge import NameJudge

PHRASEBOOKS = Path(__file__).resolve().parents[2] / "assets" / "phrasebooks"
MONIKA = ReplyContext("pani", "Monika", "Kowalska", agent_name="Marek")
PIOTR = ReplyContext("pan", "Piotr", "Sadowski", agent_name="Marek")
OLENA = ReplyContext("пані", "Олена", "Петренко", agent_name="Марко")
ANDRII = ReplyContext("пан", "Андрій", "Коваленко", agent_name="Марко")
GABOR = ReplyContext("úr", "Gábor", "Hegedűs", agent_name="Réka")
EVA = ReplyContext("asszony", "Éva", "Barta", agent_name="Réka")

OWN = [
    ("pl", MONIKA, "Pani Moniko, bardzo mi przykro."),
    ("pl", MONIKA, "Dzień dobry, czy rozmawiam z panią Kowalską?"),
    ("pl", MONIKA, "kiedy dzwonił kurier pani moniko"),
    ("pl", PIOTR, "rozumiem panie piotrze już sprawdzam"),
    ("pl", PIOTR, "Panie Sadowski, widzę pana zamówienie."),
    ("uk", OLENA, "Пані Олено, мені дуже шкода."),
    ("uk", OLENA, "Я розмовляю з пані Петренко?"),
    ("uk", OLENA, "коли телефонував кур'єр пані олено"),
    ("uk", ANDRII, "розумію пане андрію вже перевіряю"),
    ("uk", ANDRII, "Пане Коваленку, бачу ваше замовлення."),
    ("hu", GABOR, "Hegedűs úr, nagyon sajnálom."),
    ("hu", GABOR, "Hegedűs úrral beszélek?"),
    ("hu", GABOR, "értem hegedűs úr máris utánanézek"),
    ("hu", EVA, "Barta Éva asszony, köszönöm a türelmét."),
    ("hu", EVA, "a pénz már úton van barta asszony"),
]
WRONG = [
    ("pl", MONIKA, "Pani Renato, bardzo mi przykro."),
    ("pl", MONIKA, "dobrze pani malinowska już sprawdzam"),
    ("pl", PIOTR, "Dzień dobry, czy rozmawiam z panem Wilczkiem?"),
    ("pl", PIOTR, "więc panie henryku jaki jest numer zamówienia"),
    ("uk", OLENA, "Пані Галино, мені дуже шкода."),
    ("uk", OLENA, "добре пані савчук вже перевіряю"),
    ("uk", ANDRII, "Добрий день, я розмовляю з паном Бондарем?"),
    ("uk", ANDRII, "отже пане тарасе який номер замовлення"),
    ("hu", GABOR, "Szabó úr, nagyon sajnálom."),
    ("hu", GABOR, "értem molnár úr máris utánanézek"),
    ("hu", EVA, "Jó napot, Takács asszonnyal beszélek?"),
    ("hu", EVA, "tehát fodor asszony mi a rendelési szám"),
]
NEITHER = [
    ("pl", MONIKA, "Przekażę to do pana Nowaka z reklamacji."),
    ("pl", MONIKA, "Paczkę odebrał sąsiad, pan Wilczek."),
    ("pl", MONIKA, "Jak wyjaśniła pani Malinowska, umowa kończy się w maju."),
    ("pl", MONIKA, "pani malinowska już to sprawdza i odezwie się po południu"),
    ("pl", MONIKA, "Proszę pani, pani reklamacja jest u nas od wtorku."),
    ("uk", OLENA, "Передам це до пана Бойка зі складу."),
    ("uk", OLENA, "Посилку забрав сусід, пан Савчук."),
    ("uk", OLENA, "Як пояснила пані Савчук, договір закінчується в травні."),
    ("uk", OLENA, "пані савчук вже перевіряє і озветься після обіду"),
    ("uk", OLENA, "Пані, я справді розумію ваше обурення."),
    ("hu", GABOR, "Továbbítom Szabó úrnak a reklamációra."),
    ("hu", GABOR, "A csomagot a szomszédja, Molnár úr vette át."),
    ("hu", GABOR, "Farkas asszony a könyvelésről már jóváhagyta."),
    ("hu", GABOR, "szóval farkas asszony soha nem jelentkezett"),
    ("hu", GABOR, "Uram, tényleg megértem a felháborodását."),
]
SEEDS = range(12)


@cache
def detector(language: str) -> WordingDetector:
    """With what was learnt of names alone."""
    files = PhrasebookFiles(PHRASEBOOKS)
    learned = files.learned(language)
    assert learned is not None
    return WordingDetector(detector_for(files.load(language)).book, names=NameJudge(learned.arrays, language))


def names_in(language: str, context: ReplyContext, text: str) -> set[str]:
    found = {detection.technique for detection in detector(language).detect(text, context)}
    return found & {"use_name", "wrong_name", "overuse_name"}


@pytest.mark.parametrize("written", [str, bare], ids=["typed", "recognised"])
@pytest.mark.parametrize(
    ("expected", "cases"),
    [({"use_name"}, OWN), ({"wrong_name"}, WRONG), (set(), NEITHER)],
    ids=["own", "wrong", "none"],
)
def test_addresses_are_told_from_talk_about_somebody(
    written: type[str], expected: set[str], cases: list[tuple[str, ReplyContext, str]]
) -> None:
    heard = [(text, names_in(language, context, written(text))) for language, context, text in cases]
    assert [(text, names) for text, names in heard if names != expected] == []


def test_names_hold_up_when_a_fifth_of_the_words_are_misheard() -> None:
    counts: Counter[tuple[str, bool, bool]] = Counter()
    for cases, expected in ((OWN, "use_name"), (WRONG, "wrong_name"), (NEITHER, "")):
        for language, context, text in cases:
            for seed in SEEDS:
                found = names_in(language, context, noised(text, 0.2, language, seed))
                counts.update((name, name == expected, name in found) for name in ("use_name", "wrong_name"))
    for name, least_recall, least_precision in (("use_name", 0.85, 0.97), ("wrong_name", 0.8, 0.9)):
        right, missed, false = counts[name, True, True], counts[name, True, False], counts[name, False, True]
        assert right / (right + missed) >= least_recall
        assert right / (right + false) >= least_precision


@pytest.mark.parametrize(
    ("language", "context", "text"),
    [
        ("pl", MONIKA, "rozumiem bani moniko już sprawdzam"),
        ("pl", MONIKA, "rozumiem pani kowal ska już sprawdzam"),
        ("uk", OLENA, "розумію поні олено вже перевіряю"),
        ("uk", OLENA, "розумію пані петрянко вже перевіряю"),
        ("hu", GABOR, "értem hegetűs ur máris utánanézek"),
        ("hu", GABOR, "értem hege dűs úr máris utánanézek"),
    ],
)
def test_title_and_name_are_known_when_misheard(language: str, context: ReplyContext, text: str) -> None:
    assert names_in(language, context, text) == {"use_name"}


def test_where_it_stays_open_which_name_was_heard_nothing_is_said() -> None:
    keresztes = ReplyContext("úr", "Gergely", "Keresztes", agent_name="Réka")
    assert "wrong_name" not in names_in("hu", keresztes, "értem kerestem úr máris utánanézek")
    rahman = ReplyContext("Ms", "Leila", "Rahman")
    assert "wrong_name" not in names_in("en", rahman, "leave it with me ns latman")


@pytest.mark.parametrize(
    ("language", "context", "text"),
    [
        ("en", ReplyContext("Mrs", "Elizabeth", "Garside"), "bear with me liz i'm typing as fast as i can"),
        ("pl", PIOTR, "Panie Piotrku, już sprawdzam."),
        ("pl", MONIKA, "Pani doktor Kowalska, wyniki są gotowe."),
        ("uk", ReplyContext("пан", "Володимир", "Коваль"), "пане вово вже перевіряю"),
        ("hu", GABOR, "Hegedűs főorvos úr, máris kapcsolom."),
    ],
)
def test_short_names_and_ranks_are_known(language: str, context: ReplyContext, text: str) -> None:
    assert names_in(language, context, text) == {"use_name"}


@pytest.mark.parametrize("text", ["az igazgató úr szabadságon van", "a doktor úr holnap rendel"])
def test_a_rank_is_no_name(text: str) -> None:
    assert names_in("hu", GABOR, text) == set()


def test_what_was_not_learnt_works_by_rules() -> None:
    by_rules = detector_for(PhrasebookFiles(PHRASEBOOKS).load("pl"))
    found = {detection.technique for detection in by_rules.detect("Pani Renato, bardzo mi przykro.", MONIKA)}
    assert "wrong_name" in found


def test_the_right_name_after_a_wrong_one_is_its_correction() -> None:
    text = "widzę pani malinowska o przepraszam pomyliłem nazwisko pani kowalska oczywiście"
    assert names_in("pl", MONIKA, text) == {"use_name", "wrong_name"}


def test_surnames_of_one_ending_are_two_names() -> None:
    zahorska = ReplyContext("пані", "Леся", "Загорська", agent_name="Марко")
    assert names_in("uk", zahorska, "Пані Яворська, бачу дві оплати.") == {"wrong_name"}


def test_sounds_made_alike_are_heard_alike() -> None:
    names = detector("en").book.names
    assert likeness("stume", "stone", names) > likeness("stark", "stone", names)


def test_of_several_words_the_likest_was_meant() -> None:
    names = detector("en").book.names
    misheard = Misheard(["you", "a", "your"], names)
    assert misheard.meant("yoo") == "you"
    assert misheard.meant("table") == ""
