"""A microphone that hears clips: for the demo's synthetic trainee, and wherever no person speaks."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable

import numpy as np
import soxr

from simulator.ports import CAPTURE_RATE_HZ, Block, Clip, Clock, Samples

BLOCK_SAMPLES = CAPTURE_RATE_HZ // 50
ROOM_LEVEL = 0.0003


class ClipMicrophone:
    """Fulfils `ports.Microphone` in real time: a quiet room, and in it whatever is said by `say`."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._waiting: queue.SimpleQueue[Samples] = queue.SimpleQueue()

    def say(self, clip: Clip) -> None:
        """Let it be heard from now on, after what is still being said."""
        samples = clip.samples.astype(np.float32)
        if clip.rate_hz != CAPTURE_RATE_HZ and len(samples):
            samples = soxr.resample(samples, clip.rate_hz, CAPTURE_RATE_HZ)
        self._waiting.put(samples)

    def open(self, device: str | None, on_block: Callable[[Block], None], on_lost: Callable[[str], None]) -> ClipInput:  # noqa: ARG002  it is never lost
        return ClipInput(self._waiting, on_block, self._clock)


class ClipInput:
    """Fulfils `ports.InputStream`."""

    dropped_blocks = 0
    latency_s = 0.0

    def __init__(self, waiting: queue.SimpleQueue[Samples], on_block: Callable[[Block], None], clock: Clock) -> None:
        self._waiting = waiting
        self._on_block = on_block
        self._clock = clock
        self._room = (ROOM_LEVEL * np.random.default_rng(1).standard_normal(CAPTURE_RATE_HZ)).astype(np.float32)
        self._saying: Samples = np.zeros(0, np.float32)
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run, name="clip microphone", daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._closing.set()
        if self._thread is not threading.current_thread():
            self._thread.join(2.0)

    def _run(self) -> None:
        began_s = self._clock.monotonic_s()
        captured = 0
        while True:
            captured += BLOCK_SAMPLES
            wait_s = began_s + captured / CAPTURE_RATE_HZ - self._clock.monotonic_s()
            if self._closing.wait(max(0.0, wait_s)):
                return
            first = captured - BLOCK_SAMPLES
            room = np.take(self._room, range(first, captured), mode="wrap")
            self._on_block(Block(room + self._next_said(), first))

    def _next_said(self) -> Samples:
        if not len(self._saying) and not self._waiting.empty():
            self._saying = self._waiting.get()
        said, self._saying = self._saying[:BLOCK_SAMPLES], self._saying[BLOCK_SAMPLES:]
        return np.pad(said, (0, BLOCK_SAMPLES - len(said)))
