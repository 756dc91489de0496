"""The briefing: the case, the headset, the set-up of the call."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from conftest import Bench
from port_fakes import BUILT_IN, HEADSET
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sample_scenarios import KIND_CALLER, LATE_DELIVERY

from simulator.domain.errors import SimulatorError
from simulator.domain.measures import Baseline
from simulator.domain.scenario import Difficulty
from simulator.ports import ModelInfo
from simulator.ui.briefing.briefing_page import BriefingPage
from simulator.ui.shell_settings import SettingsInUse
from simulator.ui.widgets.labels import Text

CALM = Baseline(-32.4, 4.3, 191.0, -3.0, -62.0, 13.2, HEADSET.key, measured_at="2026-11-20T09:00:00+00:00")


def opened(qtbot: QtBot, bench: Bench, scenario=LATE_DELIVERY) -> BriefingPage:
    page = BriefingPage(bench.services(), SettingsInUse(bench.settings), scenario)
    qtbot.addWidget(page)
    page.resize(1056, 800)
    page.show()
    qtbot.waitUntil(lambda: page.headset_card.lines() != ["Looking for your headset ..."])
    return page


def words(page: BriefingPage) -> str:
    return "\n".join(label.text() for label in page.findChildren(Text) if label.isVisibleTo(page))


def test_everything_the_author_wrote_is_on_the_page(qtbot: QtBot, bench: Bench) -> None:
    text = words(opened(qtbot, bench))
    briefing = LATE_DELIVERY.briefing
    for sentence in (briefing.what_happened, *briefing.facts, *briefing.may_offer, *briefing.limits):
        assert sentence in text
    assert "Comes to the phone furious. You are Sam." in text


def test_a_part_without_sentences_is_left_out(qtbot: QtBot, bench: Bench) -> None:
    text = words(opened(qtbot, bench, KIND_CALLER))
    assert "You may offer" in text
    assert "Your limits" not in text


def test_the_scenarios_difficulty_is_proposed_and_explained(qtbot: QtBot, bench: Bench) -> None:
    page = opened(qtbot, bench)
    assert page.setup_chosen().difficulty is Difficulty.STANDARD
    qtbot.mouseClick(page.difficulty.button(Difficulty.GUIDED), Qt.MouseButton.LeftButton)
    assert page.setup_chosen().difficulty is Difficulty.GUIDED
    assert "Hints before each reply" in words(page)


def test_enter_takes_the_call_as_it_is_set_up(qtbot: QtBot, bench: Bench) -> None:
    bench.settings.settings = replace(bench.settings.settings, save_calls=False, trainee_id="t-1")
    bench.store.baselines["t-1", HEADSET.key] = CALM
    page = opened(qtbot, bench)
    qtbot.keyClick(page.exam.toggle, Qt.Key.Key_Space)
    with qtbot.waitSignal(page.call_taken) as taken:
        qtbot.keyClick(page, Qt.Key.Key_Return)
    setup = taken.args[0]
    assert (setup.trainee_id, setup.exam, setup.baseline, setup.save) == ("t-1", True, CALM, False)


def test_captions_are_kept_as_a_setting(qtbot: QtBot, bench: Bench) -> None:
    page = opened(qtbot, bench)
    qtbot.mouseClick(page.captions.toggle, Qt.MouseButton.LeftButton)
    assert bench.settings.settings.captions is False


def test_a_known_headset_says_device_noise_and_when_it_was_calibrated(qtbot: QtBot, bench: Bench) -> None:
    bench.store.baselines["guest", HEADSET.key] = CALM
    lines = opened(qtbot, bench).headset_card.lines()
    assert lines[:3] == ["Jabra Evolve 40", "You speak here.", "The room is quiet"]
    assert "Noise 62 dB below full scale" in lines
    assert any(line.startswith("Calibrated on ") and "26" in line for line in lines)


def test_a_headset_that_is_new_says_that_the_calm_voice_is_not_known(qtbot: QtBot, bench: Bench) -> None:
    assert "Your calm voice is not known yet" in opened(qtbot, bench).headset_card.lines()


def test_without_any_device_the_call_can_still_be_taken_by_typing(qtbot: QtBot, bench: Bench) -> None:
    bench.devices.present = []
    page = opened(qtbot, bench)
    assert page.headset_card.lines() == [
        "No microphone",
        "You can type your replies instead.",
        "No headphones",
        "You will read the customer's lines.",
    ]
    with qtbot.waitSignal(page.call_taken):
        qtbot.mouseClick(page.take, Qt.MouseButton.LeftButton)


def test_a_microphone_that_is_off_in_the_settings_is_said(qtbot: QtBot, bench: Bench) -> None:
    bench.settings.settings = replace(bench.settings.settings, microphone_allowed=False)
    assert opened(qtbot, bench).headset_card.lines()[:2] == [
        "The microphone is off in the settings",
        "You type your replies.",
    ]


def test_separate_headphones_are_named(qtbot: QtBot, bench: Bench) -> None:
    bench.settings.settings = replace(bench.settings.settings, output_device=BUILT_IN.key)
    assert BUILT_IN.name in opened(qtbot, bench).headset_card.lines()


def test_a_sound_system_in_trouble_is_one_sentence(qtbot: QtBot, bench: Bench) -> None:
    def fail() -> None:
        raise SimulatorError("The sound system does not answer.", "Restart it.")

    bench.devices.list = fail  # type: ignore[method-assign]
    assert opened(qtbot, bench).headset_card.lines() == ["The sound system does not answer.", "Restart it."]


def test_the_headset_page_is_one_press_away(qtbot: QtBot, bench: Bench) -> None:
    page = opened(qtbot, bench)
    with qtbot.waitSignal(page.headset_wanted):
        qtbot.mouseClick(page.headset_card.check, Qt.MouseButton.LeftButton)


@pytest.mark.parametrize(
    ("language", "installed", "wanted", "text"),
    [
        ("en", True, "auto", "Good recognition"),
        ("en", False, "auto", "Basic recognition"),
        ("en", True, "pocketsphinx", "Basic recognition"),
        ("en", True, "none", "No recognition, as set"),
        ("pl", False, "auto", "No recognition for Polski"),
        ("pl", True, "auto", "Good recognition"),
    ],
)
def test_the_outlook_for_recognition_is_said(
    qtbot: QtBot, bench: Bench, language: str, installed: bool, wanted: str, text: str
) -> None:
    folder = Path("/models/x") if installed else None
    bench.models.known = [ModelInfo("vosk-model-x", language, folder, 41_205_931)]
    bench.settings.settings = replace(bench.settings.settings, recogniser=wanted)
    page = opened(qtbot, bench, replace(LATE_DELIVERY, language=language))
    assert text in page.headset_card.lines()


def test_basic_recognition_says_what_to_install_and_its_size(qtbot: QtBot, bench: Bench) -> None:
    assert "For good recognition install the English model, 41 MB." in opened(qtbot, bench).headset_card.lines()
