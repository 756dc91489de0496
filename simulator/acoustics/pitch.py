"""Fundamental frequency by normalised autocorrelation and a Viterbi path (Boersma 1993), as the sound arrives."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.acoustics.pcm import RATE_HZ, GrowingTrack, Track
from simulator.acoustics.spectrum import FFT_SIZE

FLOOR_HZ = 65.0
CEILING_HZ = 600.0
VOICING_THRESHOLD = 0.45
SILENCE_THRESHOLD = 0.03
OCTAVE_COST = 0.01
OCTAVE_JUMP_COST = 0.35
VOICING_CHANGE_COST = 0.14
CANDIDATES = 7
_COMMIT_EVERY = 100
_LONGEST_OPEN = 1000


@dataclass(frozen=True, slots=True)
class Candidates:
    """Per frame the unvoiced candidate (0 Hz), then the best lags; both arrays (frames, CANDIDATES + 1)."""

    f0_hz: NDArray[np.float32]
    strength: NDArray[np.float32]


class CandidateFinder:
    """Peaks of the autocorrelation of each frame, divided by that of the window."""

    def __init__(self, window: NDArray[np.float32]) -> None:
        self._upsampled = 2 * FFT_SIZE
        self._step_hz = float(2 * RATE_HZ)
        window_power = np.square(np.abs(np.fft.rfft(window, FFT_SIZE)))
        own = np.fft.irfft(window_power, self._upsampled)
        self._shortest = int(self._step_hz / CEILING_HZ)
        self._longest = int(np.ceil(self._step_hz / FLOOR_HZ))
        lags = slice(self._shortest - 1, self._longest + 2)
        self._lags = lags
        self._correction = (own[0] / own[lags]).astype(np.float32)
        inner = np.arange(self._shortest, self._longest + 1)
        self._octave_bonus = (OCTAVE_COST * np.log2(self._step_hz / inner / FLOOR_HZ)).astype(np.float32)
        self._loudest = 0.0

    def find(self, power: NDArray[np.float32]) -> Candidates:
        """`power`: (frames, 513) from `FrameSpectrum`."""
        correlation = np.fft.irfft(power, self._upsampled, axis=1)
        energy = correlation[:, 0]
        scale = 1.0 / np.maximum(energy, 1e-12)
        r = correlation[:, self._lags] * scale[:, None] * self._correction
        left, middle, right = r[:, :-2], r[:, 1:-1], r[:, 2:]
        peaks = (middle > left) & (middle >= right) & (middle > 0.5 * VOICING_THRESHOLD)
        score = np.where(peaks, middle + self._octave_bonus, -np.inf)
        best = np.argpartition(-score, CANDIDATES - 1, axis=1)[:, :CANDIDATES]
        rows = np.arange(len(power))[:, None]
        a, b, c = left[rows, best], middle[rows, best], right[rows, best]
        bend = np.minimum(a - 2.0 * b + c, -1e-9)
        shift = np.clip(0.5 * (a - c) / bend, -0.5, 0.5)
        height = np.minimum(b - 0.25 * (a - c) * shift, 1.0)
        f0 = self._step_hz / (best + self._shortest + shift)
        found = np.isfinite(score[rows, best])
        strength = np.where(found, height + OCTAVE_COST * np.log2(f0 / FLOOR_HZ), -1e6)
        return Candidates(
            np.concatenate([np.zeros((len(power), 1)), f0], axis=1).astype(np.float32),
            np.concatenate([self._unvoiced(energy)[:, None], strength], axis=1).astype(np.float32),
        )

    def _unvoiced(self, energy: NDArray[np.floating]) -> NDArray[np.floating]:
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
        self._track = GrowingTrack()
        self._scores: NDArray[np.float32] | None = None
        self._last_log2 = np.zeros(CANDIDATES + 1, dtype=np.float32)
        self._f0: list[NDArray[np.float32]] = []
        self._back: list[NDArray[np.intp]] = []

    def feed(self, candidates: Candidates) -> None:
        log2 = np.log2(np.maximum(candidates.f0_hz, 1.0))
        before = np.concatenate([self._last_log2[None, :], log2[:-1]])
        cost = OCTAVE_JUMP_COST * np.abs(before[:, :, None] - log2[:, None, :])
        change = (before[:, :, None] == 0.0) != (log2[:, None, :] == 0.0)
        cost = np.where(change, np.float32(VOICING_CHANGE_COST), cost)
        self._last_log2 = log2[-1]
        columns = np.arange(CANDIDATES + 1)
        for t, f0 in enumerate(candidates.f0_hz):
            if self._scores is None:
                self._scores = candidates.strength[t].copy()
                self._back.append(columns)
            else:
                paths = self._scores[:, None] - cost[t]
                back = paths.argmax(axis=0)
                self._back.append(back)
                self._scores = paths[back, columns] + candidates.strength[t]
                self._scores -= self._scores[0]
            self._f0.append(f0)
            if len(self._f0) % _COMMIT_EVERY == 0:
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
        chosen = np.zeros(last + 1, dtype=np.float32)
        for t in range(last, -1, -1):
            chosen[t] = self._f0[t][state]
            state = int(self._back[t][state])
        self._track.extend(chosen)
        del self._f0[: last + 1], self._back[: last + 1]

    def _settle_all(self) -> None:
        if self._f0 and self._scores is not None:
            self._settle(len(self._f0) - 1, int(self._scores.argmax()))

    def finish(self) -> Track:
        """F0 in Hz per frame, 0 where unvoiced, shape (frames,)."""
        self._settle_all()
        return self._track.values
