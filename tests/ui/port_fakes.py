"""Stand-ins for what the window works with: one small fake for each port, and a call that follows a script."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from simulator.domain.errors import BadInputError, SimulatorError
from simulator.domain.measures import Baseline
from simulator.domain.scenario import Gender, Scenario
from simulator.domain.session import SessionEvent, SessionSummary
from simulator.ports import (
    CAPTURE_RATE_HZ,
    AudioDevice,
    Block,
    Clip,
    InstallProgress,
    ModelInfo,
    Trainee,
    VoiceInfo,
)
from simulator.practice.messages import Listener, Message, Move
from simulator.practice.settings import CallSetup, Settings

HEADSET = AudioDevice("Jabra Evolve 40", "pulse", 1, 2, is_default_input=True, is_default_output=True)
BUILT_IN = AudioDevice("Built-in Audio Analog Stereo", "pulse", 2, 2)
MONITOR = AudioDevice("Monitor of Jabra Evolve 40", "pulse", 2, 0)


@dataclass
class FakeStore:
    """`ports.SessionStore` in memory."""

    rows: list[SessionSummary] = field(default_factory=list)
    kept: dict[str, list[SessionEvent]] = field(default_factory=dict)
    people: list[Trainee] = field(default_factory=list)
    baselines: dict[tuple[str, str], Baseline] = field(default_factory=dict)
    trouble: SimulatorError | None = None

    def _check(self) -> None:
        if self.trouble is not None:
            raise self.trouble

    def append(self, session_id: str, events: Iterable[SessionEvent]) -> None:
        self._check()
        self.kept.setdefault(session_id, []).extend(events)

    def events(self, session_id: str) -> Sequence[SessionEvent]:
        self._check()
        return tuple(self.kept.get(session_id, ()))

    def sessions(self, trainee_id: str | None = None) -> Sequence[SessionSummary]:
        self._check()
        return [row for row in self.rows if trainee_id in (None, row.trainee_id)]

    def delete(self, session_id: str) -> None:
        self._check()
        self.rows = [row for row in self.rows if row.id != session_id]

    def trainees(self) -> Sequence[Trainee]:
        self._check()
        return tuple(self.people)

    def add_trainee(self, name: str) -> Trainee:
        self._check()
        self.people.append(Trainee(f"t-{len(self.people) + 1}", name))
        return self.people[-1]

    def rename_trainee(self, trainee_id: str, name: str) -> None:
        self._check()
        self.people = [Trainee(p.id, name) if p.id == trainee_id else p for p in self.people]

    def baseline(self, trainee_id: str, device: str) -> Baseline | None:
        self._check()
        return self.baselines.get((trainee_id, device))

    def save_baseline(self, trainee_id: str, device: str, baseline: Baseline) -> None:
        self._check()
        self.baselines[trainee_id, device] = baseline


@dataclass
class FakeSettingsFile:
    settings: Settings = field(default_factory=Settings)
    trouble: SimulatorError | None = None

    def load(self) -> Settings:
        return self.settings

    def save(self, settings: Settings) -> None:
        if self.trouble is not None:
            raise self.trouble
        self.settings = settings


@dataclass
class FakeDevices:
    present: list[AudioDevice] = field(default_factory=lambda: [HEADSET, BUILT_IN])
    refreshed: int = 0

    def list(self) -> Sequence[AudioDevice]:
        return tuple(self.present)

    def refresh(self) -> None:
        self.refreshed += 1


@dataclass
class FakeInput:
    """An open microphone; a test pushes sound into it from whatever thread it likes."""

    device: str | None
    on_block: Callable[[Block], None]
    on_lost: Callable[[str], None]
    dropped_blocks: int = 0
    latency_s: float = 0.04
    closing: threading.Event = field(default_factory=threading.Event)
    _first: int = 0

    @property
    def closed(self) -> bool:
        return self.closing.is_set()

    def push(self, samples: np.ndarray) -> None:
        self.on_block(Block(samples.astype(np.float32), self._first))
        self._first += len(samples)

    def close(self) -> None:
        self.closing.set()


@dataclass
class FakeMicrophone:
    """`ports.Microphone`. What it `hears` is pushed again and again in blocks of 50 ms, much faster than life, from a
    thread for each open stream; sound that the speaker `leaks` comes on top."""

    hears: np.ndarray | None = None
    opened: list[FakeInput] = field(default_factory=list)
    trouble: SimulatorError | None = None
    leaks: Callable[[], np.ndarray | None] = lambda: None
    may_open: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.may_open.set()

    def open(self, device: str | None, on_block: Callable[[Block], None], on_lost: Callable[[str], None]) -> FakeInput:
        if self.trouble is not None:
            raise self.trouble
        self.may_open.wait(20.0)
        stream = FakeInput(device, on_block, on_lost)
        self.opened.append(stream)
        if self.hears is not None:
            threading.Thread(target=self._push_on, args=(stream,), daemon=True).start()
        return stream

    def _push_on(self, stream: FakeInput) -> None:
        step = CAPTURE_RATE_HZ // 20
        at = 0
        while not stream.closing.wait(0.001):
            block = np.take(self.hears, range(at, at + step), mode="wrap")
            leak = self.leaks()
            stream.push(block if leak is None else block + np.take(leak, range(at, at + step), mode="wrap"))
            at += step


@dataclass
class FakePlayback:
    heard_s: float = 0.0
    finished: bool = True

    def stop(self) -> None:
        self.finished = True


@dataclass
class FakeSpeaker:
    played: list[tuple[Clip, str | None, float]] = field(default_factory=list)
    trouble: SimulatorError | None = None

    def play(self, clip: Clip, device: str | None, volume: float, on_lost: Callable[[str], None]) -> FakePlayback:
        if self.trouble is not None:
            raise self.trouble
        self.played.append((clip, device, volume))
        return FakePlayback(clip.duration_s)


@dataclass
class FakeVoice:
    trouble: SimulatorError | None = None
    rendered: list[tuple[str, str, float]] = field(default_factory=list)

    def render(self, voice: str, text: str, temper: float) -> Clip:
        if self.trouble is not None:
            raise self.trouble
        self.rendered.append((voice, text, temper))
        return Clip(np.zeros(2205, np.float32), 22_050, text)

    def close(self) -> None:
        return None


@dataclass
class FakeVoices:
    voices: list[VoiceInfo] = field(
        default_factory=lambda: [
            VoiceInfo("en-woman", "Woman, British English", "en", Gender.FEMALE, "gmw/en+f3"),
            VoiceInfo("en-man", "Man, American English", "en", Gender.MALE, "gmw/en-us+m3"),
            VoiceInfo("pl-woman", "Woman, Polish", "pl", Gender.FEMALE, None, "espeak-ng has no Polish voice here."),
        ]
    )

    def available(self) -> Sequence[VoiceInfo]:
        return tuple(self.voices)


@dataclass
class FakeModels:
    """`ports.SpeechModels`. An installation goes on in steps until `gate` lets it finish."""

    known: list[ModelInfo] = field(
        default_factory=lambda: [
            ModelInfo("vosk-model-small-en-us-0.15", "en", None, 41_205_931, "Small model for English."),
            ModelInfo("vosk-model-small-pl-0.22", "pl", None, 52_968_120, "Small model for Polish."),
        ]
    )
    gate: threading.Event = field(default_factory=threading.Event)
    trouble: SimulatorError | None = None
    installed_from: list[tuple[str, str | None]] = field(default_factory=list)

    def list(self) -> Sequence[ModelInfo]:
        return tuple(self.known)

    def install(
        self,
        language: str,
        source: str | None,
        progress: Callable[[InstallProgress], None],
        cancelled: Callable[[], bool],
        sha256: str | None = None,
    ) -> ModelInfo:
        self.installed_from.append((language, source))
        progress(InstallProgress("downloading", 20_000_000, 41_205_931))
        while not self.gate.wait(0.01):
            if cancelled():
                raise SimulatorError("The installation was cancelled.", "What was fetched is kept for the next time.")
        if self.trouble is not None:
            raise self.trouble
        done = ModelInfo(f"vosk-model-small-{language}", language, Path("/models") / language, 41_205_931)
        self.known = [done if model.language == language else model for model in self.known]
        return done

    def verify(self) -> Sequence[tuple[ModelInfo, Sequence[str]]]:
        return [(model, ()) for model in self.known if model.folder is not None]


@dataclass
class FakeRecordings:
    deleted: list[str] = field(default_factory=list)

    def start(self, session_id: str, track: str) -> object:
        raise SimulatorError("Nothing is recorded here.")

    def path(self, session_id: str, track: str) -> Path | None:
        return None

    def read(self, session_id: str, track: str, start_s: float, end_s: float) -> Clip:
        return Clip(np.zeros(int((end_s - start_s) * CAPTURE_RATE_HZ), np.float32), CAPTURE_RATE_HZ)

    def repair_orphans(self) -> Sequence[str]:
        return ()

    def delete(self, session_id: str) -> None:
        self.deleted.append(session_id)


@dataclass
class FakeLibrary:
    written: Sequence[Scenario]
    trouble: SimulatorError | None = None

    def scenarios(self) -> Sequence[Scenario]:
        if self.trouble is not None:
            raise self.trouble
        return tuple(self.written)

    def find(self, id_or_path: str) -> Scenario:
        for scenario in self.written:
            if scenario.id == id_or_path:
                return scenario
        raise BadInputError(f"There is no scenario '{id_or_path}'.")


class FakeClock:
    def now_iso(self) -> str:
        return "2026-11-22T10:00:00+00:00"

    def monotonic_s(self) -> float:
        return 0.0


@dataclass
class NamedRecogniser:
    """A recogniser of which only the name is asked."""

    name: str = "pocketsphinx"
    label: str = "basic recognition"

    def begin_turn(self, phrases: Sequence[str] = ()) -> object:
        raise SimulatorError("Nothing is recognised here.")


@dataclass
class ScriptedCall:
    """`CallControl` that plays a list of messages from another thread once it is started."""

    setup: CallSetup
    listener: Listener
    script: Sequence[Message] = ()
    asked: list[tuple[object, ...]] = field(default_factory=list)
    closed: bool = False
    _thread: threading.Thread | None = None

    def start(self) -> None:
        self.asked.append(("start",))
        self._thread = threading.Thread(target=self._play, daemon=True)
        self._thread.start()

    def _play(self) -> None:
        for message in self.script:
            self.listener(message)

    def pause(self) -> None:
        self.asked.append(("pause",))

    def resume(self) -> None:
        self.asked.append(("resume",))

    def repeat_line(self) -> None:
        self.asked.append(("repeat_line",))

    def redo_turn(self) -> None:
        self.asked.append(("redo_turn",))

    def next_turn(self) -> None:
        self.asked.append(("next_turn",))

    def press_to_talk(self, pressed: bool) -> None:
        self.asked.append(("press_to_talk", pressed))

    def finish_reply(self) -> None:
        self.asked.append(("finish_reply",))

    def type_reply(self, text: str) -> None:
        self.asked.append(("type_reply", text))

    def correct_words(self, turn: int, text: str) -> None:
        self.asked.append(("correct_words", turn, text))

    def tick_techniques(self, turn: int, techniques: tuple[str, ...]) -> None:
        self.asked.append(("tick_techniques", turn, techniques))

    def use_move(self, move: Move) -> None:
        self.asked.append(("use_move", move))

    def set_volume(self, volume: float) -> None:
        self.asked.append(("set_volume", volume))

    def end(self) -> None:
        self.asked.append(("end",))

    def close(self) -> None:
        self.closed = True
        if self._thread is not None:
            self._thread.join(5.0)
