"""Headphones for a machine without sound: clips take their time and are heard by nobody."""

from __future__ import annotations

import threading
from collections.abc import Callable

from simulator.ports import Clip, Clock


class SilentSpeaker:
    """Fulfils `ports.Speaker` by the clock alone."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def play(self, clip: Clip, device: str | None, volume: float, on_lost: Callable[[str], None]) -> SilentPlayback:  # noqa: ARG002  nothing sounds, nothing is lost
        return SilentPlayback(clip.duration_s, self._clock)


class SilentPlayback:
    """Fulfils `ports.Playback`."""

    def __init__(self, duration_s: float, clock: Clock) -> None:
        self._duration_s = duration_s
        self._clock = clock
        self._began_s = clock.monotonic_s()
        self._stopped_at_s: float | None = None
        self._lock = threading.Lock()

    @property
    def heard_s(self) -> float:
        if self._stopped_at_s is not None:
            return self._stopped_at_s
        return min(self._duration_s, self._clock.monotonic_s() - self._began_s)

    @property
    def finished(self) -> bool:
        return self._stopped_at_s is not None or self.heard_s >= self._duration_s

    def set_volume(self, volume: float) -> None:
        """Silence has no volume."""

    def stop(self) -> None:
        with self._lock:
            if self._stopped_at_s is None:
                self._stopped_at_s = self.heard_s
