"""How loud the speech is, A-weighted, and how loud the room; vocal effort that a gain knob cannot change."""

from __future__ import annotations

import numpy as np

from simulator.acoustics.pcm import Mask, Numbers, Track, decibels_of

CLIPPED_SHARE = 0.001
GATE_DB = 10.0
LEAST_NOISE_FRAMES = 10
LEAST_VOICED_FRAMES = 50
EFFORT_PITCH_SEMITONES = 1.45
EFFORT_ALPHA_DB = 2.0


def room_power(power: Track, room: Mask) -> float:
    """Mean power between the speech (`room`), 0.0 where there is too little of it to tell. The loudest tenth is left
    out: a click or a breath is not the room."""
    quiet = np.sort(power[room].astype(np.float64))
    if len(quiet) < LEAST_NOISE_FRAMES:
        return 0.0
    return float(quiet[: max(1, len(quiet) * 9 // 10)].mean())


def loud_frames(power: Numbers, mask: Mask) -> Mask:
    """The speech frames within 10 dB of their own mean: the relative gate of ITU-R BS.1770, on frames of 10 ms.

    Faint frames come and go with the noise and with where speech is thought to begin, and would move the mean with
    them. The gate comes down from the loudest frames, so that it ends at the same place whatever lies below it.
    """
    reach = 10.0 ** (-GATE_DB / 10.0)
    gate = float(np.percentile(power[mask], 99)) * reach
    gated = mask & (power >= gate)
    for _ in range(20):
        lower = float(power[gated].mean()) * reach
        wider = mask & (power >= lower)
        if lower >= gate or (wider == gated).all():
            break
        gate, gated = lower, wider
    return np.asarray(gated)


def speech_level(a_weighted: Track, mask: Mask, room: Mask) -> float:
    """Mean A-weighted power of the speech's loud frames less the room's, dB re full scale."""
    speech = np.maximum(a_weighted.astype(np.float64) - room_power(a_weighted, room), 0.0)
    return decibels_of(float(speech[loud_frames(speech, mask)].mean()))


def noise_floor(band_power: Track, room: Mask) -> float | None:
    """Mean power of the room (80-4000 Hz), dB re full scale; None where there is too little of it."""
    if room.sum() < LEAST_NOISE_FRAMES:
        return None
    return decibels_of(room_power(band_power, room))


def alpha(low_band: Track, high_band: Track, voiced: Mask, room: Mask) -> float | None:
    """Level in 1-3 kHz less that in 300-1000 Hz over the voiced frames, each less the room's; dB."""
    if voiced.sum() < LEAST_VOICED_FRAMES:
        return None
    low = float(low_band[voiced].mean(dtype=np.float64)) - room_power(low_band, room)
    high = float(high_band[voiced].mean(dtype=np.float64)) - room_power(high_band, room)
    if low <= 0.0 or high <= 0.0:
        return None
    return decibels_of(high) - decibels_of(low)


def effort_index(pitch_semitones: float | None, alpha_change_db: float | None) -> float | None:
    """Half the pitch's rise over 1.45 semitones and half the spectrum's over 2 dB, against the own calm."""
    if pitch_semitones is None or alpha_change_db is None:
        return None
    return 0.5 * (pitch_semitones / EFFORT_PITCH_SEMITONES + alpha_change_db / EFFORT_ALPHA_DB)
