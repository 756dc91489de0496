"""The services of a terminal test: real scenarios, phrasebook, texts and measures; only devices and voices are fake."""

from __future__ import annotations

import wave
from collections.abc import Callable, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import numpy as np

from simulator.adapters.scenario_desk import ScenarioDeskFiles
from simulator.adapters.scripted import NoRecogniser, ScriptedRecogniser
from simulator.adapters.yaml_files import load_yaml
from simulator.adapters.yaml_scenarios import YamlScenarios
from simulator.domain.errors import BadInputError, SimulatorError
from simulator.domain.session import SessionEvent
from simulator.ports import CAPTURE_RATE_HZ, AudioDevice, Clip, Recogniser, Samples
from simulator.practice.rehearsal import FeedbackWriter, Rehearsal
from simulator.practice.scenario_context import ScenarioDetector
from simulator.practice.services import Services
from simulator.practice.settings import CallSetup, Settings
from simulator.wording.detect import detector_for
from simulator.wording.feedback_texts import parse_feedback_texts
from tests.conftest import PROJECT

CLIP_RATE_HZ = 22_050


class HummingVoice:
    """A customer whose every word is 0.3 s of hum; a comma or full stop is 0.4 s of silence."""

    def __init__(self, trouble: SimulatorError | None = None) -> None:
        self.trouble = trouble

    def render(self, voice: str, text: str, temper: float) -> Clip:
        if self.trouble is not None:
            raise self.trouble
        pieces = []
        for word in text.split():
            time = np.arange(int(0.3 * CLIP_RATE_HZ)) / CLIP_RATE_HZ
            pieces.append(0.3 * np.sin(2 * np.pi * 180 * time))
            if word[-1] in ".,?!":
                pieces.append(np.zeros(int(0.4 * CLIP_RATE_HZ)))
        return Clip(np.concatenate(pieces).astype(np.float32), CLIP_RATE_HZ, text)

    def close(self) -> None:
        return None


class WaveFiles:
    """Reads 16 kHz mono 16-bit WAV, which is what these tests write."""

    def read(self, path: Path) -> Samples:
        try:
            with wave.open(str(path)) as sound:
                data = np.frombuffer(sound.readframes(sound.getnframes()), np.int16)
        except FileNotFoundError:
            raise BadInputError(f"{path}: there is no such file.") from None
        except (wave.Error, EOFError):
            raise BadInputError(f"{path}: is not a sound file.") from None
        return (data / 32768).astype(np.float32)


def write_wave(path: Path, samples: Samples) -> Path:
    with wave.open(str(path), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(CAPTURE_RATE_HZ)
        sound.writeframes((np.clip(samples, -1, 1) * 32767).astype(np.int16).tobytes())
    return path


def judges() -> tuple[ScenarioDetector, FeedbackWriter]:
    """The real ears and pen for English."""
    detector = ScenarioDetector(detector_for(load_yaml(PROJECT / "assets" / "phrasebooks" / "en.yaml")))
    return detector, parse_feedback_texts(load_yaml(PROJECT / "assets" / "feedback" / "en.yaml")).write


def terminal_services(
    facts: list[SessionEvent],
    said: Sequence[str] = (),
    devices: Sequence[AudioDevice] = (),
    voice: HummingVoice | None = None,
    live_call: Callable[..., Any] | None = None,
) -> Services:
    """`said` are the words that the scripted recogniser hears, one reply after the other."""
    detector, write_feedback = judges()

    def recogniser(name: str, language: str = "en") -> Recogniser:
        return NoRecogniser() if name == "none" else ScriptedRecogniser(said, 0.9)

    def rehearsal(setup: CallSetup) -> Rehearsal:
        session = "s1" if setup.save else None
        record = facts.extend if setup.save else (lambda _: None)
        return Rehearsal(setup, session, detector, write_feedback, record, "2026-11-22T10:00:00+00:00")

    # Only what a terminal call touches is there; anything else fails loudly.
    services = SimpleNamespace(
        settings=SimpleNamespace(load=Settings),
        scenarios=YamlScenarios(PROJECT / "scenarios"),
        devices=SimpleNamespace(list=lambda: devices),
        voice=voice or HummingVoice(),
        recogniser=recogniser,
        rehearsal=rehearsal,
        recordings=None,
        audio_files=WaveFiles(),
        scenario_desk=ScenarioDeskFiles(PROJECT / "assets" / "scenario-template.yaml"),
        live_call=live_call,
    )
    return cast("Services", services)
