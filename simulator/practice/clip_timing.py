"""Where a synthetic clip sounds and where it pauses, for knowing when a customer loses momentum."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simulator.domain.turn import Span
from simulator.ports import Clip

PAUSE_S = 0.25
FRAME_S = 0.01
QUIET_BELOW_LOUD_DB = 35.0


@dataclass(frozen=True, slots=True)
class ClipTiming:
    """`sound` from the first to the last sounding frame; `pauses` the silences inside it of at least 0.25 s."""

    sound: Span
    pauses: tuple[Span, ...]


def clip_timing(clip: Clip) -> ClipTiming:
    """In seconds from the clip's start, in frames of 10 ms.

    Synthetic speech has no noise floor: a frame is silent 35 dB below the loud frames (their 95th percentile). A
    clip without sound counts as sounding from end to end.
    """
    size = max(1, round(FRAME_S * clip.rate_hz))
    count = len(clip.samples) // size
    if not count:
        return ClipTiming(Span(0.0, clip.duration_s), ())
    frames = clip.samples[: count * size].reshape(count, size).astype(np.float64)
    level = 10 * np.log10(np.mean(np.square(frames), axis=1) + 1e-12)
    sounding = np.flatnonzero(level >= max(np.percentile(level, 95) - QUIET_BELOW_LOUD_DB, -80.0))
    if not len(sounding):
        return ClipTiming(Span(0.0, clip.duration_s), ())
    sound = Span(float(sounding[0]) * FRAME_S, min(clip.duration_s, float(sounding[-1] + 1) * FRAME_S))
    gaps = np.flatnonzero(np.diff(sounding) * FRAME_S > PAUSE_S)
    pauses = tuple(Span(float(sounding[at] + 1) * FRAME_S, float(sounding[at + 1]) * FRAME_S) for at in gaps.tolist())
    return ClipTiming(sound, pauses)
