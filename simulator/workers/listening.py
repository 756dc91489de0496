"""Listening on a thread of its own: where speech is, what is measured in it, and what goes to recognition."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from simulator.acoustics.live_activity import LiveActivity
from simulator.acoustics.measure import VoiceMeter, calibrate
from simulator.domain.errors import SimulatorError
from simulator.domain.measures import Baseline
from simulator.domain.utterance import Word
from simulator.ports import CAPTURE_RATE_HZ, Clip, Samples, SpeechActivity
from simulator.workers.echo import ECHO, OWN_OUTPUT, likeness
from simulator.workers.events import BaselineFound, CallEvent, EchoHeard, Heard, SessionBlock, VoiceDone, WorkerBroke
from simulator.workers.queue_worker import QueueWorker
from simulator.workers.recognition import BeginWords, DropWords, FinishWords, RecognitionItem, Sound

QUEUE_ITEMS = 2_000
PRE_ROLL_S = 0.5
HISTORY_S = 2.0
METER_EVERY_S = 0.05
CALM_STRETCH_LIMIT_S = 30.0


@dataclass(frozen=True, slots=True)
class Listen:
    """Begin a take: from now on, or from the first speech, sound belongs to it. `at_once`: push-to-talk."""

    take: int
    at_once: bool = False


@dataclass(frozen=True, slots=True)
class EndTake:
    take: int


@dataclass(frozen=True, slots=True)
class MeasureTake:
    """The take's words are known: finish its measures. `calm` allows it to serve as a provisional calm voice."""

    take: int
    words: tuple[Word, ...]
    calm: bool = False


@dataclass(frozen=True, slots=True)
class DropTake:
    take: int


@dataclass(frozen=True, slots=True)
class CompareWithLine:
    """The customer's clip has been played since `start_s`: does the microphone hear it?"""

    clip: Clip
    start_s: float


ListeningItem = SessionBlock | Listen | EndTake | MeasureTake | DropTake | CompareWithLine


@dataclass(slots=True)
class _Take:
    number: int
    activity: SpeechActivity
    first_sample: int
    at_once: bool
    meter: VoiceMeter | None = None
    origin_sample: int = 0


class ListeningWorker(QueueWorker[ListeningItem]):
    """Owns activity detection and the voice meter. Recognition and measuring begin half a second before the first
    speech of a take, so that silence costs nothing and no first syllable is lost."""

    def __init__(
        self,
        language: str,
        baseline: Baseline | None,
        device: str,
        to_recognition: Callable[[RecognitionItem], object],
        tell: Callable[[CallEvent], None],
        activity: Callable[[float | None], SpeechActivity] = LiveActivity,
    ) -> None:
        """`activity` makes a detector of speech for each take, from the room's noise in dB where it is known."""
        super().__init__("listening", QUEUE_ITEMS)
        self._language = language
        self._baseline = baseline
        self._device = device
        self._to_recognition = to_recognition
        self._tell = tell
        self._activity = activity
        self._history: deque[SessionBlock] = deque()
        self._take: _Take | None = None
        self._ended: dict[int, _Take] = {}
        self._calm: list[Samples] = []
        self._kept: dict[int, list[Samples]] = {}
        self._next_reading_s = 0.0

    def handle(self, item: ListeningItem) -> None:
        match item:
            case SessionBlock():
                self._hear(item)
            case Listen(take, at_once):
                self._listen(take, at_once)
            case EndTake(take):
                self._end(take)
            case MeasureTake(take, words, calm):
                self._measure(take, words, calm)
            case DropTake(take):
                self._drop(take)
            case CompareWithLine(clip, start_s):
                self._compare(clip, start_s)

    def let_go(self) -> None:
        self._take = None
        self._ended.clear()

    def broke(self) -> None:
        self._tell(WorkerBroke("listening"))

    def _hear(self, block: SessionBlock) -> None:
        self._history.append(block)
        while block.first_sample - self._history[0].first_sample > HISTORY_S * CAPTURE_RATE_HZ:
            self._history.popleft()
        take = self._take
        if take is None:
            return
        take.activity.feed(block.samples)
        if take.meter is None and (take.at_once or take.activity.speech_started_s is not None):
            self._begin_reply(take)
        elif take.meter is not None:
            self._feed(take, block.samples)
        self._report(take, block.first_sample + len(block.samples))

    def _listen(self, number: int, at_once: bool) -> None:
        noise = self._baseline.noise_dbfs if self._baseline is not None else None
        end = self._history[-1].first_sample + len(self._history[-1].samples) if self._history else 0
        self._take = _Take(number, self._activity(noise), end, at_once)
        self._next_reading_s = 0.0

    def _begin_reply(self, take: _Take) -> None:
        """Start measuring a little before the speech, from the sound kept."""
        started = take.activity.speech_started_s
        onset = take.first_sample + round(started * CAPTURE_RATE_HZ) if started is not None else take.first_sample
        wanted = max(0, onset - round(PRE_ROLL_S * CAPTURE_RATE_HZ))
        take.meter = VoiceMeter(self._language, self._baseline)
        take.origin_sample = max(wanted, self._history[0].first_sample)
        self._kept[take.number] = []
        self._to_recognition(BeginWords(take.number))
        for block in self._history:
            skip = max(0, take.origin_sample - block.first_sample)
            if skip < len(block.samples):
                self._feed(take, block.samples[skip:])

    def _feed(self, take: _Take, samples: Samples) -> None:
        assert take.meter is not None
        take.meter.feed(samples)
        if self._baseline is None:
            self._kept[take.number].append(samples)
        self._to_recognition(Sound(take.number, samples))

    def _report(self, take: _Take, end_sample: int) -> None:
        now_s = end_sample / CAPTURE_RATE_HZ
        started = take.activity.speech_started_s
        level = pace = None
        if take.meter is not None and now_s >= self._next_reading_s:
            self._next_reading_s = now_s + METER_EVERY_S
            reading = take.meter.reading()
            level, pace = reading.level_db, reading.pace_ratio
        self._tell(
            Heard(
                take.number,
                now_s,
                take.activity.speaking,
                take.first_sample / CAPTURE_RATE_HZ + started if started is not None else None,
                take.activity.silence_s,
                level,
                pace,
            )
        )

    def _end(self, number: int) -> None:
        take, self._take = self._take, None
        if take is not None and take.number == number:
            self._ended[number] = take
        self._to_recognition(FinishWords(number))

    def _measure(self, number: int, words: Sequence[Word], calm: bool) -> None:
        take = self._ended.pop(number, None)
        kept = self._kept.pop(number, [])
        if take is None or take.meter is None:
            self._tell(VoiceDone(number, None, 0.0))
            return
        voice = take.meter.finish(words)
        self._tell(VoiceDone(number, voice, take.origin_sample / CAPTURE_RATE_HZ))
        if calm and self._baseline is None:
            self._seek_calm_voice(kept)

    def _seek_calm_voice(self, kept: list[Samples]) -> None:
        self._calm.extend(kept)
        sound = np.concatenate(self._calm)[: round(CALM_STRETCH_LIMIT_S * CAPTURE_RATE_HZ)] if self._calm else None
        if sound is None:
            return
        try:
            self._baseline = calibrate(sound, self._device, provisional=True)
        except SimulatorError:
            return
        self._calm.clear()
        self._tell(BaselineFound(self._baseline))

    def _compare(self, clip: Clip, start_s: float) -> None:
        """Over the last two seconds, as far as the clip was playing then."""
        blocks = [b for b in self._history if b.first_sample >= start_s * CAPTURE_RATE_HZ]
        if not blocks:
            return
        sound = np.concatenate([block.samples for block in blocks])
        alike = likeness(sound, clip, blocks[0].first_sample / CAPTURE_RATE_HZ - start_s)
        if alike is not None and alike >= ECHO:
            self._tell(EchoHeard(alike, own_output=alike >= OWN_OUTPUT))

    def _drop(self, number: int) -> None:
        if self._take is not None and self._take.number == number:
            self._take = None
        self._ended.pop(number, None)
        self._kept.pop(number, None)
        self._to_recognition(DropWords(number))
