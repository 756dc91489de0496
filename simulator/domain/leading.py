"""Match, then lead: whether a value falls over the turns of a call by more than its measurement can wander."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import sqrt
from statistics import median

LEAST_TURNS = 2
BEYOND_NOISE = 1.0


@dataclass(frozen=True, slots=True)
class Trend:
    """Theil-Sen slope per turn, the change it makes from first to last turn, and the noise of that change."""

    slope: float
    change: float
    noise: float

    @property
    def falls(self) -> bool:
        """The values lead down: by more than their noise."""
        return self.change < -BEYOND_NOISE * self.noise

    @property
    def rises(self) -> bool:
        return self.change > BEYOND_NOISE * self.noise


def leading(values: Sequence[float | None], noises: Sequence[float | None]) -> Trend:
    """The trend of one measure over consecutive turns (level in dB, pace as a ratio to the own calm).

    `noises`: one standard deviation of each value's own measurement. Turns with None are left out but keep their
    place. With fewer than two known turns there is no trend: all its figures are 0.
    """
    known = [
        (turn, value, noise)
        for turn, (value, noise) in enumerate(zip(values, noises, strict=True))
        if value is not None and noise is not None
    ]
    if len(known) < LEAST_TURNS:
        return Trend(0.0, 0.0, 0.0)
    slope = median((b[1] - a[1]) / (b[0] - a[0]) for a, b in combinations(known, 2))
    turns = [turn for turn, _, _ in known]
    centre = sum(turns) / len(turns)
    spread = sum((turn - centre) ** 2 for turn in turns)
    slope_noise = sqrt(sum(((turn - centre) * noise) ** 2 for turn, _, noise in known)) / spread
    reach = turns[-1] - turns[0]
    return Trend(slope, slope * reach, slope_noise * reach)
