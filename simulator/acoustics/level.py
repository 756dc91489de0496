"""How loud the speech is, A-weighted, and how loud the room; vocal effort that a gain knob cannot change."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simulator.acoustics.pcm import Mask, Track, decibels, decibels_of

CLIPPED_SHARE = 0.001
GATE_DB = 10.0
EFFORT_PITCH_SEMITONES = 1.45
EFFORT_ALPHA_DB = 2.0


@dataclass(frozen=True, slots=True)
class SpeechLevel:
    """Level of the speech (A-weighted) and of the room between it (80-4000 Hz), dB re full scale."""

    speech_dba: float
    noise_db: float | None


def gated_level(a_weighted: Track, mask: Mask) -> tuple[float, Mask]:
    """Mean power of the speech frames within 10 dB of their own mean (the relative gate of ITU-R BS.1770), less the
    noise's; and which frames those are. Faint frames come and go with the noise, so they would move the mean."""
    power = a_weighted.astype(np.float64)
    gated = mask
    for _ in range(3):
        gated = mask & (power >= power[gated].mean() * 10 ** (-GATE_DB / 10))
    noise = float(np.median(power[~mask])) if (~mask).sum() >= 10 else 0.0
    speech = float(power[gated].mean())
    return decibels_of(max(speech - noise, 0.1 * speech)), gated


def noise_floor(band_power: Track, mask: Mask | None) -> float | None:
    """Median power outside of speech (80-4000 Hz), dB re full scale; None where there is too little of it."""
    outside = band_power if mask is None else band_power[~mask]
    if len(outside) < 10:
        return None
    return decibels_of(float(np.median(outside)))


def alpha(low_band: Track, high_band: Track, voiced: Mask) -> float | None:
    """Level in 1-3 kHz less that in 300-1000 Hz over voiced frames, dB."""
    if voiced.sum() < 50:
        return None
    low, high = (decibels(band[voiced].astype(np.float64)) for band in (low_band, high_band))
    return float(np.mean(high - low))


def effort_index(pitch_semitones: float | None, alpha_change_db: float | None) -> float | None:
    """Half the pitch's rise over 1.45 semitones and half the spectrum's over 2 dB, against the own calm."""
    if pitch_semitones is None or alpha_change_db is None:
        return None
    return 0.5 * (pitch_semitones / EFFORT_PITCH_SEMITONES + alpha_change_db / EFFORT_ALPHA_DB)
