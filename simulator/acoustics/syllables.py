"""Syllables counted in sound, in any language: peaks of the nucleus envelope at a width that follows the pace."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.acoustics.envelope import STEP_S
from simulator.acoustics.pcm import FRAME_S, Mask, Numbers, Track, decibels

WIDTHS_S = np.geomspace(0.008, 0.050, 14)
WIDTH_TIMES_RATE = 0.11
LEAST_PROMINENCE_DB = 0.5
SPACING_WIDTHS = 3.5
BELOW_LOUDEST_DB = 30.0
LONGEST_INTERVAL_S = 0.6


@dataclass(frozen=True, slots=True)
class SoundPace:
    """Syllable times in seconds, the articulation rate they give, and the smoothing width chosen."""

    times_s: Numbers
    rate_syl_per_s: float
    width_s: float


def _kernels() -> Numbers:
    reach = int(np.ceil(4 * WIDTHS_S[-1] / STEP_S))
    offsets = np.arange(-reach, reach + 1) * STEP_S
    kernels = np.exp(-0.5 * np.square(offsets[:, None] / WIDTHS_S[None, :]))
    return np.asarray(kernels / kernels.sum(axis=0))


def _smoothed_db(power: Track) -> Numbers:
    """(steps, widths)"""
    kernels = _kernels()
    reach = len(kernels) // 2
    padded = np.pad(power.astype(np.float64), reach)
    windows = np.lib.stride_tricks.sliding_window_view(padded, len(kernels))
    return decibels(windows @ kernels)


def prominent_peaks(level: Numbers, least: float) -> NDArray[np.intp]:
    """Indices of maxima with a prominence of at least `least`: one between every two valleys that are so deep."""
    rising = np.diff(level) > 0
    turns = np.flatnonzero(rising[1:] != rising[:-1]) + 1
    peaks: list[int] = []
    climbing = False
    extreme, extreme_at = float(level[0]), 0
    for at, value in zip(turns.tolist(), level[turns].tolist(), strict=True):
        if climbing:
            if value > extreme:
                extreme, extreme_at = value, at
            elif extreme - value >= least:
                peaks.append(extreme_at)
                climbing, extreme = False, value
        elif value < extreme:
            extreme = value
        elif value - extreme >= least:
            climbing, extreme, extreme_at = True, value, at
    if climbing and extreme - float(level[-1]) >= least:
        peaks.append(extreme_at)
    return np.array(peaks, dtype=np.intp)


def spaced(peaks: NDArray[np.intp], heights: Numbers, least_steps: float) -> NDArray[np.intp]:
    """Peaks at least so far apart; of two too close the lower one goes, the highest chosen first."""
    keep = np.ones(len(peaks), dtype=bool)
    for index in np.argsort(-heights, kind="stable"):
        if not keep[index]:
            continue
        near = np.abs(peaks - peaks[index]) < least_steps
        near[index] = False
        keep &= ~near
    return peaks[keep]


def count_in_sound(power: Track, voiced: Mask, speech: Mask) -> SoundPace | None:
    """`power` in 5 ms steps; `voiced` and `speech` in 10 ms frames. None where too few syllables are heard."""
    speech_s = float(speech.sum()) * FRAME_S
    if len(power) < 8 or speech_s == 0.0:
        return None
    level = _smoothed_db(power)
    frames = np.minimum(np.arange(len(power)) // round(FRAME_S / STEP_S), len(voiced) - 1)
    allowed = (voiced & speech)[frames]
    found: list[NDArray[np.intp]] = []
    products = np.full(len(WIDTHS_S), np.nan)
    for i, width in enumerate(WIDTHS_S):
        track = level[:, i]
        peaks = prominent_peaks(track, LEAST_PROMINENCE_DB)
        floor = np.percentile(track, 99) - BELOW_LOUDEST_DB
        peaks = peaks[(track[peaks] > floor) & allowed[peaks]]
        peaks = spaced(peaks, track[peaks], SPACING_WIDTHS * width / STEP_S)
        found.append(peaks)
        intervals = np.diff(peaks) * STEP_S
        intervals = intervals[intervals < LONGEST_INTERVAL_S]
        if len(intervals) >= 3:
            products[i] = width / float(np.median(intervals))
    if np.isnan(products).all():
        return None
    best = int(np.nanargmin(np.abs(products - WIDTH_TIMES_RATE)))
    times = found[best] * STEP_S + STEP_S / 2
    return SoundPace(times, len(times) / speech_s, float(WIDTHS_S[best]))
