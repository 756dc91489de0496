"""A sound's curves over time, for pictures."""

from __future__ import annotations

from dataclasses import dataclass

from simulator.acoustics.pcm import Numbers, Track


@dataclass(frozen=True, slots=True)
class Curves:
    """Per 10 ms frame: `peak` (0 to 1), `level_dba` (re full scale) and `f0_hz` (0 where unvoiced or no speech), each
    (frames,); and the times of the syllables that were heard, in seconds."""

    peak: Track
    level_dba: Numbers
    f0_hz: Track
    syllables_s: Numbers
