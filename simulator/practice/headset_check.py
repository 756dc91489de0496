"""What is checked before the first call: how loud the room is, whether the microphone hears the headphones, and how
the trainee sounds when calm. Each takes seconds; run it away from the window's thread."""

from __future__ import annotations

import queue
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np

from simulator.acoustics.measure import calibrate, measure
from simulator.domain.errors import SimulatorError
from simulator.domain.measures import Baseline
from simulator.ports import CAPTURE_RATE_HZ, FIRST_SOUND_WITHIN_S, Block, Clip, Microphone, Playback, Samples, Speaker

NOISE_S = 3.0
CALM_VOICE_S = 15.0
QUIET_BEFORE_S = 1.0
TONE_HZ = 1_000.0
TONE_S = 1.5
TONE_LEVEL = 0.12
TONE_RATE_HZ = 48_000
HEARD_ABOVE_DB = 10.0
WINDOW_S = 0.2
WAIT_S = 0.1
LONGEST_TONE_WAIT_S = 8.0

Progress = Callable[[float], None]
Cancelled = Callable[[], bool]

CANCELLED = "The check was stopped."


@dataclass(frozen=True, slots=True)
class EchoFound:
    """`above_noise_db`: how far the tone stood out of the room in the microphone."""

    heard: bool
    above_noise_db: float


class HeadsetCheck:
    """`progress` takes a share from 0 to 1. Every method raises SimulatorError (no device, lost, cancelled)."""

    def __init__(self, microphone: Microphone, speaker: Speaker) -> None:
        self._microphone = microphone
        self._speaker = speaker

    def measure_noise(self, microphone: str | None, progress: Progress, cancelled: Cancelled) -> float:
        """The noise floor in dB re full scale (80-4000 Hz), over three seconds without speech."""
        with self._listening(microphone, cancelled) as ear:
            sound = ear.take(NOISE_S, progress)
        noise = measure(sound, "en").level.noise_dbfs
        if noise is None:
            raise SimulatorError("The room could not be measured.", "Stay silent for three seconds and try again.")
        return noise

    def check_echo(
        self, microphone: str | None, headphones: str | None, progress: Progress, cancelled: Cancelled
    ) -> EchoFound:
        """Play a tone that the microphone must not hear: with a headset on, it does not."""
        with self._listening(microphone, cancelled) as ear:
            before = ear.take(QUIET_BEFORE_S, lambda share: progress(0.4 * share))
            playback = self._speaker.play(_tone(), headphones, 1.0, ear.lose)
            try:
                during = ear.take_while(playback, lambda share: progress(0.4 + 0.6 * share))
            finally:
                playback.stop()
        above_db = _tone_db(during, max) - _tone_db(before, np.median)
        return EchoFound(above_db >= HEARD_ABOVE_DB, round(above_db, 1))

    def calibrate(self, microphone: str | None, progress: Progress, cancelled: Cancelled) -> Baseline:
        """Fifteen seconds of calm speech. Raises SimulatorError where too little speech was heard."""
        with self._listening(microphone, cancelled) as ear:
            sound = ear.take(CALM_VOICE_S, progress)
        return calibrate(sound, microphone or "")

    @contextmanager
    def _listening(self, device: str | None, cancelled: Cancelled) -> Iterator[_Ear]:
        ear = _Ear(cancelled)
        stream = self._microphone.open(device, ear.hear, ear.lose)
        try:
            ear.wait_for_sound()
            yield ear
        finally:
            stream.close()


class _Ear:
    """Collects what the microphone gives, and gives up when it is lost or nobody wants it any more."""

    def __init__(self, cancelled: Cancelled) -> None:
        self._cancelled = cancelled
        self._blocks: queue.Queue[Samples | SimulatorError] = queue.Queue()

    def hear(self, block: Block) -> None:
        self._blocks.put(block.samples)

    def lose(self, reason: str) -> None:
        self._blocks.put(SimulatorError(reason, "Plug the headset in again and repeat the check."))

    def wait_for_sound(self) -> None:
        self._next(FIRST_SOUND_WITHIN_S)

    def take(self, duration_s: float, progress: Progress) -> Samples:
        """That much sound from now on."""
        self._forget()
        wanted = round(duration_s * CAPTURE_RATE_HZ)
        pieces: list[Samples] = []
        count = 0
        while count < wanted:
            pieces.append(self._next(FIRST_SOUND_WITHIN_S))
            count += len(pieces[-1])
            progress(min(1.0, count / wanted))
        return np.concatenate(pieces)[:wanted]

    def take_while(self, playback: Playback, progress: Progress) -> Samples:
        """What is heard until the clip has been played, and a little after it."""
        self._forget()
        pieces: list[Samples] = []
        rest_s = 0.3
        limit = round(LONGEST_TONE_WAIT_S * CAPTURE_RATE_HZ)
        while rest_s > 0.0 and sum(map(len, pieces)) < limit:
            pieces.append(self._next(FIRST_SOUND_WITHIN_S))
            if playback.finished:
                rest_s -= len(pieces[-1]) / CAPTURE_RATE_HZ
            progress(min(1.0, playback.heard_s / TONE_S))
        return np.concatenate(pieces)

    def _next(self, within_s: float) -> Samples:
        for _ in range(max(1, round(within_s / WAIT_S))):
            if self._cancelled():
                raise SimulatorError(CANCELLED)
            try:
                heard = self._blocks.get(timeout=WAIT_S)
            except queue.Empty:
                continue
            if isinstance(heard, SimulatorError):
                raise heard
            return heard
        raise SimulatorError("The microphone gives no sound.", "Check that it is plugged in and not muted.")

    def _forget(self) -> None:
        """What was heard before does not count; a loss does."""
        while not self._blocks.empty():
            heard = self._blocks.get_nowait()
            if isinstance(heard, SimulatorError):
                raise heard


def _tone() -> Clip:
    time = np.arange(round(TONE_S * TONE_RATE_HZ)) / TONE_RATE_HZ
    fade = np.clip(np.minimum(time, TONE_S - time) / 0.05, 0.0, 1.0)
    return Clip((TONE_LEVEL * fade * np.sin(2 * np.pi * TONE_HZ * time)).astype(np.float32), TONE_RATE_HZ)


def _tone_db(sound: Samples, over: Callable[[list[float]], float]) -> float:
    """The tone's power in windows of 0.2 s (Hann, three bins around it), dB; 0 dB is a full-scale tone."""
    size = round(WINDOW_S * CAPTURE_RATE_HZ)
    window = np.hanning(size)
    middle = round(TONE_HZ * WINDOW_S)
    powers = []
    for start in range(0, max(1, len(sound) - size + 1), size // 2):
        piece = sound[start : start + size]
        spectrum = np.fft.rfft(np.pad(piece, (0, size - len(piece))) * window) / (window.sum() / 2)
        powers.append(float(np.sum(np.square(np.abs(spectrum[middle - 1 : middle + 2])))))
    return float(10 * np.log10(over(powers) + 1e-12))
