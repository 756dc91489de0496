"""The one composition root: every adapter is made here and handed to what needs it."""

from __future__ import annotations

import gc
import os
import uuid
from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from functools import cache, cached_property
from pathlib import Path

from simulator.acoustics.live_activity import LiveActivity
from simulator.adapters.audio_files import SoundFiles
from simulator.adapters.clip_microphone import ClipMicrophone
from simulator.adapters.data_folder_lock import DataFolderLock
from simulator.adapters.measure_plot import PyplotPicture
from simulator.adapters.model_files import ModelFiles
from simulator.adapters.phrasebook_files import PhrasebookFiles
from simulator.adapters.portaudio import PortAudio, PortAudioDevices
from simulator.adapters.portaudio_microphone import PortAudioMicrophone
from simulator.adapters.portaudio_speaker import PortAudioSpeaker
from simulator.adapters.pyttsx3_voice import Pyttsx3Voice
from simulator.adapters.recording_file import RecordingFiles
from simulator.adapters.scenario_desk import ScenarioDeskFiles
from simulator.adapters.scripted import NoRecogniser
from simulator.adapters.settings_file import JsonSettingsFile
from simulator.adapters.silent_speaker import SilentSpeaker
from simulator.adapters.store.repository import SqlSessionStore
from simulator.adapters.system_clock import SystemClock
from simulator.adapters.voice_files import VoiceFiles
from simulator.adapters.yaml_files import load_yaml
from simulator.adapters.yaml_scenarios import YamlScenarios
from simulator.app.paths import program_folders
from simulator.domain.errors import SimulatorError
from simulator.domain.session import SessionEvent
from simulator.ports import Recogniser, SpeechActivity
from simulator.practice.choose_recogniser import RecogniserMakers, choose_recogniser
from simulator.practice.messages import CallControl, Listener
from simulator.practice.recognition_sentences import recognition_sentences
from simulator.practice.rehearsal import Rehearsal
from simulator.practice.scenario_context import ScenarioDetector
from simulator.practice.services import Services
from simulator.practice.session_log import SessionLog
from simulator.practice.settings import CallSetup, Settings
from simulator.wording.detect import detector_for
from simulator.wording.feedback_texts import FeedbackTexts, parse_feedback_texts
from simulator.workers.call_sound import CallParts
from simulator.workers.demo_call import DemoCall
from simulator.workers.live_call import LiveCall

DATABASE = "unruffled.sqlite3"
ENGLISH = "en"
MODEL_VARIABLE = "VOSK_MODEL_PATH"


class Program:
    """The program over one data folder. What was opened is closed by `close`, in the opposite order."""

    def __init__(self, data_folder: Path) -> None:
        self.data_folder = data_folder
        self.folders = program_folders()
        self.clock = SystemClock()
        self.phrasebooks = PhrasebookFiles(self.folders.assets / "phrasebooks")
        self.voice_files = VoiceFiles([self.folders.voices, data_folder / "voices"])
        self.settings = JsonSettingsFile(data_folder / "settings.json")
        self.recordings = RecordingFiles(data_folder / "recordings")
        self.detector = cache(self._load_detector)
        self.feedback_texts = cache(self._load_feedback_texts)
        given = os.environ.get(MODEL_VARIABLE)
        self.models = ModelFiles(data_folder / "models", Path(given) if given else None)
        self._vosk = cache(_load_vosk)
        self._pocketsphinx = cache(self._load_pocketsphinx)
        self._open = ExitStack()
        self._services: Services | None = None

    def close(self) -> None:
        self._open.close()

    def services(self) -> Services:
        """Made once. Raises SimulatorError where the database cannot be opened."""
        if self._services is None:
            self._services = self._assemble()
        return self._services

    def _assemble(self) -> Services:
        self.store = SqlSessionStore(self.data_folder / DATABASE)
        self._open.callback(self.store.close)
        self._mend_what_was_cut_off()
        self.voice = Pyttsx3Voice(self.voice_files)
        self._open.callback(self.voice.close)
        portaudio = PortAudio()
        self._open.callback(portaudio.close)
        self.devices = PortAudioDevices(portaudio)
        self.microphone, self.speaker = PortAudioMicrophone(portaudio), PortAudioSpeaker(portaudio)
        return Services(
            data_folder=self.data_folder,
            settings=self.settings,
            scenarios=self.scenarios,
            store=self.store,
            recordings=self.recordings,
            devices=self.devices,
            microphone=self.microphone,
            speaker=self.speaker,
            voice=self.voice,
            voices=self.voice,
            models=self.models,
            clock=self.clock,
            recogniser=self.recogniser,
            rehearsal=self.rehearsal,
            live_call=self.live_call,
            demo_call=self.demo_call,
            phrasebooks=self.phrasebooks,
            audio_files=SoundFiles(),
            measure_plot=PyplotPicture(),
            scenario_desk=ScenarioDeskFiles(self.folders.assets / "scenario-template.yaml"),
        )

    @cached_property
    def scenarios(self) -> YamlScenarios:
        """Checked against the voices there are, so made when they are first asked for."""
        return YamlScenarios(self.folders.scenarios, frozenset(voice.id for voice in self.voice_files.voices()))

    def _mend_what_was_cut_off(self) -> None:
        lock = DataFolderLock(self.data_folder)
        if lock.acquire():
            self._open.callback(lock.release)
            self.recordings.repair_orphans()
            self.store.mark_repaired()

    def rehearsal(self, setup: CallSetup) -> Rehearsal:
        """A new call, kept in the store where its set-up says so."""
        language = setup.scenario.language
        session_id = str(uuid.uuid4()) if setup.save else None
        record = _forget if session_id is None else SessionLog(self.store, session_id).record
        detector, texts = self.detector(language), self.feedback_texts(language)
        return Rehearsal(setup, session_id, detector, texts.write, record, self.clock.now_iso())

    def live_call(self, setup: CallSetup, settings: Settings, listener: Listener) -> CallControl:
        parts = CallParts(
            microphone=self.microphone,
            speaker=self.speaker,
            voice=self.voice,
            recordings=self.recordings,
            clock=self.clock,
            recogniser=lambda: self.recogniser(settings.recogniser, setup.scenario.language),
            activity=speech_activity(settings),
        )
        return LiveCall(self.rehearsal(setup), parts, settings, listener)

    def recogniser(self, name: str, language: str = "en") -> Recogniser:
        """A recogniser, loaded once and kept: the next call starts without waiting for it."""
        makers = RecogniserMakers(self.models.find, self._vosk, self._pocketsphinx, NoRecogniser)
        return choose_recogniser(name, language, makers)

    def demo_call(self, setup: CallSetup, settings: Settings, listener: Listener) -> CallControl:
        """The same call with a synthetic trainee, over the headphones where there are any."""
        mouth = ClipMicrophone(self.clock)
        speaker = self.speaker if self._has_headphones() else SilentSpeaker(self.clock)
        parts = CallParts(mouth, speaker, self.voice, self.recordings, self.clock, NoRecogniser)
        voice = self._other_voice(setup.scenario.language, setup.scenario.customer.voice)
        return DemoCall(self.rehearsal(setup), parts, settings, listener, mouth, voice)

    def _has_headphones(self) -> bool:
        try:
            return any(device.outputs for device in self.devices.list())
        except SimulatorError:
            return False

    def _other_voice(self, language: str, customers: str) -> str | None:
        same_language = [voice.id for voice in self.voice_files.voices() if voice.language == language]
        return next((voice for voice in same_language if voice != customers), None)

    def prepare(self) -> None:
        """Load ahead what the next call needs, some seconds the first time. What fails here is said when it is used."""
        with suppress(SimulatorError):
            self.detector(ENGLISH)
            self.feedback_texts(ENGLISH)
            self.recogniser(self.settings.load().recogniser, ENGLISH)

    def _load_pocketsphinx(self) -> Recogniser:
        from simulator.adapters.pocketsphinx_language import mixed_language_model
        from simulator.adapters.pocketsphinx_recogniser import PocketSphinxRecogniser

        english = [scenario for scenario in self.scenarios.scenarios() if scenario.language == ENGLISH]
        sentences = recognition_sentences(english, self.phrasebooks.load(ENGLISH))
        return PocketSphinxRecogniser(mixed_language_model(sentences, self.data_folder / "language"))

    def _load_detector(self, language: str) -> ScenarioDetector:
        detector = ScenarioDetector(detector_for(self.phrasebooks.load(language), self.phrasebooks.learned(language)))
        # A full collection would walk over all of it, and keep the microphone waiting meanwhile.
        gc.freeze()
        return detector

    def _load_feedback_texts(self, language: str) -> FeedbackTexts:
        return parse_feedback_texts(load_yaml(self.folders.assets / "feedback" / f"{language}.yaml"))


def _forget(_events: Sequence[SessionEvent]) -> None:
    """Where a call is not to be kept."""


def speech_activity(settings: Settings) -> Callable[[float | None], SpeechActivity]:
    """What makes the detector of speech that the settings choose."""
    return _neural_activity if settings.neural_activity else LiveActivity


# The libraries below take up to a second to import, and the window must not wait for them.


def _load_vosk(folder: Path) -> Recogniser:
    from simulator.adapters.vosk_recogniser import VoskRecogniser

    return VoskRecogniser(folder)


def _neural_activity(noise_dbfs: float | None) -> SpeechActivity:
    """Where the network cannot be loaded, the call goes on with the detection by energy."""
    from simulator.adapters.silero_activity import SileroActivity

    try:
        return SileroActivity()
    except SimulatorError:
        return LiveActivity(noise_dbfs)
