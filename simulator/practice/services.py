"""Everything the front ends work with, put together by `app.bootstrap` and passed in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from simulator import ports
from simulator.practice.messages import CallControl, Listener
from simulator.practice.rehearsal import Rehearsal
from simulator.practice.settings import CallSetup, Settings, SettingsFile


class RecogniserLoader(Protocol):
    def __call__(self, name: str, language: str = "en") -> ports.Recogniser:
        """Raises BadInputError for an unknown name, SimulatorError where one asked for by name is not there."""
        ...


@dataclass(frozen=True, slots=True)
class Services:
    """`recogniser(name, language)` loads "auto", "vosk", "pocketsphinx" or "none" (may take a second: not on the GUI
    thread).

    `live_call(setup, settings, listener)` makes a call over the real headset; `demo_call` the same call with a
    synthetic trainee; `rehearsal(setup)` the bare use case, for replies from files or the keyboard.
    """

    data_folder: Path
    settings: SettingsFile
    scenarios: ports.ScenarioLibrary
    store: ports.SessionStore
    recordings: ports.Recordings
    devices: ports.AudioDevices
    microphone: ports.Microphone
    speaker: ports.Speaker
    voice: ports.Voice
    voices: ports.VoiceCatalogue
    models: ports.SpeechModels
    clock: ports.Clock
    recogniser: RecogniserLoader
    rehearsal: Callable[[CallSetup], Rehearsal]
    live_call: Callable[[CallSetup, Settings, Listener], CallControl]
    demo_call: Callable[[CallSetup, Settings, Listener], CallControl]
    phrasebooks: ports.Phrasebooks
    audio_files: ports.AudioFiles
    scenario_desk: ports.ScenarioDesk
    measure_plot: ports.MeasurePlot
