"""Settings: every change is kept at once; models are installed with progress and can be stopped."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from conftest import Bench
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from simulator.domain.errors import SimulatorError
from simulator.ports import ModelInfo
from simulator.ui.settings.settings_page import SettingsPage
from simulator.ui.settings.storage_section import folder_bytes
from simulator.ui.shell_settings import SettingsInUse
from simulator.ui.widgets.buttons import Button
from simulator.ui.widgets.card import Tag
from simulator.ui.widgets.choice import Chips
from simulator.ui.widgets.labels import Text


def opened(qtbot: QtBot, bench: Bench) -> SettingsPage:
    page = SettingsPage(bench.services(), SettingsInUse(bench.settings))
    qtbot.addWidget(page)
    page.resize(1056, 800)
    page.show()
    return page


def words(widget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(Text) if label.isVisibleTo(widget))


def test_without_a_model_recognition_is_called_basic_and_the_way_out_is_named(qtbot: QtBot, bench: Bench) -> None:
    page = opened(qtbot, bench)
    assert page.models.status.text() == ("Basic recognition. For good recognition install the English model, 41 MB.")


def test_a_model_is_downloaded_with_progress_and_then_in_use(qtbot: QtBot, bench: Bench) -> None:
    page = opened(qtbot, bench)
    row = page.models.row("en")
    qtbot.mouseClick(row.download, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: row.detail.text() == "Downloading: 20 MB of 41 MB")
    assert row.bar.isVisible()
    assert row.bar.value() == round(1000 * 20_000_000 / 41_205_931)
    assert not row.download.isVisible()
    with qtbot.waitSignal(page.models.installed):
        bench.models.gate.set()
    assert page.models.status.text() == "Good recognition: English."
    assert [tag.text() for tag in page.models.row("en").findChildren(Tag)] == ["Installed"]
    assert bench.models.installed_from == [("en", None)]


def test_a_download_can_be_stopped_and_begun_again(qtbot: QtBot, bench: Bench) -> None:
    page = opened(qtbot, bench)
    row = page.models.row("en")
    qtbot.mouseClick(row.download, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "Downloading" in row.detail.text())
    qtbot.mouseClick(row.cancel, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.models.news.isVisible())
    assert page.models.news.text() == "The installation was stopped. What was fetched is kept for the next time."
    assert row.download.isVisible()
    bench.models.gate.set()
    with qtbot.waitSignal(page.models.installed):
        qtbot.mouseClick(row.download, Qt.MouseButton.LeftButton)


def test_a_model_may_come_from_a_file(qtbot: QtBot, bench: Bench, monkeypatch) -> None:
    bench.models.gate.set()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: ("/media/stick/model.zip", ""))
    page = opened(qtbot, bench)
    with qtbot.waitSignal(page.models.installed):
        qtbot.mouseClick(page.models.row("pl").from_file, Qt.MouseButton.LeftButton)
    assert bench.models.installed_from == [("pl", "/media/stick/model.zip")]


def test_an_installation_that_fails_is_told_in_one_sentence(qtbot: QtBot, bench: Bench) -> None:
    bench.models.gate.set()
    bench.models.trouble = SimulatorError("There is no network.", "Download the file elsewhere and use “From file”.")
    page = opened(qtbot, bench)
    qtbot.mouseClick(page.models.row("en").download, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.models.news.isVisible())
    assert page.models.news.text().startswith("There is no network.")
    assert page.models.row("en").download.isVisible()


def test_one_model_is_installed_at_a_time(qtbot: QtBot, bench: Bench) -> None:
    page = opened(qtbot, bench)
    qtbot.mouseClick(page.models.row("en").download, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.models.row("pl").download, Qt.MouseButton.LeftButton)
    assert page.models.news.text() == "One model at a time, please."
    bench.models.gate.set()
    with qtbot.waitSignal(page.models.installed):
        pass
    assert bench.models.installed_from == [("en", None)]


def test_leaving_the_page_stops_an_installation(qtbot: QtBot, bench: Bench) -> None:
    page = opened(qtbot, bench)
    page.models.install("en")
    qtbot.waitUntil(lambda: bool(bench.models.installed_from))
    stop = page.models._stop
    page.hide()
    assert stop.is_set()


def test_an_installed_model_is_shown_as_such(qtbot: QtBot, bench: Bench) -> None:
    bench.models.known = [ModelInfo("vosk-model-en-us-0.22", "en", Path("/data/vosk-model-en-us-0.22"), None)]
    page = opened(qtbot, bench)
    assert page.models.row("en").download is None
    assert page.models.status.text() == "Good recognition: English."


def test_a_voice_can_be_heard_at_the_own_volume(qtbot: QtBot, bench: Bench) -> None:
    bench.settings.settings = replace(bench.settings.settings, customer_volume=0.4, output_device="pulse: X")
    page = opened(qtbot, bench)
    qtbot.waitUntil(lambda: "Woman, British English" in words(page.voices))
    button = next(b for b in page.voices.findChildren(Button) if b.accessibleName().startswith("Hear Woman"))
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(bench.speaker.played))
    assert bench.voice.rendered[0][0] == "en-woman"
    assert bench.speaker.played[0][1:] == ("pulse: X", 0.4)


def test_a_voice_that_cannot_be_spoken_here_says_why(qtbot: QtBot, bench: Bench) -> None:
    page = opened(qtbot, bench)
    qtbot.waitUntil(lambda: "espeak-ng has no Polish voice here." in words(page.voices))
    assert "Not here" in [tag.text() for tag in page.voices.findChildren(Tag)]


def test_a_synthesiser_that_fails_is_told(qtbot: QtBot, bench: Bench) -> None:
    bench.voice.trouble = SimulatorError("No synthesiser is installed.", "Install libespeak-ng1.")
    page = opened(qtbot, bench)
    page.voices.hear(bench.voices.voices[0])
    qtbot.waitUntil(lambda: page.voices.news.isVisible())
    assert page.voices.news.text() == "No synthesiser is installed. Install libespeak-ng1."


def test_switches_are_kept_at_once(qtbot: QtBot, bench: Bench) -> None:
    page = opened(qtbot, bench)
    qtbot.mouseClick(page.look.switches["captions"].toggle, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.storage.save.toggle, Qt.MouseButton.LeftButton)
    qtbot.keyClick(page.storage.microphone.toggle, Qt.Key.Key_Space)
    kept = bench.settings.settings
    assert (kept.captions, kept.save_calls, kept.microphone_allowed) == (False, False, False)


def test_the_look_is_chosen_by_key(qtbot: QtBot, bench: Bench) -> None:
    page = opened(qtbot, bench)
    chips = page.look.findChild(Chips)
    qtbot.keyClick(chips.button("high_contrast"), Qt.Key.Key_Space)
    assert bench.settings.settings.theme == "high_contrast"


def test_the_silence_that_ends_a_reply_goes_from_0_4_to_3_seconds(qtbot: QtBot, bench: Bench) -> None:
    page = opened(qtbot, bench)
    assert page.talk.silence.value() == 0.7
    qtbot.keyClick(page.talk.silence.slider, Qt.Key.Key_Right)
    assert bench.settings.settings.end_of_turn_silence_s == 0.8
    assert page.talk.silence.figure.text() == "0.8 s"
    qtbot.keyClick(page.talk.silence.slider, Qt.Key.Key_End)
    assert bench.settings.settings.end_of_turn_silence_s == 3.0
    qtbot.keyClick(page.talk.silence.slider, Qt.Key.Key_Home)
    assert bench.settings.settings.end_of_turn_silence_s == 0.4


def test_push_to_talk_makes_the_silence_of_no_effect(qtbot: QtBot, bench: Bench) -> None:
    page = opened(qtbot, bench)
    qtbot.mouseClick(page.talk.hands_free.toggle, Qt.MouseButton.LeftButton)
    assert bench.settings.settings.hands_free is False
    assert not page.talk.silence.isEnabled()


def test_the_neural_detection_of_speech_is_off_until_chosen(qtbot: QtBot, bench: Bench) -> None:
    page = opened(qtbot, bench)
    assert bench.settings.settings.neural_activity is False
    qtbot.mouseClick(page.talk.neural_activity.toggle, Qt.MouseButton.LeftButton)
    assert bench.settings.settings.neural_activity is True


def test_a_size_on_disk_counts_all_files(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "x.flac").write_bytes(b"x" * 1000)
    (tmp_path / "db").write_bytes(b"x" * 24)
    assert folder_bytes(tmp_path) == 1024
    assert folder_bytes(tmp_path / "missing") == 0


def test_what_a_call_recognises_with_is_chosen(qtbot: QtBot, bench: Bench) -> None:
    page = opened(qtbot, bench)
    assert page.models.use.currentData() == "auto"
    page.models.use.setFocus()
    qtbot.keyClick(page.models.use, Qt.Key.Key_End)
    assert bench.settings.settings.recogniser == "none"
