"""Whether the calibration still holds during a call, said once and in figures."""

from __future__ import annotations

from simulator.acoustics.calibration import drift_since
from simulator.domain.measures import Baseline, VoiceMeasures


class CalibrationWatch:
    """Watches replies against a person's calibration; a provisional one is not watched."""

    def __init__(self, baseline: Baseline | None) -> None:
        self._baseline = None if baseline is None or baseline.provisional else baseline

    def look(self, voice: VoiceMeasures | None) -> str | None:
        """A sentence where the microphone's gain has moved or the room has become louder, once a call; else None."""
        if self._baseline is None or voice is None:
            return None
        drift = drift_since(self._baseline, voice)
        if not drift.noticed:
            return None
        self._baseline = None
        if drift.gain_db is not None:
            return f"The microphone's level has moved by {drift.gain_db:+.0f} dB. Calibrate again for true loudness."
        return (
            f"The room is {drift.room_db:.0f} dB louder than at your calibration. Calibrate again, or close the door."
        )
