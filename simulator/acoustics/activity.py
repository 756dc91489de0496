"""INTERFACE FIXED; body to come (owner: acoustics)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


class LiveActivity:
    """Speech or not, as sound arrives (16 kHz mono float32, blocks of any size): where a turn begins and ends."""

    def __init__(self, noise_dbfs: float | None = None) -> None:
        raise NotImplementedError

    def feed(self, samples: NDArray[np.float32]) -> None:
        raise NotImplementedError

    @property
    def speaking(self) -> bool:
        raise NotImplementedError

    @property
    def speech_started_s(self) -> float | None:
        """When the first speech began, in seconds from the first sample fed; None before any."""
        raise NotImplementedError

    @property
    def silence_s(self) -> float:
        """How long nobody has spoken, up to the last sample fed."""
        raise NotImplementedError
