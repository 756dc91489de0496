"""What the tests of the window share: a theme, scenarios, and services made of fakes at the ports only."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from port_fakes import (
    FakeClock,
    FakeDevices,
    FakeLibrary,
    FakeMicrophone,
    FakeModels,
    FakeRecordings,
    FakeSettingsFile,
    FakeSpeaker,
    FakeStore,
    FakeVoice,
    FakeVoices,
    NamedRecogniser,
    ScriptedCall,
)
from PySide6.QtCore import QCoreApplication, QEvent, QThreadPool
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sample_scenarios import DOUBLE_CHARGE, KIND_CALLER, LATE_DELIVERY

from simulator.practice.messages import Listener, Message
from simulator.practice.services import Services
from simulator.practice.settings import CallSetup, Settings
from simulator.ui.theme import apply_theme

PATIENCE_MS = 20_000
ICONS = Path(__file__).resolve().parents[2] / "assets" / "icons"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    # The offscreen screen says this for every window that is shown; it says nothing about the program.
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints"))


@dataclass
class Bench:
    """All fakes by name, and the `Services` made of them. Calls that were started are kept in `calls`."""

    folder: Path
    store: FakeStore = field(default_factory=FakeStore)
    settings: FakeSettingsFile = field(default_factory=lambda: FakeSettingsFile(Settings(first_run_done=True)))
    devices: FakeDevices = field(default_factory=FakeDevices)
    microphone: FakeMicrophone = field(default_factory=FakeMicrophone)
    speaker: FakeSpeaker = field(default_factory=FakeSpeaker)
    voice: FakeVoice = field(default_factory=FakeVoice)
    voices: FakeVoices = field(default_factory=FakeVoices)
    models: FakeModels = field(default_factory=FakeModels)
    recordings: FakeRecordings = field(default_factory=FakeRecordings)
    library: FakeLibrary = field(default_factory=lambda: FakeLibrary([LATE_DELIVERY, DOUBLE_CHARGE, KIND_CALLER]))
    recogniser: NamedRecogniser = field(default_factory=NamedRecogniser)
    script: list[Message] = field(default_factory=list)
    calls: list[ScriptedCall] = field(default_factory=list)

    def start_call(self, setup: CallSetup, _settings: Settings, listener: Listener) -> ScriptedCall:
        self.calls.append(ScriptedCall(setup, listener, tuple(self.script)))
        return self.calls[-1]

    def services(self) -> Services:
        return Services(
            data_folder=self.folder,
            settings=self.settings,
            scenarios=self.library,
            store=self.store,
            recordings=self.recordings,
            devices=self.devices,
            microphone=self.microphone,
            speaker=self.speaker,
            voice=self.voice,
            voices=self.voices,
            models=self.models,
            clock=FakeClock(),
            recogniser=lambda _name: self.recogniser,
            rehearsal=_no_rehearsal,
            live_call=self.start_call,
            demo_call=self.start_call,
            phrasebooks=NotForTheWindow(),
            audio_files=NotForTheWindow(),
            scenario_desk=NotForTheWindow(),
            measure_plot=NotForTheWindow(),
        )


class NotForTheWindow:
    """What only the terminal uses: the window must not touch it."""

    def __getattr__(self, name: str) -> object:
        raise AssertionError(f"the window has no business with '{name}'")


def _no_rehearsal(setup: CallSetup) -> object:
    raise NotImplementedError(f"the window makes live calls only, not a bare rehearsal of {setup.scenario.id}")


@pytest.fixture(autouse=True)
def nothing_left_over() -> Iterator[None]:
    """Windows of earlier tests would be styled again and again with every change of the look."""
    yield
    QThreadPool.globalInstance().waitForDone(5000)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


class PatientBot(QtBot):
    """Waits for a signal or a state for at most 20 s and not 5: on a busy machine threads get their turn late."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = PATIENCE_MS) -> None:
        super().waitUntil(callback, timeout=timeout)

    def waitSignal(self, signal: Any, *, timeout: int = PATIENCE_MS, **how: Any) -> Any:
        return super().waitSignal(signal, timeout=timeout, **how)

    def waitSignals(self, signals: list[Any], *, timeout: int = PATIENCE_MS, **how: Any) -> Any:
        return super().waitSignals(signals, timeout=timeout, **how)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    return PatientBot(request)


@pytest.fixture
def look(qapp: QApplication) -> QApplication:
    """The application in its light theme, without motion."""
    apply_theme(qapp, Settings(theme="light", reduced_motion=True), ICONS)
    return qapp


@pytest.fixture
def bench(tmp_path: Path, look: QApplication) -> Bench:
    return Bench(tmp_path)


@pytest.fixture
def services(bench: Bench) -> Services:
    return bench.services()
