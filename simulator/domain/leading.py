"""Match, then lead: whether a value falls over the turns of a call by more than its measurement can wander."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import sqrt
from statistics import median

from simulator.domain.measures import VoiceMeasures

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


@dataclass(frozen=True, slots=True)
class PooledPace:
    """Several short turns taken together: their articulation rate, and how much speech it stands on."""

    rate_syl_per_s: float
    speech_s: float
    turns: int


def pooled_pace(voices: Sequence[VoiceMeasures], least_speech_s: float = 4.0) -> PooledPace | None:
    """The pace over turns that are too short for one of their own: their syllables over their speech.

    Only turns counted by one and the same route are pooled, that of the latest; None where they hold less than
    `least_speech_s` of speech together.
    """
    counted = [v for v in voices if v.pace.syllables is not None and v.pace.route is not None and v.speech_s]
    if not counted:
        return None
    alike = [v for v in counted if v.pace.route is counted[-1].pace.route]
    speech_s = sum(v.speech_s or 0.0 for v in alike)
    if speech_s < least_speech_s:
        return None
    return PooledPace(sum(v.pace.syllables or 0 for v in alike) / speech_s, speech_s, len(alike))
