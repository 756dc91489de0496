"""INTERFACE FIXED; body to come (owner: acoustics)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.domain.measures import Baseline, TurnTaking, VoiceMeasures
from simulator.domain.turn import CustomerTurn, Span
from simulator.domain.utterance import Word


@dataclass(frozen=True, slots=True)
class LiveReading:
    """For the meters while someone speaks: level (0.3 s window) and pace (2 s window) against the own calm."""

    speaking: bool
    level_db: float | None
    pace_ratio: float | None
    peak_dbfs: float | None


class VoiceMeter:
    """Measures 16 kHz mono float32 as it arrives, in blocks of any size; same numbers as offline."""

    def __init__(self, language: str, baseline: Baseline | None = None) -> None:
        raise NotImplementedError

    def feed(self, samples: NDArray[np.float32]) -> None:
        raise NotImplementedError

    def reading(self) -> LiveReading:
        raise NotImplementedError

    def finish(self, words: Sequence[Word] = ()) -> VoiceMeasures:
        """Spans and word times in seconds from the first sample fed."""
        raise NotImplementedError


def measure(
    samples: NDArray[np.float32], language: str, baseline: Baseline | None = None, words: Sequence[Word] = ()
) -> VoiceMeasures:
    """16 kHz mono float32, shape (n,), all at once."""
    raise NotImplementedError


def calibrate(samples: NDArray[np.float32], device: str = "", *, provisional: bool = False) -> Baseline:
    """A baseline from calm speech. Raises BadInputError where there is too little speech, or it clips."""
    raise NotImplementedError


def turn_taking(
    speech: Sequence[Span], customer: CustomerTurn, reply_end_s: float, words: Sequence[Word] = ()
) -> TurnTaking:
    """Overlap, gap, entry, monologue and dead air; all times in session seconds."""
    raise NotImplementedError
