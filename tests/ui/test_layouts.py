"""Every page at every size, look and language length: nothing is cut off."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from clipping import cut_off, settle
from conftest import ICONS, Bench
from longer_words import make_longer_words
from PySide6.QtCore import QThreadPool, QTranslator
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot
from sample_scenarios import DOUBLE_CHARGE

from simulator.domain.errors import SimulatorError
from simulator.domain.session import SessionSummary
from simulator.ports import Trainee
from simulator.practice.settings import Settings
from simulator.ui.main_window import MainWindow
from simulator.ui.setup.first_run_page import FirstRunPage
from simulator.ui.setup.headset_page import HeadsetPage
from simulator.ui.shell_rail import Section
from simulator.ui.shell_settings import SettingsInUse
from simulator.ui.theme import apply_theme

# The last two: a screen of 1920 x 1080 at 200 %, and one of 1280 x 720 at 150 %.
SIZES = [(1280, 720), (1280, 800), (1920, 1080), (960, 540), (853, 480)]


def _window(bench: Bench) -> MainWindow:
    bench.store.people = [Trainee("t-1", "Olena Kovalenko-Wiśniewska"), Trainee("t-2", "Jan")]
    bench.settings.settings = Settings(first_run_done=True, trainee_id="t-1", theme="light")
    bench.store.rows = [
        SessionSummary(
            "s1", "t-1", "late_delivery", "Late", "en", "2026-11-20", "ended", "customer_hung_up", 81.0, 6, 9.0
        )
    ]
    return MainWindow(bench.services())


def library(bench: Bench) -> QWidget:
    return _window(bench)


def library_in_trouble(bench: Bench) -> QWidget:
    bench.library.trouble = SimulatorError("The scenario scenarios/en/x.yaml is broken.", "Mend line 12.")
    return _window(bench)


def briefing(bench: Bench) -> QWidget:
    window = _window(bench)
    window.show_briefing(DOUBLE_CHARGE)
    return window


def settings_page(bench: Bench) -> QWidget:
    window = _window(bench)
    window.go_to(Section.SETTINGS)
    return window


def people(bench: Bench) -> QWidget:
    window = _window(bench)
    window.show_people()
    return window


def headset(bench: Bench) -> QWidget:
    return HeadsetPage(bench.services(), SettingsInUse(bench.settings))


def _first_run(bench: Bench, step: int) -> QWidget:
    page = FirstRunPage(bench.services(), SettingsInUse(bench.settings))
    page.show_step(step)
    return page


def first_who(bench: Bench) -> QWidget:
    return _first_run(bench, 0)


def first_headset(bench: Bench) -> QWidget:
    return _first_run(bench, 1)


def first_calm_voice(bench: Bench) -> QWidget:
    return _first_run(bench, 2)


PAGES = [
    library,
    library_in_trouble,
    briefing,
    settings_page,
    people,
    headset,
    first_who,
    first_headset,
    first_calm_voice,
]


@pytest.fixture(scope="module")
def translator(tmp_path_factory: pytest.TempPathFactory) -> QTranslator:
    return make_longer_words(tmp_path_factory.mktemp("words"))[0]


@pytest.fixture
def longer_words(look: QApplication, translator: QTranslator) -> Iterator[None]:
    look.installTranslator(translator)
    yield
    look.removeTranslator(translator)


def shown(qtbot: QtBot, bench: Bench, make: Callable[[Bench], QWidget], size: tuple[int, int]) -> QWidget:
    page = make(bench)
    qtbot.addWidget(page)
    page.resize(*size)
    page.show()
    qtbot.waitUntil(lambda: not _working(page))
    settle()
    return page


def _working(page: QWidget) -> bool:
    settle()
    lane = getattr(page, "_lane", None)
    return QThreadPool.globalInstance().activeThreadCount() > 0 or (lane is not None and lane.activeThreadCount() > 0)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("make", PAGES, ids=lambda make: make.__name__)
def test_nothing_is_cut_off(
    qtbot: QtBot, bench: Bench, make: Callable[[Bench], QWidget], size: tuple[int, int]
) -> None:
    assert cut_off(shown(qtbot, bench, make, size)) == []


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("make", PAGES, ids=lambda make: make.__name__)
def test_there_is_room_for_words_forty_per_cent_longer(
    qtbot: QtBot, bench: Bench, longer_words: None, make: Callable[[Bench], QWidget], size: tuple[int, int]
) -> None:
    page = shown(qtbot, bench, make, size)
    assert any(" ło" in label.text() for label in page.findChildren(QLabel)), "the longer words are not in use"
    assert cut_off(page) == []


@pytest.mark.parametrize("theme", ["dark", "high_contrast"])
@pytest.mark.parametrize("make", PAGES, ids=lambda make: make.__name__)
def test_no_look_cuts_anything_off(
    qtbot: QtBot, bench: Bench, look: QApplication, make: Callable[[Bench], QWidget], theme: str
) -> None:
    apply_theme(look, Settings(theme=theme, reduced_motion=True), ICONS)
    assert cut_off(shown(qtbot, bench, make, (1280, 720))) == []


def test_the_check_finds_what_is_cut_off(qtbot: QtBot, bench: Bench) -> None:
    page = shown(qtbot, bench, people, (1280, 800))
    page.stack.currentWidget().add.setFixedWidth(40)
    page.stack.currentWidget().title.setFixedWidth(60)
    settle()
    found = "\n".join(cut_off(page))
    assert "Add and sit down" in found
    assert "Who is sitting here?" in found
