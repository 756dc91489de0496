"""Pace from sound, in any language: maxima of the bands' mean level at a smoothing width that follows the pace.

Counting maxima of a smoothed envelope depends on the width of the smoothing: a fixed one misses syllables of fast
speech and splits those of slow speech, so the count moves less than the pace (Praat's syllable nuclei, de Jong &
Wempe 2009, follow stretched speech with a slope of about .6). Here the width is chosen so that it is a fixed share
of the interval between maxima. A change of pace then stretches everything alike.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.acoustics.envelope import STEP_S
from simulator.acoustics.pcm import FRAME_S, Mask, Numbers

WIDTHS_S = np.geomspace(0.008, 0.060, 14)
WIDTH_SHARES = (0.09, 0.10, 0.11)
LEAST_PROMINENCE_DB = 0.35
ABOVE_NOISE_DB = 5.0
BELOW_LOUDEST_DB = 25.0
LEAST_SYLLABLES = 3
LEAST_ROOM_STEPS = 40
# Weak syllables that merge with their neighbour: the mean shortfall over 12 synthetic and 4 real voices.
MERGED = 1.06


@dataclass(frozen=True, slots=True)
class SoundPace:
    """The articulation rate, and where syllables were heard at the width that was chosen for it."""

    rate_syl_per_s: float
    width_s: float
    times_s: Numbers


def nucleus_level(bands_db: NDArray[np.float16], speech: Mask) -> Numbers:
    """Mean level over the bands, each held between its noise and its loudest; (steps,), dB.

    `speech` is per step. A band that noise has drowned stays flat and adds no maxima of its own.
    """
    room = ~speech
    total = np.zeros(len(bands_db), dtype=np.float32)
    # One band after the other: an hour of all of them at once would take 100 MB.
    for column in range(bands_db.shape[1]):
        band = bands_db[:, column].astype(np.float32)
        floor = np.percentile(band[speech], 98) - BELOW_LOUDEST_DB
        if room.sum() >= LEAST_ROOM_STEPS:
            floor = max(floor, np.median(band[room]) + ABOVE_NOISE_DB)
        total += np.maximum(band, np.float32(floor))
    return np.asarray(total / bands_db.shape[1])


def _smoothed(level: Numbers, width_s: float) -> Numbers:
    reach = int(np.ceil(3.5 * width_s / STEP_S))
    kernel = np.exp(-0.5 * np.square(np.arange(-reach, reach + 1) * STEP_S / width_s))
    padded = np.pad(level, reach, mode="edge")
    return np.asarray(np.convolve(padded, kernel / kernel.sum(), mode="valid"))


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


def _rising(values: Numbers) -> tuple[Numbers, Numbers]:
    """The nearest rising curve (pool adjacent violators): its levels, and the mean index of each."""
    pools: list[list[float]] = []
    for index, value in enumerate(values.tolist()):
        pools.append([value, 1.0, float(index)])
        while len(pools) > 1 and pools[-2][0] >= pools[-1][0]:
            last, before = pools.pop(), pools.pop()
            count = last[1] + before[1]
            pools.append(
                [
                    (last[0] * last[1] + before[0] * before[1]) / count,
                    count,
                    (last[2] * last[1] + before[2] * before[1]) / count,
                ]
            )
    return np.array([p[0] for p in pools]), np.array([p[2] for p in pools])


def _width_where(share: float, log_widths: Numbers, log_shares: Numbers) -> float:
    """The width that is `share` of the interval between maxima; beyond the widths tried, by the curve's usual slope."""
    levels, places = _rising(log_shares)
    widths = np.interp(places, np.arange(len(log_widths)), log_widths)
    wanted = float(np.log(share))
    if wanted <= levels[0]:
        return float(np.exp(widths[0] + (wanted - levels[0]) / 0.5))
    if wanted >= levels[-1]:
        return float(np.exp(widths[-1] + (wanted - levels[-1]) / 0.5))
    return float(np.exp(np.interp(wanted, levels, widths)))


def pace_of_sound(bands_db: NDArray[np.float16], speech: Mask) -> SoundPace | None:
    """`bands_db` from `NucleusBands`, `speech` in 10 ms frames (its stretches, short gaps included).

    None where fewer than three syllables are heard.
    """
    steps = np.repeat(speech, round(FRAME_S / STEP_S))[: len(bands_db)]
    speech_s = float(speech.sum()) * FRAME_S
    if speech_s == 0.0 or len(steps) < len(bands_db):
        return None
    level = nucleus_level(bands_db, steps)
    found: list[NDArray[np.intp]] = []
    for width in WIDTHS_S:
        peaks = prominent_peaks(_smoothed(level, float(width)), LEAST_PROMINENCE_DB)
        found.append(peaks[steps[peaks]])
    counts = np.array([len(peaks) for peaks in found])
    if counts.max() < LEAST_SYLLABLES:
        return None
    log_widths = np.log(WIDTHS_S)
    log_shares = log_widths + np.log((counts + 0.5) / speech_s)
    widths = [_width_where(share, log_widths, log_shares) for share in WIDTH_SHARES]
    rates = [share / width for share, width in zip(WIDTH_SHARES, widths, strict=True)]
    chosen = int(np.argmin(np.abs(log_widths - np.log(widths[1]))))
    return SoundPace(
        rate_syl_per_s=MERGED * float(np.exp(np.mean(np.log(rates)))),
        width_s=widths[1],
        times_s=(found[chosen] + 0.5) * STEP_S,
    )
