"""Whether the microphone hears what the headphones play: an echo, or our own output itself."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from simulator.ports import CAPTURE_RATE_HZ, Clip, Samples

ECHO = 0.5
OWN_OUTPUT = 0.95
SEARCH_S = 0.3
LEAST_S = 0.5
QUIETEST = 1e-4


def likeness(heard: Samples, clip: Clip, clip_from_s: float) -> float | None:
    """How alike the recording and the clip are, 0 to 1: the peak of their normalised correlation.

    `heard` is 16 kHz mono, its first sample recorded when the clip was at about `clip_from_s`; a shift of up to 0.3 s
    either way is searched. A copy gives nearly 1, an echo in a room about a half, a headset next to nothing. None
    where there is too little sound to tell.
    """
    count = len(heard)
    played = _at_capture_rate(clip, clip_from_s - SEARCH_S, count / CAPTURE_RATE_HZ + 2 * SEARCH_S)
    if count < LEAST_S * CAPTURE_RATE_HZ or _rms(played) < QUIETEST:
        return None
    sound = heard.astype(np.float64) - float(np.mean(heard))
    if _rms(sound) < QUIETEST:
        return 0.0
    size = 1 << (len(played) + count).bit_length()
    product = np.fft.irfft(np.fft.rfft(played, size) * np.conj(np.fft.rfft(sound, size)), size)
    shifts = product[: len(played) - count + 1]
    energies = np.concatenate([[0.0], np.cumsum(np.square(played))])
    windows = energies[count:] - energies[:-count]
    norms = np.sqrt(np.maximum(windows[: len(shifts)], 1e-9) * float(np.sum(np.square(sound))))
    loud = windows[: len(shifts)] > count * QUIETEST**2
    return float(min(1.0, np.max(np.abs(shifts[loud] / norms[loud])))) if loud.any() else None


def _at_capture_rate(clip: Clip, start_s: float, duration_s: float) -> NDArray[np.float64]:
    """A stretch of the clip at 16 kHz, with silence beyond its ends. Straight lines between samples will do here."""
    times = start_s + np.arange(round(duration_s * CAPTURE_RATE_HZ)) / CAPTURE_RATE_HZ
    own = np.arange(len(clip.samples)) / clip.rate_hz
    if not len(own):
        return np.zeros(len(times))
    return np.asarray(np.interp(times, own, clip.samples.astype(np.float64), left=0.0, right=0.0))


def _rms(sound: NDArray[np.float64]) -> float:
    return float(np.sqrt(np.mean(np.square(sound)))) if len(sound) else 0.0
