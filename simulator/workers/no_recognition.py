"""A call without recognition: voice and timing are measured, words are not."""

from __future__ import annotations

from collections.abc import Sequence

from simulator.domain.errors import SimulatorError
from simulator.ports import RecognitionTurn


class NoRecognition:
    """Stands in where no recogniser could be loaded; the call goes on by voice and by typing."""

    name = "none"
    label = "no recognition"

    def begin_turn(self, phrases: Sequence[str] = ()) -> RecognitionTurn:
        raise SimulatorError(f"No recogniser is loaded ({len(phrases)} phrases were to be expected).")
