"""From the microphone to the workers: puts captured blocks on the session's time line and hands them out."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

import numpy as np

from simulator.ports import CAPTURE_RATE_HZ, Block, InputStream, Microphone
from simulator.workers.events import SessionBlock
from simulator.workers.session_timeline import SessionTimeline

BlockTaker = Callable[[SessionBlock], object]


class Capture:
    """One microphone, opened and reopened by name; blocks go to every taker while it is not held.

    What the device lost is replaced by silence of the same length, so that times stay true.
    """

    def __init__(
        self,
        microphone: Microphone,
        timeline: SessionTimeline,
        takers: Sequence[BlockTaker],
        on_lost: Callable[[str], None],
    ) -> None:
        self._microphone = microphone
        self._timeline = timeline
        self._takers = tuple(takers)
        self._on_lost = on_lost
        self._stream: InputStream | None = None
        self._held = True
        self._expected = 0
        self._lock = threading.Lock()
        self._first_block = threading.Event()
        self._dropped_before = 0

    @property
    def is_open(self) -> bool:
        return self._stream is not None

    @property
    def dropped_blocks(self) -> int:
        now = self._stream.dropped_blocks if self._stream is not None else 0
        return self._dropped_before + now

    def open(self, device: str | None, first_block_within_s: float) -> bool:
        """Open by name; False where no sound came in time. Raises SimulatorError where it cannot be opened."""
        self.close()
        self._first_block.clear()
        self._expected = 0
        stream = self._microphone.open(device, self._take, self._on_lost)
        self._stream = stream
        if self._first_block.wait(first_block_within_s):
            return True
        self.close()
        return False

    def hold(self) -> None:
        """Listen to nothing until `go_on`: what is said now is neither recorded nor measured."""
        with self._lock:
            self._held = True
        self._timeline.stand_still()

    def go_on(self) -> None:
        if self._stream is None:
            self._timeline.run_freely()
            return
        self._timeline.stand_still()
        with self._lock:
            self._held = False

    def close(self) -> None:
        stream, self._stream = self._stream, None
        if stream is not None:
            stream.close()
            self._dropped_before += stream.dropped_blocks

    def _take(self, block: Block) -> None:
        self._first_block.set()
        with self._lock:
            missing = block.first_sample - self._expected
            self._expected = block.first_sample + len(block.samples)
            if self._held:
                return
            while missing > 0:
                count = min(missing, CAPTURE_RATE_HZ)
                missing -= count
                silence = np.zeros(count, np.float32)
                self._hand_out(SessionBlock(silence, self._timeline.missed(count)))
            latency_s = self._stream.latency_s if self._stream is not None else 0.0
            first = self._timeline.captured(len(block.samples), latency_s)
            self._hand_out(SessionBlock(block.samples, first))

    def _hand_out(self, block: SessionBlock) -> None:
        for taker in self._takers:
            taker(block)
