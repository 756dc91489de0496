"""The checks before the first call, over a microphone that is fed and headphones that may leak."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator

import numpy as np
import pytest

from simulator.domain.errors import BadInputError, SimulatorError
from simulator.ports import CAPTURE_RATE_HZ, Block, Clip
from simulator.practice.headset_check import HeadsetCheck

BLOCK = 320


class FedMicrophone:
    """`ports.Microphone` that gives what `sound(at_s)` says, as fast as it is taken, on a thread of its own."""

    latency_s = 0.0
    dropped_blocks = 0

    def __init__(self, sound: Callable[[np.ndarray], np.ndarray]) -> None:
        self.sound = sound
        self.closed = False
        self.lost_after_s: float | None = None
        self.at_s = 0.0
        self._take = threading.Semaphore(0)
        self._thread: threading.Thread | None = None

    def open(
        self, device: str | None, on_block: Callable[[Block], None], on_lost: Callable[[str], None]
    ) -> FedMicrophone:
        self._thread = threading.Thread(target=self._feed, args=(on_block, on_lost), daemon=True)
        self._thread.start()
        return self

    def _feed(self, on_block: Callable[[Block], None], on_lost: Callable[[str], None]) -> None:
        first = 0
        pace = threading.Event()
        while not self.closed:
            if self.lost_after_s is not None and self.at_s > self.lost_after_s:
                on_lost("It was unplugged.")
                return
            time = (first + np.arange(BLOCK)) / CAPTURE_RATE_HZ
            on_block(Block(self.sound(time).astype(np.float32), first))
            first += BLOCK
            self.at_s = first / CAPTURE_RATE_HZ
            pace.wait(0.0005)

    def close(self) -> None:
        self.closed = True
        if self._thread is not None:
            self._thread.join(5)


class LeakingSpeaker:
    """`ports.Speaker` whose clip is heard by the microphone at `gain`; it plays by the microphone's time."""

    def __init__(self, gain: float) -> None:
        self.gain = gain
        self.microphone: FedMicrophone | None = None
        self.clip: Clip | None = None
        self.began_s = 0.0

    def play(self, clip: Clip, device: str | None, volume: float, on_lost: Callable[[str], None]) -> LeakingSpeaker:
        assert self.microphone is not None
        self.clip, self.began_s = clip, self.microphone.at_s
        return self

    def leak(self, time: np.ndarray) -> np.ndarray:
        if self.clip is None:
            return np.zeros(len(time))
        at = np.round((time - self.began_s) * self.clip.rate_hz).astype(int)
        inside = (at >= 0) & (at < len(self.clip.samples))
        return self.gain * np.where(inside, self.clip.samples[np.clip(at, 0, len(self.clip.samples) - 1)], 0.0)

    @property
    def heard_s(self) -> float:
        assert self.clip is not None
        assert self.microphone is not None
        return min(self.clip.duration_s, self.microphone.at_s - self.began_s)

    @property
    def finished(self) -> bool:
        assert self.clip is not None
        return self.heard_s >= self.clip.duration_s

    def set_volume(self, volume: float) -> None:
        pass

    def stop(self) -> None:
        pass


def room(time: np.ndarray, level: float = 0.001) -> np.ndarray:
    return level * np.random.default_rng(int(time[0] * 1_000)).standard_normal(len(time))


def talk(time: np.ndarray) -> np.ndarray:
    buzz = sum(np.sin(2 * np.pi * 120 * n * time + n * n) / n for n in range(1, 20))
    pauses = (time % 3.0) > 0.5
    return pauses * 0.08 * (0.1 + 0.9 * np.square(np.sin(2 * np.pi * 2.0 * time))) * buzz + room(time)


@pytest.fixture
def progress() -> Iterator[list[float]]:
    shares: list[float] = []
    yield shares
    assert shares == sorted(shares)
    assert all(0.0 <= share <= 1.0 for share in shares)


def never() -> bool:
    return False


@pytest.mark.parametrize("level", [0.0005, 0.005, 0.02])
def test_the_noise_of_the_room_is_measured(level: float, progress: list[float]) -> None:
    microphone = FedMicrophone(lambda time: room(time, level))
    noise_dbfs = HeadsetCheck(microphone, LeakingSpeaker(0.0)).measure_noise(None, progress.append, never)
    in_band_db = 10 * np.log10((4_000 - 80) / 8_000)
    assert noise_dbfs == pytest.approx(20 * np.log10(level) + in_band_db, abs=1.5)
    assert microphone.closed
    assert progress[-1] == 1.0


@pytest.mark.parametrize(("gain", "heard"), [(0.0, False), (0.001, False), (0.05, True), (0.8, True)])
def test_headphones_that_the_microphone_hears_are_found(gain: float, heard: bool, progress: list[float]) -> None:
    speaker = LeakingSpeaker(gain)
    microphone = FedMicrophone(lambda time: room(time) + speaker.leak(time))
    speaker.microphone = microphone
    found = HeadsetCheck(microphone, speaker).check_echo(None, None, progress.append, never)
    assert found.heard is heard
    assert (found.above_noise_db > 10) is heard


def test_fifteen_seconds_of_calm_speech_make_a_baseline(progress: list[float]) -> None:
    baseline = HeadsetCheck(FedMicrophone(talk), LeakingSpeaker(0.0)).calibrate(
        "Sound server: Headset", progress.append, never
    )
    assert baseline.device == "Sound server: Headset"
    assert not baseline.provisional
    assert baseline.pitch_median_hz == pytest.approx(120, rel=0.03)
    assert baseline.speech_s > 10


def test_silence_makes_no_baseline() -> None:
    with pytest.raises(BadInputError, match="speech"):
        HeadsetCheck(FedMicrophone(room), LeakingSpeaker(0.0)).calibrate(None, lambda share: None, never)


def test_a_check_can_be_stopped() -> None:
    microphone = FedMicrophone(room)
    with pytest.raises(SimulatorError, match="stopped"):
        HeadsetCheck(microphone, LeakingSpeaker(0.0)).calibrate(None, lambda share: None, lambda: True)
    assert microphone.closed


def test_a_headset_lost_meanwhile_is_said() -> None:
    microphone = FedMicrophone(room)
    microphone.lost_after_s = 1.0
    with pytest.raises(SimulatorError, match="unplugged"):
        HeadsetCheck(microphone, LeakingSpeaker(0.0)).measure_noise(None, lambda share: None, never)


def test_a_microphone_without_sound_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("simulator.practice.headset_check.FIRST_SOUND_WITHIN_S", 0.2)
    blocks: queue.Queue[Block] = queue.Queue()
    microphone = FedMicrophone(room)
    monkeypatch.setattr(microphone, "_feed", lambda on_block, on_lost: blocks.empty())
    with pytest.raises(SimulatorError, match="gives no sound"):
        HeadsetCheck(microphone, LeakingSpeaker(0.0)).measure_noise(None, lambda share: None, never)
