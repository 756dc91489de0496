"""Samples cut off at the top: at full scale, or on a flat top below it."""

from __future__ import annotations

import numpy as np

from simulator.acoustics.pcm import Samples

FULL_SCALE = 0.99
_NEAR_TOP = 0.998


class ClippingCounter:
    """Counts clipped samples in batches that are always cut at the same places.

    A microphone's preamplifier can clip below full scale. That shows as neighbours of exactly the same value at the
    largest one that occurs; a sound that was resampled after it clipped no longer shows it.
    """

    def __init__(self) -> None:
        self.loudest = 0.0
        self._at_full_scale = 0
        self._on_flat_top = 0

    @property
    def count(self) -> int:
        return max(self._at_full_scale, self._on_flat_top)

    def feed(self, sound: Samples) -> None:
        size = np.abs(sound)
        top = float(size.max(initial=0.0))
        if top > self.loudest:
            if top * _NEAR_TOP > self.loudest:
                self._on_flat_top = 0
            self.loudest = top
        if top >= FULL_SCALE:
            self._at_full_scale += int((size >= FULL_SCALE).sum())
        if top > 0.0 and top >= _NEAR_TOP * self.loudest:
            flat = (sound[1:] == sound[:-1]) & (size[1:] >= _NEAR_TOP * self.loudest)
            self._on_flat_top += int(flat.sum())
