"""A limiter between the customer and the ear: however furious, never louder than a loud conversation."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from simulator.ports import Samples

PEAK_CEILING = 10 ** (-6 / 20)
LOUDNESS_CEILING = 10 ** (-16 / 20)
WINDOW_S = 0.125
LOOK_AHEAD_S = 0.005
FADE_S = 0.003


def protect_hearing(samples: Samples, rate_hz: int) -> Samples:
    """The same sound, turned down where its peaks pass -6 dBFS or its level over 125 ms passes -16 dBFS RMS.

    Mono float32, same shape. The gain moves smoothly, begins to fall 5 ms before a peak, and is never above 1.
    What is no number becomes silence.
    """
    if not len(samples):
        return samples
    sound = np.nan_to_num(samples.astype(np.float64), nan=0.0, posinf=1.0, neginf=-1.0)
    rms = np.sqrt(_mean_over(np.square(sound), max(1, round(WINDOW_S * rate_hz))))
    wanted = np.minimum(1.0, LOUDNESS_CEILING / np.maximum(rms, 1e-9))
    reach = max(1, round(LOOK_AHEAD_S * rate_hz))
    peak_gain = np.minimum(1.0, PEAK_CEILING / np.maximum(np.abs(sound * wanted), 1e-9))
    gain = wanted * _mean_over(_least_near(peak_gain, reach), reach)
    limited = np.clip(sound * gain, -PEAK_CEILING, PEAK_CEILING)
    return np.asarray(limited * _edges(len(limited), rate_hz), np.float32)


def _mean_over(values: NDArray[np.float64], width: int) -> NDArray[np.float64]:
    """Centred moving mean, edges repeated; same length."""
    before, after = width // 2, width - 1 - width // 2
    padded = np.pad(values, (before, after), mode="edge")
    total = np.concatenate([[0.0], np.cumsum(padded)])
    return np.asarray(np.maximum(0.0, (total[width:] - total[:-width]) / width))


def _least_near(values: NDArray[np.float64], reach: int) -> NDArray[np.float64]:
    """The smallest value within `reach` samples on both sides; doubling windows keep it linear in the length."""
    width, least = 1, np.pad(values, reach, mode="edge")
    full = 2 * reach + 1
    while width < full:
        step = min(width, full - width)
        least = np.minimum(least[:-step], least[step:])
        width += step
    return least


def _edges(count: int, rate_hz: int) -> NDArray[np.float64]:
    """Fades of 3 ms at both ends, so that no clip begins or ends with a click."""
    fade = min(count // 2, round(FADE_S * rate_hz))
    edges = np.ones(count)
    if fade:
        ramp = np.linspace(0.0, 1.0, fade, endpoint=False)
        edges[:fade], edges[-fade:] = ramp, ramp[::-1]
    return edges
