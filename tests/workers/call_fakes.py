"""Stand-ins at the ports for a call without devices: sound is pushed in by the test, time is the sound's own."""

from __future__ import annotations

import json
import queue
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import numpy as np

from simulator.domain.errors import SimulatorError
from simulator.domain.feedback import Feedback, FeedbackText
from simulator.domain.scenario import (
    Beat,
    BetterWording,
    Briefing,
    Condition,
    Customer,
    CustomerType,
    Difficulty,
    Gender,
    Line,
    Outcome,
    Reaction,
    Scenario,
)
from simulator.domain.session import SessionEvent
from simulator.domain.technique import Detection, Evidence
from simulator.ports import CAPTURE_RATE_HZ, Block, Clip, Recogniser
from simulator.practice.messages import Message
from simulator.practice.rehearsal import Rehearsal
from simulator.practice.settings import CallSetup, Settings
from simulator.workers.call_sound import CallParts, CallSound
from simulator.workers.conversation import Conversation
from simulator.workers.live_call import LiveCall

BLOCK = 512
THREADS = ("call", "capture", "listening", "recognition", "recording", "rendering")
VOICE_RATE_HZ = 22_050
M = TypeVar("M")


def scenario() -> Scenario:
    customer = Customer("Ms", "Maria", "Novak", Gender.FEMALE, ("Ms Novak",), "maria")
    beats = (
        Beat(
            "open", (Line("Where is my parcel? I have waited for nine days."),), (), "more", ("acknowledge_feelings",)
        ),
        Beat(
            "more",
            (Line("Fine. And what will you do about it now?"),),
            (Reaction(Condition(did=("offer_solution",)), end=Outcome.SETTLED),),
            "more",
            ("offer_solution",),
        ),
    )
    return Scenario(
        id="late",
        language="en",
        title="A late parcel",
        complaint="The parcel is late.",
        type=CustomerType.FURIOUS,
        difficulty=Difficulty.STANDARD,
        minutes=3,
        customer=customer,
        briefing=Briefing("It is late.", ("nine days",), ("a refund",), ("no cash",)),
        agent_name="Sam",
        start_temper=8.0,
        start="open",
        beats=beats,
        trains=("acknowledge_feelings",),
        good_ends=(Outcome.SETTLED,),
        fault_is_ours=True,
        demand="the parcel",
        fact_words=("parcel", "nine days"),
        better_wordings=(BetterWording("offer_solution", "I will refund you today."),),
    )


class WordSpotter:
    """`ports.TechniqueDetector`: a technique for each of a few words."""

    spotted = (("refund", "offer_solution"), ("hear", "acknowledge_feelings"))

    def detect(self, text: str, scenario: Scenario, context: str) -> Sequence[Detection]:
        return [
            Detection(technique, (Evidence(word, text.index(word), text.index(word) + len(word)),))
            for word, technique in self.spotted
            if word in text
        ]


def plain_feedback(feedback: Feedback, scenario: Scenario) -> FeedbackText:
    return FeedbackText("Heard.", (), "Go on.", None)


def talk(duration_s: float, seed: int = 1, level: float = 0.2, phase_s: float = 0.0) -> np.ndarray:
    """Something that measures as speech: a buzz of 120 Hz in syllables, with a little noise below it."""
    time = phase_s + np.arange(round(duration_s * CAPTURE_RATE_HZ)) / CAPTURE_RATE_HZ
    buzz = sum(np.sin(2 * np.pi * 120 * n * time + n * n) / n for n in range(1, 25))
    syllables = 0.15 + 0.85 * np.square(np.sin(2 * np.pi * 2.0 * time))
    voice = level * syllables * buzz / np.abs(buzz).max()
    return (voice + hush(duration_s, seed)).astype(np.float32)


def hush(duration_s: float, seed: int = 2) -> np.ndarray:
    """A quiet room."""
    noise = np.random.default_rng(seed).standard_normal(round(duration_s * CAPTURE_RATE_HZ))
    return (0.0005 * noise).astype(np.float32)


class SoundClock:
    """A clock that the sound drives: it stands still unless sound is pushed or played."""

    def __init__(self) -> None:
        self._now_s = 100.0
        self._lock = threading.Lock()

    def now_iso(self) -> str:
        return "2026-01-02T03:04:05+00:00"

    def monotonic_s(self) -> float:
        with self._lock:
            return self._now_s

    def move(self, by_s: float) -> None:
        with self._lock:
            self._now_s += by_s


@dataclass
class PushedMicrophone:
    """`ports.Microphone`; opening gives one block of silence, the rest is pushed by the test."""

    clock: SoundClock
    latency_s: float = 0.0
    opened: list[str | None] = field(default_factory=list)
    closed: int = 0
    dropped_blocks: int = 0
    trouble: SimulatorError | None = None
    silent: bool = False
    on_block: Callable[[Block], None] | None = None
    on_lost: Callable[[str], None] | None = None
    pushed_s: float = 0.0
    _sample: int = 0

    def open(
        self, device: str | None, on_block: Callable[[Block], None], on_lost: Callable[[str], None]
    ) -> PushedMicrophone:
        if self.trouble is not None:
            raise self.trouble
        self.opened.append(device)
        self.on_block, self.on_lost, self._sample = on_block, on_lost, 0
        if not self.silent:
            self.push(hush(BLOCK / CAPTURE_RATE_HZ))
        return self

    def push(self, samples: np.ndarray) -> None:
        for start in range(0, len(samples), BLOCK):
            piece = samples[start : start + BLOCK]
            self.clock.move(len(piece) / CAPTURE_RATE_HZ)
            assert self.on_block is not None
            self.on_block(Block(piece, self._sample))
            self._sample += len(piece)
            self.pushed_s += len(piece) / CAPTURE_RATE_HZ

    def skip(self, samples: int) -> None:
        """Sound that the device lost."""
        self._sample += samples
        self.pushed_s += samples / CAPTURE_RATE_HZ
        self.clock.move(samples / CAPTURE_RATE_HZ)

    def close(self) -> None:
        self.closed += 1


@dataclass
class ClockedSpeaker:
    """`ports.Speaker`: plays by the clock, so that a line lasts as long as the sound pushed meanwhile."""

    clock: SoundClock
    plays: list[ClockedPlayback] = field(default_factory=list)
    trouble: SimulatorError | None = None
    on_lost: Callable[[str], None] | None = None

    def lose(self, reason: str) -> None:
        """As a device does: told, and silent from then on."""
        assert self.on_lost is not None
        self.on_lost(reason)
        self.plays[-1].stop()

    def play(self, clip: Clip, device: str | None, volume: float, on_lost: Callable[[str], None]) -> ClockedPlayback:
        if self.trouble is not None:
            raise self.trouble
        self.on_lost = on_lost
        playback = ClockedPlayback(clip, self.clock, self.clock.monotonic_s(), volume)
        self.plays.append(playback)
        return playback


@dataclass
class ClockedPlayback:
    clip: Clip
    clock: SoundClock
    began_s: float
    volume: float
    stopped_at_s: float | None = None

    @property
    def heard_s(self) -> float:
        if self.stopped_at_s is not None:
            return self.stopped_at_s
        return min(self.clip.duration_s, self.clock.monotonic_s() - self.began_s)

    @property
    def finished(self) -> bool:
        return self.stopped_at_s is not None or self.heard_s >= self.clip.duration_s

    def set_volume(self, volume: float) -> None:
        self.volume = volume

    def stop(self) -> None:
        if self.stopped_at_s is None:
            self.stopped_at_s = self.heard_s


@dataclass
class ToneVoice:
    """`ports.Voice`: a line of two seconds, with a breath in the middle where `breath_s` is given."""

    duration_s: float = 2.0
    breath_s: float = 0.0
    trouble: SimulatorError | None = None
    rendered: list[str] = field(default_factory=list)
    _news: threading.Condition = field(default_factory=threading.Condition)

    def wait_until_rendered(self, text: str) -> None:
        with self._news:
            assert self._news.wait_for(lambda: text in self.rendered, 5.0), self.rendered

    def render(self, voice: str, text: str, temper: float) -> Clip:
        if self.trouble is not None:
            raise self.trouble
        with self._news:
            self.rendered.append(text)
            self._news.notify_all()
        time = np.arange(round(self.duration_s * VOICE_RATE_HZ)) / VOICE_RATE_HZ
        tone = 0.3 * np.sin(2 * np.pi * 220 * time)
        middle = self.duration_s / 2
        tone[(time >= middle) & (time < middle + self.breath_s)] = 0.0
        return Clip(tone.astype(np.float32), VOICE_RATE_HZ, text)

    def close(self) -> None:
        pass


@dataclass
class MemorySink:
    track: str
    clips: list[tuple[int, Clip]] = field(default_factory=list)
    length: int = 0
    full: bool = False
    done: bool = False

    def write(self, samples: np.ndarray) -> None:
        self.write_at(Clip(samples, CAPTURE_RATE_HZ), self.length)

    def write_at(self, clip: Clip, first_sample: int) -> int:
        if self.full:
            raise SimulatorError("The disk is full.", "Free some space.")
        self.clips.append((first_sample, clip))
        self.length = max(self.length, first_sample) + round(clip.duration_s * CAPTURE_RATE_HZ)
        return self.length

    def finish(self, noted: Callable[[Path], None] | None = None) -> Path:
        self.done = True
        return Path(f"{self.track}.flac")


@dataclass
class MemoryRecordings:
    sinks: dict[str, MemorySink] = field(default_factory=dict)

    def start(self, session_id: str, track: str) -> MemorySink:
        self.sinks[track] = MemorySink(track)
        return self.sinks[track]

    def path(self, session_id: str, track: str) -> Path | None:
        return None

    def read(self, session_id: str, track: str, start_s: float, end_s: float) -> Clip:
        raise SimulatorError("Nothing to hear.")

    def repair_orphans(self) -> Sequence[str]:
        return ()

    def delete(self, session_id: str) -> None:
        self.sinks.clear()


class CallStage:
    """A live call over these stand-ins, and what it said."""

    def __init__(
        self,
        recogniser: Recogniser,
        settings: Settings | None = None,
        *,
        setup: CallSetup | None = None,
        voice: ToneVoice | None = None,
        session_id: str | None = "s-1",
    ) -> None:
        self.clock = SoundClock()
        self.microphone = PushedMicrophone(self.clock)
        self.speaker = ClockedSpeaker(self.clock)
        self.voice = voice or ToneVoice()
        self.recordings = MemoryRecordings()
        self.events: list[SessionEvent] = []
        self.disk_full = False
        self.said: list[Message] = []
        self._news: queue.Queue[Message] = queue.Queue()
        self.threads_before = self.threads_now()
        setup = setup or CallSetup(scenario(), "guest", Difficulty.STANDARD)
        self.rehearsal = Rehearsal(
            setup, session_id, WordSpotter(), plain_feedback, self._record, "2026-01-02T03:04:05+00:00"
        )
        parts = CallParts(self.microphone, self.speaker, self.voice, self.recordings, self.clock, lambda: recogniser)
        self.call = LiveCall(self.rehearsal, parts, settings or Settings(), self._listen)

    def _record(self, events: Sequence[SessionEvent]) -> None:
        if self.disk_full:
            raise SimulatorError("The disk is full.", "Free some space.")
        for event in events:
            json.dumps([event.at_s, dict(event.data)])
        self.events.extend(events)

    def _listen(self, message: Message) -> None:
        self.said.append(message)
        self._news.put(message)

    def push(self, sound: np.ndarray) -> None:
        """Push sound at the pace at which it is heard, so that everyone's time agrees."""
        for start in range(0, len(sound), 10 * BLOCK):
            self.microphone.push(sound[start : start + 10 * BLOCK])
            self._let_it_be_heard()

    def lose_microphone(self, reason: str) -> None:
        assert self.microphone.on_lost is not None
        self.microphone.on_lost(reason)

    def recorded_samples(self) -> int:
        return self.recordings.sinks["trainee"].length

    def _let_it_be_heard(self) -> None:
        """Wait until every worker has handled what it was given, and the call what they told it."""
        done = threading.Event()
        sounds: list[CallSound] = []

        def look(conversation: Conversation) -> None:
            sounds.append(conversation._call.sound)
            done.set()

        for _ in range(2):
            done.clear()
            self.call._jobs.put(look)
            if not self.call._thread.is_alive() or not done.wait(10.0):
                return
            for worker in (sounds[-1].listening, sounds[-1].recognition, sounds[-1].recording):
                if worker is not None:
                    worker.drain(10.0)

    @staticmethod
    def threads_now() -> set[str]:
        return {thread.name for thread in threading.enumerate() if thread.name in THREADS}

    def wait_for(self, kind: type[M], timeout_s: float = 10.0, passing: str = "nothing at all") -> M:
        """The next message of that kind (without `passing` in it); those before it are passed over."""
        passed: list[Message] = []
        while True:
            try:
                message = self._news.get(timeout=timeout_s)
            except queue.Empty:
                raise AssertionError(f"no {kind.__name__} came, only {passed}") from None
            if isinstance(message, kind) and passing not in str(message):
                return message
            passed.append(message)

    def push_until(self, kind: type[M], sound: np.ndarray, limit_s: float = 30.0) -> M:
        """Push sound, over and over, until a message of that kind comes."""
        pushed_s = 0.0
        while pushed_s < limit_s:
            self.push(sound)
            pushed_s += len(sound) / CAPTURE_RATE_HZ
            try:
                while True:
                    message = self._news.get_nowait()
                    if isinstance(message, kind):
                        return message
            except queue.Empty:
                continue
        raise AssertionError(f"no {kind.__name__} after {limit_s} s of sound")
