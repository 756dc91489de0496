"""Setting up the headset: choosing it, the level, room and echo, and the calm voice."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest
from conftest import Bench
from port_fakes import BUILT_IN, HEADSET
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from simulator.domain.errors import SimulatorError
from simulator.domain.measures import Baseline
from simulator.ports import CAPTURE_RATE_HZ, Block, Clip
from simulator.ui.setup.check_line import CheckLine
from simulator.ui.setup.first_run_page import FirstRunPage
from simulator.ui.setup.headset_choice import read_headset
from simulator.ui.setup.headset_page import HeadsetPage
from simulator.ui.setup.microphone_watch import SILENCE_DBFS, block_dbfs
from simulator.ui.shell_settings import SettingsInUse

SECOND = CAPTURE_RATE_HZ
RNG = np.random.default_rng(7)
QUIET = RNG.normal(0.0, 0.0008, 4 * SECOND)
LOUD = RNG.normal(0.0, 0.03, 4 * SECOND)


def spoken(duration_s: int = 15) -> np.ndarray:
    """A buzz of 120 Hz with four swells a second and a pause every three seconds: speech as far as measures go."""
    time = np.arange(duration_s * SECOND) / SECOND
    buzz = sum(np.sin(2 * np.pi * 120.0 * k * time) / k for k in range(1, 20))
    swells = 0.5 - 0.5 * np.cos(2 * np.pi * 4.0 * time)
    pauses = (time % 3.0) < 2.4
    return 0.05 * buzz * swells * pauses + RNG.normal(0.0, 0.0004, len(time))


def opened(qtbot: QtBot, bench: Bench) -> HeadsetPage:
    page = HeadsetPage(bench.services(), SettingsInUse(bench.settings))
    qtbot.addWidget(page)
    page.resize(1056, 800)
    with qtbot.waitSignal(page.devices.state_read):
        page.show()
    return page


def press(qtbot: QtBot, line: CheckLine) -> None:
    qtbot.mouseClick(line.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not line.running)


def test_the_systems_headset_is_used_unless_another_is_chosen(qtbot: QtBot, bench: Bench) -> None:
    page = opened(qtbot, bench)
    assert page.devices.microphone.currentText() == "As the system: Jabra Evolve 40"
    at = page.devices.microphone.findData(BUILT_IN.key)
    page.devices.microphone.setCurrentIndex(at)
    with qtbot.waitSignal(page.devices.state_read):
        page.devices.microphone.activated.emit(at)
    assert bench.settings.settings.input_device == BUILT_IN.key
    qtbot.waitUntil(lambda: bench.microphone.opened[-1].device == BUILT_IN.key)


def test_a_microphone_that_is_off_in_the_settings_is_not_opened_until_it_is_allowed(qtbot: QtBot, bench: Bench) -> None:
    bench.settings.settings = replace(bench.settings.settings, microphone_allowed=False)
    page = opened(qtbot, bench)
    assert page.devices.notice.text().startswith("The microphone is off in the settings.")
    assert not page.room.noise.button.isEnabled()
    assert not page.calm.line.button.isEnabled()
    assert bench.microphone.opened == []
    with qtbot.waitSignal(page.devices.state_read):
        page.devices.notice.action_taken.emit()
    assert bench.settings.settings.microphone_allowed
    qtbot.waitUntil(lambda: page.devices.watch.listening)


def test_where_the_system_names_no_default_the_first_device_serves(qtbot: QtBot, bench: Bench) -> None:
    bench.devices.present = [BUILT_IN]
    page = opened(qtbot, bench)
    assert page.devices.headphones.currentText() == f"As the system: {BUILT_IN.name}"
    assert page.devices.state.headphones == BUILT_IN


def test_a_chosen_headset_that_is_gone_is_named(qtbot: QtBot, bench: Bench) -> None:
    bench.settings.settings = replace(bench.settings.settings, input_device="pulse: Old Headset")
    page = opened(qtbot, bench)
    assert page.devices.notice.text().startswith("Old Headset is not plugged in.")
    assert not page.calm.line.button.isEnabled()


def test_without_a_microphone_typing_is_offered(qtbot: QtBot, bench: Bench) -> None:
    bench.devices.present = []
    page = opened(qtbot, bench)
    assert "No microphone was found." in page.devices.notice.text()
    assert "type your replies" in page.devices.notice.text()


def test_devices_are_looked_up_again_only_with_the_microphone_closed(qtbot: QtBot, bench: Bench) -> None:
    page = opened(qtbot, bench)
    qtbot.waitUntil(lambda: len(bench.microphone.opened) == 1 and page.devices.watch.listening)
    open_at_refresh: list[bool] = []
    bench.devices.refresh = lambda: open_at_refresh.append(not bench.microphone.opened[0].closed)  # type: ignore[method-assign]
    with qtbot.waitSignal(page.devices.state_read):
        qtbot.mouseClick(page.devices.again, Qt.MouseButton.LeftButton)
    assert open_at_refresh == [False]


def test_the_meter_follows_the_microphone_and_says_it_in_words(qtbot: QtBot, bench: Bench) -> None:
    bench.microphone.hears = np.full(8000, 0.05)
    page = opened(qtbot, bench)
    qtbot.waitUntil(lambda: page.devices.meter.zone == "band")
    assert page.devices.verdict.text() == "Heard well"
    bench.microphone.hears = np.full(8000, 0.9)
    qtbot.waitUntil(lambda: page.devices.meter.zone == "amber")
    assert page.devices.verdict.text().startswith("Too loud")


def test_a_microphone_that_goes_away_is_told(qtbot: QtBot, bench: Bench) -> None:
    page = opened(qtbot, bench)
    qtbot.waitUntil(lambda: page.devices.watch.listening)
    bench.microphone.opened[0].on_lost("The microphone was unplugged.")
    qtbot.waitUntil(lambda: page.devices.notice.isVisible())
    assert page.devices.notice.text().startswith("The microphone was unplugged.")


def test_leaving_the_page_closes_the_microphone(qtbot: QtBot, bench: Bench) -> None:
    page = opened(qtbot, bench)
    qtbot.waitUntil(lambda: page.devices.watch.listening)
    page.hide()
    qtbot.waitUntil(lambda: bench.microphone.opened[0].closed)


def test_leaving_the_page_while_the_microphone_is_being_opened_leaves_none_open(qtbot: QtBot, bench: Bench) -> None:
    bench.microphone.may_open.clear()
    page = opened(qtbot, bench)
    page.hide()
    page.deleteLater()
    bench.microphone.may_open.set()
    qtbot.waitUntil(lambda: bool(bench.microphone.opened) and bench.microphone.opened[0].closed)


def test_a_quiet_room_and_a_loud_one_are_told_apart_in_figures(qtbot: QtBot, bench: Bench) -> None:
    bench.microphone.hears = QUIET
    page = opened(qtbot, bench)
    press(qtbot, page.room.noise)
    quiet = re.fullmatch(r"Quiet: (\d+) dB below full scale\.", page.room.noise.text())
    assert quiet is not None
    assert 58 <= int(quiet[1]) <= 70  # white noise of -62 dBFS, of which the band of the measure has a part
    bench.microphone.hears = LOUD
    press(qtbot, page.room.noise)
    assert page.room.noise.text().startswith("The room is loud: ")


def test_a_headset_without_echo_passes(qtbot: QtBot, bench: Bench) -> None:
    bench.microphone.hears = QUIET
    page = opened(qtbot, bench)
    press(qtbot, page.room.echo)
    assert page.room.echo.text() == "No echo: the microphone does not hear the headphones."
    assert bench.speaker.played[-1][1] == HEADSET.key


def test_a_microphone_that_hears_the_headphones_is_told_with_what_to_do(qtbot: QtBot, bench: Bench) -> None:
    bench.microphone.hears = QUIET
    bench.microphone.leaks = lambda: _as_captured(bench.speaker.played[-1][0]) if bench.speaker.played else None
    page = opened(qtbot, bench)
    press(qtbot, page.room.echo)
    assert "Turn them down" in page.room.echo.text()


def _as_captured(clip: Clip) -> np.ndarray:
    """A played clip as a microphone with an echo hears it: at its own rate, 20 dB softer."""
    step = clip.rate_hz // CAPTURE_RATE_HZ
    return 0.1 * clip.samples[::step]


def test_only_one_check_has_the_headset_and_the_meter_rests(qtbot: QtBot, bench: Bench) -> None:
    page = opened(qtbot, bench)
    qtbot.waitUntil(lambda: page.devices.watch.listening)
    qtbot.mouseClick(page.room.noise.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(bench.microphone.opened) == 2)
    assert bench.microphone.opened[0].closed
    assert not page.room.echo.button.isEnabled()
    qtbot.mouseClick(page.room.noise.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.devices.watch.listening)
    assert page.room.echo.button.isEnabled()
    assert bench.microphone.opened[1].closed


def test_a_check_can_be_stopped(qtbot: QtBot, bench: Bench) -> None:
    page = opened(qtbot, bench)
    qtbot.mouseClick(page.room.noise.button, Qt.MouseButton.LeftButton)
    assert page.room.noise.running
    press(qtbot, page.room.noise)
    assert page.room.noise.text() == "Three seconds of silence show how loud the room is."


def test_the_calm_voice_is_kept_for_this_person_and_headset(qtbot: QtBot, bench: Bench) -> None:
    bench.settings.settings = replace(bench.settings.settings, trainee_id="t-1")
    bench.microphone.hears = spoken()
    page = opened(qtbot, bench)
    with qtbot.waitSignal(page.calm.calibrated):
        qtbot.mouseClick(page.calm.line.button, Qt.MouseButton.LeftButton)
    kept = bench.store.baselines["t-1", HEADSET.key]
    assert (kept.device, kept.measured_at) == (HEADSET.key, "2026-11-22T10:00:00+00:00")
    assert kept.speech_s == pytest.approx(12.0, abs=1.5)
    assert kept.pitch_median_hz == pytest.approx(120.0, abs=2.0)
    assert "pitch 120 Hz" in page.calm.line.text()


def test_a_calibration_without_speech_is_told_and_nothing_is_kept(qtbot: QtBot, bench: Bench) -> None:
    bench.microphone.hears = QUIET
    page = opened(qtbot, bench)
    press(qtbot, page.calm.line)
    assert page.calm.line.text().count(".") >= 1
    assert "Known" not in page.calm.line.text()
    assert bench.store.baselines == {}


def test_a_microphone_that_cannot_be_opened_is_told(qtbot: QtBot, bench: Bench) -> None:
    page = opened(qtbot, bench)
    qtbot.waitUntil(lambda: page.devices.watch.listening)
    bench.microphone.trouble = SimulatorError("The microphone is used by another program.", "Close it and try again.")
    press(qtbot, page.room.noise)
    assert page.room.noise.text() == "The microphone is used by another program. Close it and try again."


def test_a_calibration_that_is_known_is_shown_at_once(qtbot: QtBot, bench: Bench) -> None:
    bench.store.baselines["guest", HEADSET.key] = Baseline(-32.4, 4.3, 191.0, -3.0, -62.0, 13.2)
    page = opened(qtbot, bench)
    assert page.calm.line.text() == "Known: level -32 dB, pace 4.3 syllables/s, pitch 191 Hz, from 13 s of speech."


def test_the_whole_page_works_by_keyboard(qtbot: QtBot, bench: Bench) -> None:
    bench.microphone.hears = spoken()
    page = opened(qtbot, bench)
    page.calm.line.button.setFocus()
    with qtbot.waitSignal(page.calm.calibrated):
        qtbot.keyClick(page.calm.line.button, Qt.Key.Key_Return)
    with qtbot.waitSignal(page.left):
        qtbot.keyClick(page, Qt.Key.Key_Escape)


def test_level_of_a_block() -> None:
    assert block_dbfs(Block(np.full(800, 0.1, np.float32), 0)) == pytest.approx(-20.0, abs=0.01)
    assert block_dbfs(Block(np.zeros(800, np.float32), 0)) == SILENCE_DBFS
    assert block_dbfs(Block(np.zeros(0, np.float32), 0)) == SILENCE_DBFS


def test_the_default_of_the_system_is_what_a_call_would_use(bench: Bench) -> None:
    state = read_headset(bench.services(), bench.settings.settings)
    assert state.microphone == HEADSET
    assert state.headphones == HEADSET
    assert state.missing is None


def first_run(qtbot: QtBot, bench: Bench) -> FirstRunPage:
    page = FirstRunPage(bench.services(), SettingsInUse(bench.settings))
    qtbot.addWidget(page)
    page.resize(1280, 800)
    page.show()
    return page


def test_the_first_start_asks_who_headset_and_calm_voice_and_leads_to_the_gentlest_call(
    qtbot: QtBot, bench: Bench
) -> None:
    bench.microphone.hears = spoken()
    page = first_run(qtbot, bench)
    qtbot.keyClicks(page.name, "Olena")
    qtbot.keyClick(page.name, Qt.Key.Key_Return)
    assert page.step == 1
    assert bench.settings.settings.trainee_id == "t-1"
    with qtbot.waitSignal(page.devices.state_read):
        pass
    page.go_on()
    press(qtbot, page.calm.line)
    assert ("t-1", HEADSET.key) in bench.store.baselines
    with qtbot.waitSignal(page.finished) as finished:
        page.go_on()
    assert finished.args[0].id == "kind_caller"


def test_the_first_start_can_be_left_out_as_a_guest(qtbot: QtBot, bench: Bench) -> None:
    page = first_run(qtbot, bench)
    page.go_on()
    with qtbot.waitSignal(page.finished):
        qtbot.mouseClick(page.skip, Qt.MouseButton.LeftButton)
    assert bench.store.people == []
    assert bench.settings.settings.trainee_id == "guest"


def test_going_back_does_not_add_the_same_person_twice(qtbot: QtBot, bench: Bench) -> None:
    page = first_run(qtbot, bench)
    page.name.setText("Olena")
    page.go_on()
    qtbot.mouseClick(page.back, Qt.MouseButton.LeftButton)
    page.go_on()
    assert [person.name for person in bench.store.people] == ["Olena"]
