"""Speech or not, live: where a turn begins and ends. By energy above the room, and by voice against clicks."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from simulator.acoustics.pcm import RATE_HZ, Batcher, Numbers, Samples, as_mono, decibels, overlapping

WINDOW = 512
HOP = 256
BATCH = 4
FRAME_S = HOP / RATE_HZ
_FFT = 1024
_BATCH_LENGTH = (BATCH - 1) * HOP + WINDOW
_PITCH_LAGS = slice(RATE_HZ // 500, RATE_HZ // 70)
# One voiced period is enough to be no click; two make sure that a resonance is not taken for a voice.
_VOICED = 0.5
_QUIETEST_DBFS = -75.0
_UNKNOWN_ROOM_DBFS = -45.0
_ROOM_MEMORY = 190
_ROOM_EVERY = 32


class LiveActivity:
    """Speech or not, as sound arrives (16 kHz mono float32, blocks of any size).

    Speech begins with 50 ms of voice 9 dB above the room within 0.3 s, or, once the room is known, with 0.5 s of any
    sound in 0.6 s (a whisper). Keys and clicks are neither. While someone speaks, sound 5 dB above the room that is
    voiced or lasts goes on being speech.
    """

    def __init__(self, noise_dbfs: float | None = None) -> None:
        self._batches = Batcher(_BATCH_LENGTH, BATCH * HOP, (WINDOW - HOP) // 2)
        self._window = np.hanning(WINDOW + 1)[:-1].astype(np.float32)
        frequencies = np.fft.rfftfreq(_FFT, 1 / RATE_HZ)
        in_band = (frequencies >= 80.0) & (frequencies < 4000.0)
        scale = 2.0 / (_FFT * float(np.sum(np.square(self._window))))
        self._band = np.where(in_band, scale, 0.0).astype(np.float32)
        own = np.fft.irfft(np.square(np.abs(np.fft.rfft(self._window, _FFT))))
        self._correction = (own[0] / own[_PITCH_LAGS]).astype(np.float32)
        self._room_db = _QUIETEST_DBFS if noise_dbfs is None else max(noise_dbfs, _QUIETEST_DBFS)
        self._room_known = self._room_sure = noise_dbfs is not None
        self._fed = 0
        self._frames = 0
        self._levels: list[float] = []
        self._sounding: list[bool] = []
        self._voiced: list[bool] = []
        self._speaking = False
        self._started_frame: int | None = None
        self._last_frame: int | None = None

    def feed(self, samples: NDArray[np.float32]) -> None:
        mono: Samples = as_mono(samples)
        self._fed += len(mono)
        for sound in self._batches.feed(mono):
            self._take(sound)

    def _take(self, sound: Samples) -> None:
        frames = overlapping(sound, BATCH, WINDOW, HOP)
        frames = (frames - frames.mean(axis=1, keepdims=True)) * self._window
        spectrum = np.fft.rfft(frames, _FFT, axis=1)
        power = np.square(spectrum.real) + np.square(spectrum.imag)
        levels = decibels(power @ self._band)
        voiced = self._is_voiced(power) if levels.max() > self._room_db + 5.0 else np.zeros(BATCH, dtype=bool)
        for level, has_voice in zip(levels.tolist(), voiced.tolist(), strict=True):
            self._step(level, has_voice)

    def _is_voiced(self, power: NDArray[np.float32]) -> NDArray[np.bool_]:
        correlation = np.fft.irfft((power * (self._band > 0)).astype(np.complex64), _FFT, axis=1)
        best: Numbers = (correlation[:, _PITCH_LAGS] * self._correction).max(axis=1)
        return np.asarray(best > _VOICED * np.maximum(correlation[:, 0], 1e-9))

    def _step(self, level_db: float, voiced: bool) -> None:
        self._follow_room(level_db)
        above = level_db - self._room_db
        self._frames += 1
        self._sounding.append(above > (5.0 if self._speaking else 9.0))
        self._voiced.append(voiced and self._sounding[-1])
        del self._sounding[:-38], self._voiced[:-38]
        if not self._speaking:
            self._seek_beginning()
        elif self._goes_on():
            self._last_frame = self._frames
        elif self._last_frame is not None and self._frames - self._last_frame > 12:
            self._speaking = False
            # What was judged already must not begin another stretch.
            self._sounding.clear()
            self._voiced.clear()

    def _follow_room(self, level_db: float) -> None:
        """Down at once; up to what the last three seconds hardly ever fell below, for even fast talk has gaps."""
        if not self._room_known:
            self._room_known = True
            self._room_db = max(min(level_db, _UNKNOWN_ROOM_DBFS), _QUIETEST_DBFS)
        if level_db < self._room_db:
            self._room_db = max(self._room_db + 0.3 * (level_db - self._room_db), _QUIETEST_DBFS)
        self._levels.append(level_db)
        if self._frames % _ROOM_EVERY == 0 and len(self._levels) >= _ROOM_MEMORY // 2:
            del self._levels[:-_ROOM_MEMORY]
            if not self._room_sure:
                self._room_sure = True
                self._sounding.clear()
                self._voiced.clear()
            self._room_db = max(self._room_db, float(np.percentile(self._levels, 5)))

    def _seek_beginning(self) -> None:
        recent = self._voiced[-19:]
        if sum(recent) >= 3:
            self._begin(self._first_of_run(19))
        elif self._room_sure and sum(self._sounding[-38:]) >= 32:
            self._begin(self._first_of_run(38))

    def _first_of_run(self, reach: int) -> int:
        """The frame where the sound that leads up to now began, over gaps of at most three frames."""
        first, gap = len(self._sounding) - 1, 0
        for index in range(len(self._sounding) - 1, max(-1, len(self._sounding) - 1 - reach), -1):
            if self._sounding[index]:
                first, gap = index, 0
            else:
                gap += 1
                if gap > 3 and any(self._voiced[first:]):
                    break
        return self._frames - len(self._sounding) + first

    def _begin(self, frame: int) -> None:
        self._speaking = True
        self._last_frame = self._frames
        if self._started_frame is None:
            self._started_frame = frame

    def _goes_on(self) -> bool:
        """Voice, or a sound that has lasted for 80 ms (a fricative), not a click."""
        return self._voiced[-1] or (len(self._sounding) >= 5 and all(self._sounding[-5:]))

    @property
    def speaking(self) -> bool:
        return self._speaking

    @property
    def speech_started_s(self) -> float | None:
        """When the first speech began, in seconds from the first sample fed; None before any."""
        return None if self._started_frame is None else self._started_frame * FRAME_S

    @property
    def silence_s(self) -> float:
        """How long nobody has spoken, up to the last sample fed."""
        now = self._fed / RATE_HZ
        return now if self._last_frame is None else max(0.0, now - self._last_frame * FRAME_S)
