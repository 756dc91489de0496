"""Level, effort, pitch and steadiness as measured values, each with its confidence and its noise."""

from __future__ import annotations

from math import sqrt

import numpy as np

from simulator.acoustics import level as levels
from simulator.acoustics.heard import Heard
from simulator.acoustics.pcm import FRAME_S, decibels_of
from simulator.acoustics.pitch import CEILING_HZ, FLOOR_HZ
from simulator.acoustics.tracks import Tracks
from simulator.domain.measures import Baseline, Confidence, Effort, Level, Pitch, Steadiness

LEAST_LEVEL_SPEECH_S = 3.0
LEAST_SIGNAL_TO_NOISE_DB = 10.0
LEAST_VOICED_FRAMES = levels.LEAST_VOICED_FRAMES
# Measured: how far pieces of one calm reading scatter, at 1 s of speech (tests/benchmarks/results/measure-noise.md).
LEVEL_NOISE_AT_1_S = 2.6
PITCH_NOISE_AT_1_S = 2.6
EFFORT_NOISE_AT_1_S = 1.3
GAIN_NOISE_AT_1_S = 5.2
LEVEL_PER_EFFORT_DB = 3.5
MOST_DISAGREEMENT_DB = 6.0
_EDGE = 1.08


def level_of(tracks: Tracks, heard: Heard | None, baseline: Baseline | None) -> Level:
    clipped = tracks.clipped_share > levels.CLIPPED_SHARE
    peak = 20.0 * float(np.log10(tracks.loudest)) if tracks.loudest > 0 else None
    room = np.ones(len(tracks.speech_band), dtype=bool) if heard is None else heard.room
    noise = levels.noise_floor(tracks.speech_band, room)
    if heard is None:
        return Level(peak_dbfs=peak, clipped=clipped, noise_dbfs=noise)
    speech = levels.speech_level(tracks.a_weighted, heard.within, heard.room)
    calm = baseline.level_dba_fs if baseline is not None else None
    enough = heard.speech_s >= LEAST_LEVEL_SPEECH_S
    audible = noise is None or speech - noise >= LEAST_SIGNAL_TO_NOISE_DB
    sure = enough and audible and heard.like_speech and not clipped
    return Level(
        speech_dba_fs=speech,
        relative_to_calm_db=None if calm is None or clipped else speech - calm,
        peak_dbfs=peak,
        clipped=clipped,
        noise_dbfs=noise,
        confidence=Confidence.HIGH if sure else Confidence.LOW,
        noise_db=_noise(LEVEL_NOISE_AT_1_S, heard, baseline),
    )


def pitch_of(heard: Heard, baseline: Baseline | None) -> Pitch:
    """Under 50 voiced frames there is no pitch; at the edge of what can be found it has a low confidence."""
    f0_hz = heard.f0_hz
    if len(f0_hz) < LEAST_VOICED_FRAMES:
        return Pitch(voiced_frames=len(f0_hz))
    median = float(np.median(f0_hz))
    low, high = (float(hz) for hz in np.percentile(f0_hz, [5, 95]))
    calm = baseline.pitch_median_hz if baseline is not None else None
    inside = low > FLOOR_HZ * _EDGE and high < CEILING_HZ / _EDGE
    return Pitch(
        median_hz=median,
        range_semitones=12.0 * float(np.log2(high / low)),
        voiced_frames=len(f0_hz),
        relative_to_calm_semitones=12.0 * float(np.log2(median / calm)) if calm else None,
        confidence=Confidence.HIGH if inside and heard.like_speech else Confidence.LOW,
        noise_semitones=_noise(PITCH_NOISE_AT_1_S, heard, baseline),
    )


def effort_of(tracks: Tracks, heard: Heard, pitch: Pitch, level: Level, baseline: Baseline | None) -> Effort:
    alpha = levels.alpha(tracks.low_band, tracks.high_band, heard.voiced, heard.room)
    if baseline is None or baseline.alpha_db is None or alpha is None:
        return Effort()
    index = levels.effort_index(pitch.relative_to_calm_semitones, alpha - baseline.alpha_db)
    if index is None:
        return Effort()
    agrees = None
    if level.relative_to_calm_db is not None:
        most = max(MOST_DISAGREEMENT_DB, 2.0 * _noise(GAIN_NOISE_AT_1_S, heard, baseline))
        agrees = abs(level.relative_to_calm_db - LEVEL_PER_EFFORT_DB * index) <= most
    sure = pitch.confidence is Confidence.HIGH and not level.clipped
    noise = _noise(EFFORT_NOISE_AT_1_S, heard, baseline)
    return Effort(index, agrees, Confidence.HIGH if sure else Confidence.LOW, noise)


def steadiness_of(tracks: Tracks, heard: Heard) -> Steadiness:
    """Level over windows of 1 s that are at least half speech; three of them are needed."""
    second = round(1.0 / FRAME_S)
    windows = []
    for at in range(0, len(heard.mask) - second + 1, second):
        speech = heard.mask[at : at + second]
        if speech.sum() >= second // 2:
            power = tracks.a_weighted[at : at + second][speech].mean(dtype=np.float64)
            windows.append(decibels_of(float(power)))
    level = float(np.std(windows)) if len(windows) >= 3 else None
    pitch = float(np.std(12.0 * np.log2(heard.f0_hz))) if len(heard.f0_hz) >= LEAST_VOICED_FRAMES else None
    if level is None and pitch is None:
        return Steadiness()
    sure = level is not None and pitch is not None and heard.like_speech
    return Steadiness(level, pitch, Confidence.HIGH if sure else Confidence.LOW)


def _noise(at_1_s: float, heard: Heard, baseline: Baseline | None) -> float:
    """One standard deviation over so much speech; a calm voice to compare with has a noise of its own."""
    calm = 1.0 / baseline.speech_s if baseline is not None and baseline.speech_s > 0 else 0.0
    return at_1_s * sqrt(1.0 / max(heard.speech_s, 0.1) + calm)
