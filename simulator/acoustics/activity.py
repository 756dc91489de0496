"""Speech or not, over a whole reply: by its own loud and quiet parts."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from simulator.acoustics.live_activity import LiveActivity as LiveActivity
from simulator.acoustics.pcm import FRAME_S, Mask, Numbers, Track, decibels
from simulator.domain.turn import Span

SHORTEST_PAUSE_S = 0.25
SHORTEST_SPEECH_S = 0.06
ABOVE_NOISE_DB = 5.0
BELOW_SPEECH_DB = 30.0
LEAST_RANGE_DB = 12.0
DIGITAL_SILENCE_DBFS = -100.0
SHORTEST_SOUND_FRAMES = 10
MARGIN_FRAMES = 30
LONGER_THAN_CLOSURE_FRAMES = 15
ALONE_FRAMES = 10
# Gaussian of 20 ms, of which the frames' own window already is 5.7 ms.
_SMOOTHING_FRAMES = float(np.sqrt(0.020**2 - 0.0057**2)) / FRAME_S


def smooth(power: Track, sigma_frames: float) -> Numbers:
    """Gaussian over frames, edges repeated; same shape."""
    reach = int(np.ceil(4 * sigma_frames))
    kernel = np.exp(-0.5 * np.square(np.arange(-reach, reach + 1) / sigma_frames))
    kernel /= kernel.sum()
    return np.convolve(np.pad(power.astype(np.float64), reach, mode="edge"), kernel, mode="valid")


def speech_mask(band_power: Track) -> Mask | None:
    """Frames (10 ms) of speech from the power in 80-4000 Hz; None where no speech can be measured.

    The threshold lies above the room's level and below that of the loud speech. Loud speech is found among the
    frames that are loud, so that silence before and after a reply does not move it. Smoothing decides where speech
    is, but smears its edges by up to 60 ms: they are moved in to where the unsmoothed level crosses the threshold.
    """
    if len(band_power) < SHORTEST_SOUND_FRAMES:
        return None
    level = decibels(smooth(band_power, _SMOOTHING_FRAMES))
    threshold = _threshold(level)
    if threshold is None:
        return None
    mask = np.asarray(level > threshold)
    sharp = decibels(band_power) > threshold
    for start, end in runs(mask):
        above = np.flatnonzero(sharp[start:end])
        if len(above) == 0:
            mask[start:end] = False
        else:
            mask[start : start + above[0]] = False
            mask[start + above[-1] + 1 : end] = False
    return mask if mask.any() else None


def _threshold(level: Numbers) -> float | None:
    """dB above which a frame counts as speech; None where loud and quiet are too close for one."""
    sounding = level[level > DIGITAL_SILENCE_DBFS]
    if len(sounding) < SHORTEST_SOUND_FRAMES:
        return None
    loud = float(np.percentile(sounding, 99.9))
    for _ in range(2):
        loud = float(np.percentile(sounding[sounding >= loud - BELOW_SPEECH_DB], 90))
    # What a recording has long before and after the loud parts does not count: silence around speech changes nothing.
    near = np.flatnonzero(level > loud - BELOW_SPEECH_DB)
    level = level[max(0, near[0] - MARGIN_FRAMES) : near[-1] + 1 + MARGIN_FRAMES]
    if loud - float(np.percentile(level, 5)) < LEAST_RANGE_DB:
        return None
    return max(_room_level(level, loud) + ABOVE_NOISE_DB, loud - BELOW_SPEECH_DB)


def _room_level(level: Numbers, loud: float) -> float:
    """Where it stays quiet for longer than a consonant's closure, there is the room; -inf where it never does."""
    below = (level < loud - LEAST_RANGE_DB) & (level > DIGITAL_SILENCE_DBFS)
    quiet = [level[start:end] for start, end in runs(below) if end - start >= LONGER_THAN_CLOSURE_FRAMES]
    return float(np.percentile(np.concatenate(quiet), 30)) if quiet else -np.inf


def runs(mask: Mask) -> list[tuple[int, int]]:
    """Half-open index ranges where the mask is true."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], mask, [False]]).astype(np.int8)))
    return [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def speech_spans(mask: Mask) -> tuple[Span, ...]:
    """Stretches of speech, joined over gaps shorter than a pause; shorter than 60 ms is a click, not speech."""
    joined: list[list[int]] = []
    for start, end in _without_clicks(runs(mask)):
        if joined and (start - joined[-1][1]) * FRAME_S < SHORTEST_PAUSE_S:
            joined[-1][1] = end
        else:
            joined.append([start, end])
    return tuple(
        Span(start * FRAME_S, end * FRAME_S) for start, end in joined if (end - start) * FRAME_S >= SHORTEST_SPEECH_S
    )


def _without_clicks(found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Without runs too short for speech that stand alone: they would bridge a pause."""
    kept = []
    for index, (start, end) in enumerate(found):
        before = start - found[index - 1][1] if index else ALONE_FRAMES
        after = found[index + 1][0] - end if index + 1 < len(found) else ALONE_FRAMES
        short = (end - start) * FRAME_S < SHORTEST_SPEECH_S
        if not (short and before >= ALONE_FRAMES and after >= ALONE_FRAMES):
            kept.append((start, end))
    return kept


def pauses_between(speech: Sequence[Span]) -> tuple[Span, ...]:
    """The silences inside a turn: between its stretches of speech."""
    return tuple(Span(a.end_s, b.start_s) for a, b in pairwise(speech))
