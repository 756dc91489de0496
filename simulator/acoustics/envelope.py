"""The energy of the syllables' nuclei (200-1000 Hz) in 5 ms steps."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from simulator.acoustics.pcm import RATE_HZ, Samples

STEP_S = 0.005
BAND_HZ = (200.0, 1000.0)
BLOCK = 3200
_FFT = 4096
OVERLAP = _FFT - BLOCK
_TAPS = 641
_DECIMATION = 16
_BINS = _FFT // _DECIMATION
DELAY = (_TAPS - 1) // 2
BLOCK_STEPS = round(BLOCK / RATE_HZ / STEP_S)
DELAY_STEPS = round(DELAY / RATE_HZ / STEP_S)


class NucleusEnvelope:
    """Band-pass and squared envelope by one FFT a block (overlap-save, the band moved to zero and thinned to 1 kHz).

    The envelope is that of the analytic signal, so it has no ripple at twice the fundamental's frequency.
    """

    def __init__(self) -> None:
        times = (np.arange(_TAPS) - DELAY) / RATE_HZ
        half_hz = (BAND_HZ[1] - BAND_HZ[0]) / 2
        centre_hz = (BAND_HZ[1] + BAND_HZ[0]) / 2
        low_pass = 2 * half_hz / RATE_HZ * np.sinc(2 * half_hz * times) * np.hanning(_TAPS + 2)[1:-1]
        response = np.fft.fft(low_pass * np.exp(2j * np.pi * centre_hz * times), _FFT)
        first = round(centre_hz * _FFT / RATE_HZ) - _BINS // 2
        self._bins = slice(first, first + _BINS)
        self._response = (np.sqrt(2.0) * response[self._bins] / _DECIMATION).astype(np.complex64)

    def analyse(self, sound: Samples) -> NDArray[np.float32]:
        """`sound`: OVERLAP samples of before, then BLOCK new ones. Returns mean band power re full scale per step,
        (BLOCK_STEPS,); the first step begins DELAY samples before the first new sample."""
        band = np.fft.ifft(np.fft.rfft(sound, _FFT)[self._bins] * self._response)
        fresh = band[OVERLAP // _DECIMATION :]
        power = np.square(fresh.real) + np.square(fresh.imag)
        return np.asarray(power.reshape(BLOCK_STEPS, -1).mean(axis=1), dtype=np.float32)
