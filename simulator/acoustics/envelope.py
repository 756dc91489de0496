"""The level in nine bands from 200 to 2000 Hz in 5 ms steps, where syllables show in quiet and in noise."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from simulator.acoustics.pcm import RATE_HZ, Samples, decibels, overlapping

STEP_S = 0.005
STEP = round(STEP_S * RATE_HZ)
WINDOW = 320
BATCH_STEPS = 40
LEAD_IN = WINDOW // 2 - STEP // 2
BATCH_LENGTH = (BATCH_STEPS - 1) * STEP + WINDOW
BAND_EDGES_HZ = (200.0, 300.0, 400.0, 500.0, 640.0, 800.0, 1000.0, 1250.0, 1600.0, 2000.0)
BANDS = len(BAND_EDGES_HZ) - 1
_FFT = 512


class NucleusBands:
    """20 ms Hann windows every 5 ms; step t is centred at (t + 0.5) x 5 ms."""

    def __init__(self) -> None:
        self._window = np.hanning(WINDOW + 1)[:-1].astype(np.float32)
        frequencies = np.fft.rfftfreq(_FFT, 1 / RATE_HZ)
        self._first = int(np.searchsorted(frequencies, BAND_EDGES_HZ[0]))
        self._last = int(np.searchsorted(frequencies, BAND_EDGES_HZ[-1]))
        band = np.searchsorted(BAND_EDGES_HZ, frequencies[self._first : self._last], side="right") - 1
        weights = np.zeros((self._last - self._first, BANDS), dtype=np.float32)
        weights[np.arange(len(band)), band] = 2.0 / (_FFT * float(np.sum(np.square(self._window))))
        self._weights = weights

    def analyse(self, sound: Samples) -> NDArray[np.float16]:
        """`sound`: (BATCH_LENGTH,). Returns dB re full scale, (BATCH_STEPS, BANDS); 16-bit floats (0.06 dB) because an
        hour has 6.5 million of them."""
        frames = overlapping(sound, BATCH_STEPS, WINDOW, STEP)
        spectrum = np.fft.rfft(frames * self._window, _FFT, axis=1)[:, self._first : self._last]
        power = np.square(spectrum.real) + np.square(spectrum.imag)
        return decibels(power @ self._weights).astype(np.float16)
