"""What anger adds to a synthetic voice: level, compression, a flatter spectrum, a rough edge. numpy only, pure."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float32]

HIGHEST_PEAK = 0.95
_FRAME_S = 0.01
_SPEECH_BELOW_PEAK_DB = 40.0
# Modulation near 70 Hz is heard as roughest (Fastl and Zwicker, Psychoacoustics, chapter 11).
_ROUGH_HZ = 70.0
_ROUGH_DEPTH = 0.3
_TILT_DB_PER_OCTAVE = 4.0
_TILT_FROM_HZ = 500.0
_TILT_TO_HZ = 4000.0
_COMPRESSION_RATIO_ADDED = 3.0
_MOST_GAIN_DB = 12.0


def harden(samples: Samples, rate_hz: int, roughness: float) -> Samples:
    """Make a voice harsher: shape (n,) in, the same shape out; roughness 0 (unchanged) to 1.

    Lifts the spectrum above 500 Hz by up to 4 dB an octave (raised voices have flatter spectra: Traunmüller and
    Eriksson 2000), evens out the level by up to 4:1, and modulates at 70 Hz by up to 30 %.
    """
    if roughness <= 0 or len(samples) == 0 or not np.any(samples):
        return samples
    tilted = _tilt(samples.astype(np.float64), rate_hz, roughness * _TILT_DB_PER_OCTAVE)
    even = tilted * _compression_gain(tilted, rate_hz, 1 + roughness * _COMPRESSION_RATIO_ADDED)
    time_s = np.arange(len(even)) / rate_hz
    depth = roughness * _ROUGH_DEPTH
    rough = even * (1 - depth / 2 + depth / 2 * np.sin(2 * np.pi * _ROUGH_HZ * time_s))
    return rough.astype(np.float32)


def set_level(samples: Samples, rate_hz: int, level_dbfs: float) -> Samples:
    """Bring the root mean square over the speech to `level_dbfs`; less where a peak would pass 0.95."""
    level = speech_level_dbfs(samples, rate_hz)
    if level is None:
        return samples
    gain = 10 ** ((level_dbfs - level) / 20)
    peak = float(np.max(np.abs(samples)))
    return (samples * min(gain, HIGHEST_PEAK / peak)).astype(np.float32)


def speech_level_dbfs(samples: Samples, rate_hz: int) -> float | None:
    """Root mean square over the 10 ms frames within 40 dB of the loudest, dB re full scale; None for silence."""
    power = _frame_power(samples, rate_hz)
    if len(power) == 0 or power.max() <= 0:
        return None
    return float(10 * np.log10(power[speech_frames(power)].mean()))


def speech_frames(power: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which frames are speech, by their power: within 40 dB of the loudest. For clean synthetic sound only."""
    return np.asarray(power > power.max(initial=0.0) * 10 ** (-_SPEECH_BELOW_PEAK_DB / 10), dtype=np.bool_)


def shift_pitch(samples: Samples, semitones: float) -> Samples:
    """Resample so that it sounds `semitones` higher played at the same rate; the length shrinks by the same ratio.

    The formants move too, so it is meant for a few semitones. Exact (Fourier), shape (n,) to (round(n / ratio),).
    """
    if semitones == 0 or len(samples) == 0:
        return samples
    length = max(1, round(len(samples) / 2 ** (semitones / 12)))
    spectrum = np.fft.rfft(samples)
    bins = length // 2 + 1
    fitted = np.zeros(bins, dtype=np.complex128)
    kept = min(bins, len(spectrum))
    fitted[:kept] = spectrum[:kept]
    return (np.fft.irfft(fitted, length) * (length / len(samples))).astype(np.float32)


def _frame_power(samples: NDArray[np.floating], rate_hz: int) -> NDArray[np.float64]:
    frame = max(1, round(rate_hz * _FRAME_S))
    whole = len(samples) // frame * frame
    return np.asarray(np.mean(samples[:whole].reshape(-1, frame).astype(np.float64) ** 2, axis=1))


def _tilt(samples: NDArray[np.float64], rate_hz: int, db_per_octave: float) -> NDArray[np.float64]:
    padded = 1 << (len(samples) + rate_hz // 10).bit_length()
    hz = np.fft.rfftfreq(padded, 1 / rate_hz)
    octaves = np.log2(np.clip(hz, _TILT_FROM_HZ, _TILT_TO_HZ) / _TILT_FROM_HZ)
    lifted = np.fft.irfft(np.fft.rfft(samples, padded) * 10 ** (db_per_octave * octaves / 20), padded)
    return np.asarray(lifted[: len(samples)])


def _compression_gain(samples: NDArray[np.float64], rate_hz: int, ratio: float) -> NDArray[np.float64]:
    power = _frame_power(samples, rate_hz)
    if len(power) == 0 or power.max() <= 0:
        return np.ones(len(samples))
    smooth = np.convolve(np.pad(power, 2, mode="edge"), np.ones(5) / 5, mode="valid")
    level_db = 10 * np.log10(np.maximum(smooth, 1e-12))
    speech_db = 10 * np.log10(power[speech_frames(power)].mean())
    # Silence between words is left alone: lifting it would only lift the noise of the synthesiser.
    wanted_db = np.where(level_db > speech_db - 30, (speech_db - level_db) * (1 - 1 / ratio), 0.0)
    gain = 10 ** (np.clip(wanted_db, -_MOST_GAIN_DB, _MOST_GAIN_DB) / 20)
    centres = (np.arange(len(gain)) + 0.5) * max(1, round(rate_hz * _FRAME_S))
    return np.asarray(np.interp(np.arange(len(samples)), centres, gain))
