"""Fundamental frequency by normalised autocorrelation and a Viterbi path (Boersma 1993), as the sound arrives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator.acoustics.pcm import RATE_HZ, GrowingTable, Numbers
from simulator.acoustics.spectrum import BATCH_FRAMES, FFT_SIZE

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
        self._width = lags.stop - lags.start
        self._correction = (own[0] / own[lags]).astype(np.float32)
        self._correlation: NDArray[Any] = np.empty((BATCH_FRAMES, FFT_SIZE), dtype=np.float32)
        self._loudest = np.float32(0.0)

    def find(self, power: NDArray[np.float32]) -> Candidates:
        """`power`: (BATCH_FRAMES, 513) from `FrameSpectrum`."""
        # A real array would be cast number by number: four times slower.
        correlation = np.fft.irfft(power.astype(np.complex64), FFT_SIZE, axis=1, out=self._correlation)
        energy = np.maximum(correlation[:, 0], np.float32(1e-12))
        r = correlation[:, self._lags] * self._correction
        rises = r[:, 1:] > r[:, :-1]
        peaks = rises[:, :-1] > rises[:, 1:]
        peaks &= r[:, 1:-1] > (0.5 * VOICING_THRESHOLD * energy)[:, None]
        frames, lags = np.divmod(np.flatnonzero(peaks), self._width - 2)
        at = frames * self._width + lags
        a, b, c = (r.take(at + k) for k in range(3))
        shift = 0.5 * (a - c) / np.minimum(a - 2.0 * b + c, np.float32(-1e-30))
        f0 = RATE_HZ / (lags + self._shortest + shift)
        height = (b - 0.25 * (a - c) * shift) / energy[frames]
        strength = np.minimum(height, 1.0) + OCTAVE_COST * np.log2(f0 / FLOOR_HZ)
        return self._best(frames, f0, strength, energy)

    def _best(self, frames: NDArray[np.intp], f0: Numbers, strength: Numbers, energy: Numbers) -> Candidates:
        """The strongest `CANDIDATES` of each frame (in any order), beside the unvoiced one."""
        counts = np.bincount(frames, minlength=len(energy))
        columns = np.arange(1, len(frames) + 1) - (np.cumsum(counts) - counts)[frames]
        if counts.max() > CANDIDATES:
            order = np.argsort(2.0 * frames - strength)
            kept = columns <= CANDIDATES
            frames, columns = frames[kept], columns[kept]
            f0, strength = f0[order][kept], strength[order][kept]
        all_f0 = np.zeros((len(energy), CANDIDATES + 1), dtype=np.float32)
        all_strengths = np.full((len(energy), CANDIDATES + 1), -1e3, dtype=np.float32)
        all_f0[frames, columns] = f0
        all_strengths[frames, columns] = strength
        all_strengths[:, 0] = self._unvoiced(energy)
        return Candidates(all_f0, all_strengths)

    def _unvoiced(self, energy: Numbers) -> Numbers:
        """Strength of being unvoiced: higher where the frame is faint beside the loudest heard so far."""
        loudest = np.maximum.accumulate(np.maximum(energy, self._loudest))
        self._loudest = loudest[-1]
        relative = np.sqrt(energy / loudest)
        gate = SILENCE_THRESHOLD / (1.0 + VOICING_THRESHOLD)
        return np.asarray(VOICING_THRESHOLD + np.maximum(0.0, 2.0 - relative / gate))


class PitchPath:
    """The best path through the candidates, found as frames arrive.

    Frames are settled where all surviving paths have met, so the result is that of the whole sound at once; paths
    that have not met for 10 s are settled by the best.
    """

    def __init__(self) -> None:
        self._settled = GrowingTable(2, np.dtype(np.float32))
        self._scores = np.zeros(CANDIDATES + 1, dtype=np.float32)
        self._last_log2 = np.zeros(CANDIDATES + 1, dtype=np.float32)
        self._unsettled_batches = 0
        self._open: list[Candidates] = []
        self._back: list[list[int]] = []

    def feed(self, candidates: Candidates) -> None:
        paths = candidates.strength[:, :, None] - self._costs(candidates.f0_hz)
        scores = self._scores
        best = np.maximum.reduce
        for ways in paths:
            ways += scores
            scores = best(ways, 1)
        self._scores = scores - scores.max()
        self._back += paths.argmax(axis=2).tolist()
        self._open.append(candidates)
        self._unsettled_batches += 1
        if self._unsettled_batches >= _SETTLE_EVERY:
            self._unsettled_batches = 0
            self._settle_where_paths_meet()

    def _costs(self, f0_hz: NDArray[np.float32]) -> NDArray[np.float32]:
        """What it costs to come to each candidate (axis 1) from each one of the frame before (axis 2)."""
        log2 = np.log2(np.maximum(f0_hz, np.float32(1.0))) * np.float32(OCTAVE_JUMP_COST)
        before = np.concatenate([self._last_log2[None, :], log2[:-1]])
        self._last_log2 = log2[-1]
        cost: NDArray[np.float32] = np.abs(log2[:, :, None] - before[:, None, :])
        cost[:, 0, :] = cost[:, :, 0] = VOICING_CHANGE_COST
        cost[:, 0, 0] = 0.0
        return cost

    def _settle_where_paths_meet(self) -> None:
        states = set(range(CANDIDATES + 1))
        for t in range(len(self._back) - 1, 0, -1):
            back = self._back[t]
            states = {back[state] for state in states}
            if len(states) == 1:
                self._settle(t - 1, states.pop())
                return
        if len(self._back) >= _LONGEST_OPEN:
            self._settle_all()

    def _settle(self, last: int, state: int) -> None:
        states = [0] * (last + 1)
        for t in range(last, -1, -1):
            states[t] = state
            state = self._back[t][state]
        f0_hz = np.concatenate([candidates.f0_hz for candidates in self._open])
        strength = np.concatenate([candidates.strength for candidates in self._open])
        at = np.arange(last + 1), states
        self._settled.extend(np.column_stack([f0_hz[at], np.where(f0_hz[at] > 0.0, strength[at], np.float32(0.0))]))
        self._open = [Candidates(f0_hz[last + 1 :], strength[last + 1 :])]
        del self._back[: last + 1]

    def _settle_all(self) -> None:
        if self._back:
            self._settle(len(self._back) - 1, int(self._scores.argmax()))

    def finish(self) -> None:
        """Settle what is still open."""
        self._settle_all()

    @property
    def settled(self) -> NDArray[np.float32]:
        """F0 in Hz and its strength (0 to 1) per frame, both 0 where unvoiced; (frames settled, 2)."""
        return self._settled.values
