"""Session time: seconds of sound captured since the call began, with the holds left out."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable

from simulator.ports import CAPTURE_RATE_HZ

WINDOW_S = 10.0


class SessionTimeline:
    """Joins the capture clock to the machine's, so that what is played can be placed in what was recorded.

    A block arrives some time after its last sample was captured, never before: the smallest delay over the last
    10 s is the stream's own, and what is beyond it is the scheduler's. Following that minimum also follows the
    drift of the sound card's clock. Without a microphone the time runs freely.
    """

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._offsets: deque[tuple[float, float]] = deque()
        self._samples = 0
        self._latency_s = 0.0
        self._free_base_s = 0.0
        self._free_since: float | None = None

    @property
    def captured_samples(self) -> int:
        with self._lock:
            return self._samples

    def captured(self, count: int, latency_s: float) -> int:
        """A block of `count` samples has just arrived; returns the session number of its first sample."""
        now = self._monotonic()
        with self._lock:
            first = self._samples
            self._samples += count
            self._latency_s = latency_s
            offset = now - self._samples / CAPTURE_RATE_HZ
            while self._offsets and self._offsets[-1][1] >= offset:
                self._offsets.pop()
            self._offsets.append((now, offset))
            while self._offsets[0][0] < now - WINDOW_S:
                self._offsets.popleft()
            return first

    def missed(self, count: int) -> int:
        """`count` samples were lost on the way: time went on without them. Returns the number of the first."""
        with self._lock:
            first = self._samples
            self._samples += count
            return first

    def stand_still(self) -> None:
        """Hold: session time stops. The delays learnt so far no longer hold afterwards."""
        with self._lock:
            self._settle_free()
            self._offsets.clear()

    def run_freely(self) -> None:
        """Let time run without a microphone."""
        with self._lock:
            self._settle_free()
            self._free_since = self._monotonic()

    def now_s(self) -> float:
        return self.at_s(self._monotonic())

    def at_s(self, monotonic_s: float) -> float:
        """The session time of a sound that was in the air at that moment of the machine's clock."""
        with self._lock:
            if self._free_since is not None:
                return self._free_base_s + max(0.0, monotonic_s - self._free_since)
            if not self._offsets:
                return self._samples / CAPTURE_RATE_HZ
            return max(0.0, monotonic_s - self._offsets[0][1] + self._latency_s)

    def _settle_free(self) -> None:
        if self._free_since is not None:
            self._free_base_s += max(0.0, self._monotonic() - self._free_since)
            self._samples = max(self._samples, round(self._free_base_s * CAPTURE_RATE_HZ))
            self._free_since = None
        self._free_base_s = self._samples / CAPTURE_RATE_HZ
