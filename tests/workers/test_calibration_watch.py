"""A calibration that no longer holds is said once, with its figure; what is not known is not guessed."""

from __future__ import annotations

from dataclasses import replace

from simulator.domain.measures import Baseline, Confidence, Effort, Level, VoiceMeasures
from simulator.workers.calibration_watch import CalibrationWatch

CALM = Baseline(-30.0, 4.0, 120.0, -3.0, noise_dbfs=-60.0, speech_s=12.0)


def heard(level_db: float, noise_dbfs: float, effort: float = 0.0) -> VoiceMeasures:
    level = Level(CALM.level_dba_fs + level_db, level_db, -6.0, False, noise_dbfs, Confidence.HIGH)
    return VoiceMeasures(8.0, 7.0, level=level, effort=Effort(effort, True, Confidence.HIGH))


def test_a_turned_knob_is_said_once_with_its_figure() -> None:
    watch = CalibrationWatch(CALM)
    assert watch.look(heard(+12.0, -48.0)) == (
        "The microphone's level has moved by +12 dB. Calibrate again for true loudness."
    )
    assert watch.look(heard(+12.0, -48.0)) is None


def test_a_louder_room_is_said() -> None:
    said = CalibrationWatch(CALM).look(heard(0.0, -40.0))
    assert said is not None
    assert said.startswith("The room is 20 dB louder")


def test_the_same_voice_in_the_same_room_is_not_remarked_on() -> None:
    assert CalibrationWatch(CALM).look(heard(+1.0, -59.0)) is None


def test_a_typed_reply_or_a_provisional_calibration_says_nothing() -> None:
    assert CalibrationWatch(CALM).look(None) is None
    assert CalibrationWatch(replace(CALM, provisional=True)).look(heard(+12.0, -48.0)) is None
    assert CalibrationWatch(None).look(heard(+12.0, -48.0)) is None
