"""One spectrum per 10 ms, from which level, bands and pitch candidates are all read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator.acoustics.pcm import HOP, RATE_HZ, Numbers, Samples, overlapping

WINDOW = 640
BATCH_FRAMES = 20
FFT_SIZE = 1024
LEAD_IN = WINDOW // 2 - HOP // 2
BATCH_LENGTH = (BATCH_FRAMES - 1) * HOP + WINDOW

SPEECH_BAND_HZ = (80.0, 4000.0)
LOW_BAND_HZ = (300.0, 1000.0)
HIGH_BAND_HZ = (1000.0, 3000.0)


def a_weighting(frequencies_hz: Numbers) -> Numbers:
    """Power gain of the A curve (IEC 61672-1), 1.0 at 1 kHz; shape as given."""
    f2 = np.square(frequencies_hz)
    gain = (12194.0**2 * f2**2) / ((f2 + 20.6**2) * np.sqrt((f2 + 107.7**2) * (f2 + 737.9**2)) * (f2 + 12194.0**2))
    at_1_khz = 0.794328234
    return np.asarray(np.square(gain / at_1_khz))


@dataclass(frozen=True, slots=True)
class FrameSpectra:
    """A batch of frames: `power` (frames, 513) of the windowed sound, and `bands` (frames, 4), power re full scale in
    80-4000 Hz, A-weighted, in 300-1000 Hz and in 1-3 kHz."""

    power: NDArray[np.float32]
    bands: NDArray[np.float32]


class FrameSpectrum:
    """40 ms Hann windows every 10 ms; frame t is centred at (t + 0.5) x 10 ms.

    Hann squared at 75 % overlap sums to a constant, so mean band power over frames is the band power of the sound.
    """

    def __init__(self) -> None:
        self.window = np.hanning(WINDOW + 1)[:-1].astype(np.float32)
        frequencies = np.fft.rfftfreq(FFT_SIZE, 1 / RATE_HZ)
        one_sided = np.full(len(frequencies), 2.0)
        one_sided[[0, -1]] = 1.0
        scale = one_sided / (FFT_SIZE * float(np.sum(np.square(self.window, dtype=np.float64))))

        def band(low_hz: float, high_hz: float) -> Numbers:
            return scale * ((frequencies >= low_hz) & (frequencies < high_hz))

        # Padded here once: numpy would pad each frame anew.
        self._padded = np.zeros((BATCH_FRAMES, FFT_SIZE), dtype=np.float32)
        # numpy's type stubs know no transform of 32-bit numbers.
        self._spectrum: NDArray[Any] = np.empty((BATCH_FRAMES, len(frequencies)), dtype=np.complex64)
        self._weights = np.stack(
            [band(*SPEECH_BAND_HZ), scale * a_weighting(frequencies), band(*LOW_BAND_HZ), band(*HIGH_BAND_HZ)], axis=1
        ).astype(np.float32)

    def analyse(self, sound: Samples) -> FrameSpectra:
        """`sound` has shape (BATCH_LENGTH,): BATCH_FRAMES frames."""
        frames = overlapping(sound, BATCH_FRAMES, WINDOW, HOP)
        centred = np.subtract(frames, frames.mean(axis=1, keepdims=True), out=self._padded[:, :WINDOW])
        centred *= self.window
        spectrum = np.fft.rfft(self._padded, axis=1, out=self._spectrum)
        power = np.square(spectrum.real) + np.square(spectrum.imag)
        return FrameSpectra(power, power @ self._weights)
