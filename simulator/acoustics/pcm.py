"""Sound as it arrives, cut into the same fixed batches whatever the sizes of its blocks."""

from __future__ import annotations

from collections.abc import Iterator
from math import isfinite
from typing import Any

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float32]
Track = NDArray[np.float32]
Mask = NDArray[np.bool_]
Numbers = NDArray[np.floating]

RATE_HZ = 16_000
FRAME_S = 0.010
HOP = 160

SILENCE_DBFS = -120.0
_SILENCE_POWER = 10.0 ** (SILENCE_DBFS / 10.0)


def decibels(power: Numbers) -> Numbers:
    """Power re full scale to dB, floored at `SILENCE_DBFS`. A full-scale sine has -3.01 dB (its mean square is 1/2)."""
    return np.asarray(10.0 * np.log10(np.maximum(np.asarray(power, dtype=np.float64), _SILENCE_POWER)))


def decibels_of(power: float) -> float:
    """`decibels` of one number."""
    return float(decibels(np.array(power)))


def as_mono(samples: NDArray[np.generic]) -> Samples:
    """Checked 16 kHz mono float32, shape (n,). Values that are not numbers become 0.

    Raises ValueError for anything that is not one-dimensional.
    """
    mono = np.asarray(samples, dtype=np.float32)
    if mono.ndim != 1:
        raise ValueError(f"mono samples have shape (n,), not {mono.shape}")
    # The sum of squares is not finite where any sample is not (or is huge), and it is quick on small blocks.
    if not isfinite(np.dot(mono, mono)):
        mono = np.nan_to_num(mono, nan=0.0, posinf=0.0, neginf=0.0)
    return mono


def overlapping(sound: Samples, count: int, length: int, hop: int) -> Samples:
    """`count` frames of `length` that start `hop` apart, (count, length): a view, nothing is copied."""
    step = sound.itemsize
    return np.ndarray((count, length), sound.dtype, sound, 0, (hop * step, step))


class Batcher:
    """Cuts a stream into windows of `length` samples that start `hop` apart; the first begins `before` samples early.

    What lies outside of the stream reads as zeros.
    """

    def __init__(self, length: int, hop: int, before: int) -> None:
        self._length = length
        self._hop = hop
        self._pending = [np.zeros(before, dtype=np.float32)]
        self._held = before

    def feed(self, samples: Samples) -> Iterator[Samples]:
        """The windows completed by these samples, each of shape (length,)."""
        self._pending.append(samples)
        self._held += len(samples)
        if self._held < self._length:
            return
        sound = np.concatenate(self._pending)
        at = 0
        while at + self._length <= len(sound):
            yield sound[at : at + self._length]
            at += self._hop
        rest = sound[at:].copy()
        self._pending = [rest]
        self._held = len(rest)

    def flush(self, hops: int) -> Iterator[Samples]:
        """The windows still needed to complete `hops` more hops, filled up with zeros."""
        missing = (hops - 1) * self._hop + self._length - self._held
        if hops > 0:
            yield from self.feed(np.zeros(max(missing, 0), dtype=np.float32))


class GrowingTable:
    """Rows of numbers that arrive in pieces, held as one array that grows by half when it is full."""

    def __init__(self, columns: int, dtype: np.dtype[Any]) -> None:
        self._values = np.zeros((1024, columns), dtype=dtype)
        self._length = 0

    def extend(self, rows: NDArray[Any]) -> None:
        needed = self._length + len(rows)
        if needed > len(self._values):
            grown = np.zeros((max(needed, len(self._values) * 3 // 2), self._values.shape[1]), dtype=self._values.dtype)
            grown[: self._length] = self._values[: self._length]
            self._values = grown
        self._values[self._length : needed] = rows
        self._length = needed

    def __len__(self) -> int:
        return self._length

    @property
    def values(self) -> NDArray[Any]:
        """A view of all rows so far, (n, columns)."""
        return self._values[: self._length]
