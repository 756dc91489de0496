"""Measures as lines to read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from simulator.domain.measures import CalibrationDrift, Confidence, VoiceMeasures
from simulator.domain.utterance import Utterance

_SURE = {Confidence.HIGH: "", Confidence.LOW: "  (uncertain)", Confidence.NONE: ""}


def show_analysis(path: Path, source: str, measures: VoiceMeasures, utterance: Utterance) -> str:
    """One line a measure; what cannot be known is left out."""
    return "\n".join([f"{path}  ({source})", *(f"  {line}" for line in _lines(measures, utterance))])


def _lines(measures: VoiceMeasures, utterance: Utterance) -> Iterator[str]:
    if not measures.heard_speech:
        yield f"length   {measures.duration_s:.1f} s, no measurable speech"
        return
    yield f"length   {measures.duration_s:.1f} s, of it {measures.speech_s:.1f} s speech, {len(measures.pauses)} pauses"
    yield from _pace(measures)
    yield from _level(measures)
    yield from _pitch(measures)
    if measures.effort.index is not None:
        gain = "  (the gain seems to have moved)" if measures.effort.agrees_with_level is False else ""
        yield f"effort   {measures.effort.index:+.1f}{gain}"
    if utterance.text:
        yield f"words    {utterance.text}  [{utterance.recogniser}]"


def _pace(measures: VoiceMeasures) -> Iterator[str]:
    pace = measures.pace
    if pace.articulation_rate_syl_per_s is None:
        yield "pace     too little speech for a pace of its own"
        return
    words = f", {pace.words_per_minute:.0f} words/min" if pace.words_per_minute is not None else ""
    calm = f", {100.0 * (pace.relative_to_calm - 1.0):+.0f} % of calm" if pace.relative_to_calm is not None else ""
    route = f", by {pace.route}" if pace.route is not None else ""
    yield f"pace     {pace.articulation_rate_syl_per_s:.1f} syllables/s{words}{calm}{route}{_SURE[pace.confidence]}"


def _level(measures: VoiceMeasures) -> Iterator[str]:
    level = measures.level
    if level.speech_dba_fs is None:
        return
    calm = f", {level.relative_to_calm_db:+.1f} dB of calm" if level.relative_to_calm_db is not None else ""
    noise = f", room {level.noise_dbfs:.0f} dB" if level.noise_dbfs is not None else ""
    clipped = ", CLIPPED: not scored" if level.clipped else ""
    yield f"level    {level.speech_dba_fs:.1f} dB(A) re full scale{calm}{noise}{clipped}{_SURE[level.confidence]}"


def _pitch(measures: VoiceMeasures) -> Iterator[str]:
    pitch = measures.pitch
    if pitch.median_hz is None:
        yield "pitch    too little voice for a pitch"
        return
    calm = pitch.relative_to_calm_semitones
    change = f", {calm:+.1f} semitones of calm" if calm is not None else ""
    spread = f", range {pitch.range_semitones:.1f} semitones" if pitch.range_semitones is not None else ""
    yield f"pitch    {pitch.median_hz:.0f} Hz{change}{spread}{_SURE[pitch.confidence]}"


def show_drift(path: Path, drift: CalibrationDrift) -> Iterator[str]:
    """What no longer holds of the calibration."""
    if drift.gain_db is not None:
        yield f"{path}: the microphone's gain seems to have moved by {drift.gain_db:+.0f} dB since the calibration."
    if drift.room_db is not None:
        yield f"{path}: the room is {drift.room_db:.0f} dB louder than at the calibration."
