"""Everything the front ends work with, put together by `app.bootstrap` and passed in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from simulator import ports
from simulator.acoustics.curves import Curves
from simulator.domain.errors import BadInputError, SimulatorError
from simulator.domain.located import Located
from simulator.domain.measures import VoiceMeasures
from simulator.domain.scenario import Scenario
from simulator.domain.utterance import Word
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
    phrasebooks: ports.Phrasebooks = field(default_factory=lambda: NoPhrasebooks())
    audio_files: ports.AudioFiles = field(default_factory=lambda: NoAudioFiles())
    scenario_desk: ports.ScenarioDesk = field(default_factory=lambda: NoScenarioDesk())
    measure_plot: ports.MeasurePlot = field(default_factory=lambda: NoMeasurePlot())


class NoPhrasebooks:
    """An installation where no language's words can be understood."""

    def languages(self) -> Sequence[str]:
        return ()

    def load(self, language: str) -> Located:
        raise BadInputError(f"There is no phrasebook for the language '{language}'.", "None is installed.")

    def learned(self, language: str) -> Mapping[str, NDArray[np.generic]]:  # noqa: ARG002 - the port's shape
        return {}


class NoAudioFiles:
    """An installation that cannot read sound files."""

    def read(self, path: Path) -> ports.Samples:
        raise BadInputError(f"{path}: cannot be read: this installation reads no sound files.")

    def open(self, path: Path, channel: int | None = None) -> ports.AudioStream:  # noqa: ARG002 - the port's shape
        raise BadInputError(f"{path}: cannot be read: this installation reads no sound files.")


class NoMeasurePlot:
    """An installation that cannot draw."""

    def draw(
        self,
        title: str,  # noqa: ARG002 - the port's shape
        curves: Curves,  # noqa: ARG002
        measures: VoiceMeasures,  # noqa: ARG002
        words: Sequence[Word],  # noqa: ARG002
        to: Path,
    ) -> None:
        raise SimulatorError(f"{to}: cannot be drawn: this installation draws no pictures.")


class NoScenarioDesk:
    """An installation without what authors need."""

    def template(self, scenario_id: str) -> str:
        raise BadInputError(f"There is no template for '{scenario_id}': this installation has none.")

    def draw(self, scenario: Scenario, to: Path) -> None:
        raise BadInputError(f"{to}: '{scenario.id}' cannot be drawn: this installation draws no pictures.")
