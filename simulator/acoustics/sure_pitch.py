"""Which of the pitch that was found is sure: a voice may fade, but somewhere it is clear, and it lasts."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from simulator.acoustics.pcm import Mask, Numbers

SURE_STRENGTH = 0.75
WEAKEST_STRENGTH = 0.35
# As long as the window: less is one moment seen by several frames.
SHORTEST_FRAMES = 4
JUMP_OCTAVES = 0.25
OCTAVE_ERROR = 0.8
BRIEF_FRAMES = 10
NEAR_FRAMES = 4


def sure_pitch(path: NDArray[np.float32]) -> NDArray[np.float32]:
    """F0 in Hz of a `path` (frames, 2) of F0 and strength, 0 where unvoiced or where the pitch is not sure; (frames,).

    A threshold with hysteresis: a stretch without jumps counts where it lasts 40 ms and is clear in at least one
    frame; a brief one beside a longer one that is about an octave away does not.
    """
    f0_hz = np.where(path[:, 1] >= WEAKEST_STRENGTH, path[:, 0], np.float32(0.0))
    if not f0_hz.any():
        return f0_hz
    octaves = np.log2(np.maximum(f0_hz, np.float32(1.0)))
    edges = np.flatnonzero(np.abs(np.diff(octaves, prepend=-1.0, append=-1.0)) > JUMP_OCTAVES)
    starts, ends = edges[:-1], edges[1:]
    clear = np.maximum.reduceat(path[:, 1], starts) >= SURE_STRENGTH
    sure = clear & (f0_hz[starts] > 0.0) & (ends - starts >= SHORTEST_FRAMES)
    sure[sure] = ~_octave_errors(starts[sure], ends[sure], octaves)
    return np.where(np.repeat(sure, ends - starts), f0_hz, np.float32(0.0))


def _octave_errors(starts: NDArray[np.intp], ends: NDArray[np.intp], octaves: Numbers) -> Mask:
    """Of stretches of pitch: which are brief and jump by an octave from, or to, a longer one beside them."""
    lengths = ends - starts
    jumps = np.abs(octaves[starts[1:]] - octaves[ends[:-1] - 1]) > OCTAVE_ERROR
    jumps &= starts[1:] - ends[:-1] <= NEAR_FRAMES
    errs = np.zeros(len(starts), dtype=bool)
    errs[1:] |= jumps & (lengths[1:] < lengths[:-1])
    errs[:-1] |= jumps & (lengths[:-1] < lengths[1:])
    return errs & (lengths < BRIEF_FRAMES)
