"""Fundamental frequency by normalised autocorrelation and a Viterbi path (Boersma 1993), as the sound arrives."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.acoustics.pcm import RATE_HZ, GrowingTable, Numbers
from simulator.acoustics.spectrum import FFT_SIZE

FLOOR_HZ = 65.0
CEILING_HZ = 600.0
VOICING_THRESHOLD = 0.45
SILENCE_THRESHOLD = 0.03
OCTAVE_COST = 0.01
OCTAVE_JUMP_COST = 0.35
VOICING_CHANGE_COST = 0.14
CANDIDATES = 7
_SETTLE_EVERY = 5
_LONGEST_OPEN = 1000


@dataclass(frozen=True, slots=True)
class Candidates:
    """Per frame the unvoiced candidate (0 Hz), then the best lags; both arrays (frames, CANDIDATES + 1)."""

    f0_hz: NDArray[np.float32]
    strength: NDArray[np.float32]


class CandidateFinder:
    """Peaks of the autocorrelation of each frame, divided by that of the window."""

    def __init__(self, window: NDArray[np.float32]) -> None:
        window_power = np.square(np.abs(np.fft.rfft(window, FFT_SIZE)))
        own = np.fft.irfft(window_power, FFT_SIZE)
        self._shortest = int(RATE_HZ / CEILING_HZ)
        self._longest = int(np.ceil(RATE_HZ / FLOOR_HZ))
        lags = slice(self._shortest - 1, self._longest + 2)
        self._lags = lags
        self._correction = (own[0] / own[lags]).astype(np.float32)
        self._loudest = 0.0

    def find(self, power: NDArray[np.float32]) -> Candidates:
        """`power`: (frames, 513) from `FrameSpectrum`."""
        # A real array would be cast number by number: four times slower.
        correlation = np.fft.irfft(power.astype(np.complex64), FFT_SIZE, axis=1)
        energy = correlation[:, 0]
        scale = np.float32(1.0) / np.maximum(energy, np.float32(1e-12))
        r = correlation[:, self._lags] * scale[:, None] * self._correction
        middle = r[:, 1:-1]
        rises = r[:, 1:] > r[:, :-1]
        frames, lags = np.nonzero(rises[:, :-1] & ~rises[:, 1:] & (middle > 0.5 * VOICING_THRESHOLD))
        a, b, c = r[frames, lags], r[frames, lags + 1], r[frames, lags + 2]
        shift = 0.5 * (a - c) / np.minimum(a - 2.0 * b + c, np.float32(-1e-9))
        f0 = RATE_HZ / (lags + self._shortest + shift)
        strength = np.minimum(b - 0.25 * (a - c) * shift, 1.0) + OCTAVE_COST * np.log2(f0 / FLOOR_HZ)
        return self._best(frames, f0, strength, energy)

    def _best(self, frames: NDArray[np.intp], f0: Numbers, strength: Numbers, energy: Numbers) -> Candidates:
        """The strongest `CANDIDATES` of each frame, beside the unvoiced one."""
        count = len(energy)
        order = np.lexsort((-strength, frames))
        rank = np.arange(len(order)) - np.searchsorted(frames, np.arange(count))[frames]
        kept = rank < CANDIDATES
        rows, columns, chosen = frames[kept], 1 + rank[kept], order[kept]
        all_f0 = np.zeros((count, CANDIDATES + 1), dtype=np.float32)
        all_strengths = np.full((count, CANDIDATES + 1), -1e3, dtype=np.float32)
        all_f0[rows, columns] = f0[chosen]
        all_strengths[rows, columns] = strength[chosen]
        all_strengths[:, 0] = self._unvoiced(energy)
        return Candidates(all_f0, all_strengths)

    def _unvoiced(self, energy: Numbers) -> Numbers:
        """Strength of being unvoiced: higher where the frame is faint beside the loudest heard so far."""
        loudest = np.maximum.accumulate(np.maximum(energy, self._loudest))
        self._loudest = float(loudest[-1])
        relative = np.sqrt(np.maximum(energy, 0.0) / np.maximum(loudest, 1e-12))
        gate = SILENCE_THRESHOLD / (1.0 + VOICING_THRESHOLD)
        return np.asarray(VOICING_THRESHOLD + np.maximum(0.0, 2.0 - relative / gate))


class PitchPath:
    """The best path through the candidates, found as frames arrive.

    Frames are settled where all surviving paths have met, so the result is that of the whole sound at once; paths
    that have not met for 10 s are settled by the best.
    """

    def __init__(self) -> None:
        self._settled = GrowingTable(2, np.dtype(np.float32))
        self._scores: NDArray[np.float32] | None = None
        self._last_log2 = np.zeros(CANDIDATES + 1, dtype=np.float32)
        self._unsettled_batches = 0
        self._f0: list[NDArray[np.float32]] = []
        self._strength: list[NDArray[np.float32]] = []
        self._back: list[NDArray[np.intp]] = []

    def feed(self, candidates: Candidates) -> None:
        log2 = np.log2(np.maximum(candidates.f0_hz, 1.0))
        before = np.concatenate([self._last_log2[None, :], log2[:-1]])
        cost = OCTAVE_JUMP_COST * np.abs(before[:, :, None] - log2[:, None, :])
        change = (before[:, :, None] == 0.0) != (log2[:, None, :] == 0.0)
        cost = np.where(change, np.float32(VOICING_CHANGE_COST), cost)
        self._last_log2 = log2[-1]
        scores = self._scores if self._scores is not None else np.zeros(CANDIDATES + 1, dtype=np.float32)
        history = np.empty_like(candidates.strength)
        for t, strength in enumerate(candidates.strength):
            history[t] = scores
            scores = (scores[:, None] - cost[t]).max(axis=0) + strength
        self._scores = scores - scores.max()
        self._back.extend((history[:, :, None] - cost).argmax(axis=1))
        self._f0.extend(candidates.f0_hz)
        self._strength.extend(candidates.strength)
        self._unsettled_batches += 1
        if self._unsettled_batches >= _SETTLE_EVERY:
            self._unsettled_batches = 0
            self._settle_where_paths_meet()

    def _settle_where_paths_meet(self) -> None:
        states = np.arange(CANDIDATES + 1)
        for t in range(len(self._f0) - 1, 0, -1):
            states = self._back[t][states]
            if (states == states[0]).all():
                self._settle(t - 1, int(states[0]))
                return
        if len(self._f0) >= _LONGEST_OPEN and self._scores is not None:
            self._settle_all()

    def _settle(self, last: int, state: int) -> None:
        chosen = np.zeros((last + 1, 2), dtype=np.float32)
        for t in range(last, -1, -1):
            if state:
                chosen[t] = self._f0[t][state], self._strength[t][state]
            state = int(self._back[t][state])
        self._settled.extend(chosen)
        del self._f0[: last + 1], self._strength[: last + 1], self._back[: last + 1]

    def _settle_all(self) -> None:
        if self._f0 and self._scores is not None:
            self._settle(len(self._f0) - 1, int(self._scores.argmax()))

    def finish(self) -> None:
        """Settle what is still open."""
        self._settle_all()

    @property
    def settled(self) -> NDArray[np.float32]:
        """F0 in Hz and its strength (0 to 1) per frame, both 0 where unvoiced; (frames settled, 2)."""
        return self._settled.values
