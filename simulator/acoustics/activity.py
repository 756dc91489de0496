"""Speech or not: over a whole reply by its own loud and quiet parts, and live, as the sound arrives."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from simulator.acoustics.pcm import FRAME_S, HOP, Batcher, Mask, Numbers, Samples, Track, as_mono, decibels
from simulator.acoustics.spectrum import BATCH_FRAMES, BATCH_LENGTH, LEAD_IN, FrameSpectrum
from simulator.domain.turn import Span

SHORTEST_PAUSE_S = 0.25
SHORTEST_SPEECH_S = 0.06
ABOVE_NOISE_DB = 5.0
BELOW_SPEECH_DB = 30.0
LEAST_RANGE_DB = 12.0
DIGITAL_SILENCE_DBFS = -100.0
SHORTEST_SOUND_FRAMES = 10
MARGIN_FRAMES = 30
# Gaussian of 20 ms, of which the frames' own window already is 5.7 ms.
_SMOOTHING_FRAMES = float(np.sqrt(0.020**2 - 0.0057**2)) / FRAME_S


def smooth(power: Track, sigma_frames: float) -> Numbers:
    """Gaussian over frames, edges repeated; same shape."""
    reach = int(np.ceil(4 * sigma_frames))
    kernel = np.exp(-0.5 * np.square(np.arange(-reach, reach + 1) / sigma_frames))
    kernel /= kernel.sum()
    return np.convolve(np.pad(power.astype(np.float64), reach, mode="edge"), kernel, mode="valid")


def speech_mask(band_power: Track) -> Mask | None:
    """Frames (10 ms) of speech from the power in 80-4000 Hz; None where no speech can be measured.

    The threshold lies above the room's level and below that of the loud speech. Loud speech is found among the
    frames that are loud, so that silence before and after a reply does not move it. Smoothing decides where speech
    is, but smears its edges by up to 60 ms: they are moved in to where the unsmoothed level crosses the threshold.
    """
    if len(band_power) < SHORTEST_SOUND_FRAMES:
        return None
    level = decibels(smooth(band_power, _SMOOTHING_FRAMES))
    threshold = _threshold(level)
    if threshold is None:
        return None
    mask = np.asarray(level > threshold)
    sharp = decibels(band_power) > threshold
    for start, end in runs(mask):
        above = np.flatnonzero(sharp[start:end])
        if len(above) == 0:
            mask[start:end] = False
        else:
            mask[start : start + above[0]] = False
            mask[start + above[-1] + 1 : end] = False
    return mask if mask.any() else None


def _threshold(level: Numbers) -> float | None:
    """dB above which a frame counts as speech; None where loud and quiet are too close for one."""
    sounding = level[level > DIGITAL_SILENCE_DBFS]
    if len(sounding) < SHORTEST_SOUND_FRAMES:
        return None
    loud = float(np.percentile(sounding, 99.9))
    for _ in range(2):
        loud = float(np.percentile(sounding[sounding >= loud - BELOW_SPEECH_DB], 90))
    # The room is what lies between and just beside the loud parts; what a recording has before and after does not
    # count, so that silence around speech changes nothing.
    near = np.flatnonzero(level > loud - BELOW_SPEECH_DB)
    quiet = float(np.percentile(level[max(0, near[0] - MARGIN_FRAMES) : near[-1] + 1 + MARGIN_FRAMES], 5))
    if loud - quiet < LEAST_RANGE_DB:
        return None
    return max(quiet + ABOVE_NOISE_DB, loud - BELOW_SPEECH_DB)


def runs(mask: Mask) -> list[tuple[int, int]]:
    """Half-open index ranges where the mask is true."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], mask, [False]]).astype(np.int8)))
    return [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def speech_spans(mask: Mask) -> tuple[Span, ...]:
    """Stretches of speech, joined over gaps shorter than a pause; shorter than 60 ms is a click, not speech."""
    joined: list[list[int]] = []
    for start, end in runs(mask):
        if joined and (start - joined[-1][1]) * FRAME_S < SHORTEST_PAUSE_S:
            joined[-1][1] = end
        else:
            joined.append([start, end])
    return tuple(
        Span(start * FRAME_S, end * FRAME_S) for start, end in joined if (end - start) * FRAME_S >= SHORTEST_SPEECH_S
    )


def pauses_between(speech: Sequence[Span]) -> tuple[Span, ...]:
    """The silences inside a turn: between its stretches of speech."""
    return tuple(Span(a.end_s, b.start_s) for a, b in pairwise(speech))


class LiveActivity:
    """Speech or not, as sound arrives (16 kHz mono float32, blocks of any size): where a turn begins and ends."""

    _ON_DB = 9.0
    _OFF_DB = 5.0
    _ON_FRAMES = 6
    _OFF_FRAMES = 12
    _QUIETEST_DBFS = -70.0
    _FASTEST_RISE_DB = 0.02

    def __init__(self, noise_dbfs: float | None = None) -> None:
        self._spectrum = FrameSpectrum()
        self._batches = Batcher(BATCH_LENGTH, BATCH_FRAMES * HOP, LEAD_IN)
        self._noise_db = max(noise_dbfs, self._QUIETEST_DBFS) if noise_dbfs is not None else None
        self._fed = 0
        self._frames = 0
        self._run = 0
        self._speaking = False
        self._started: float | None = None
        self._last_speech_frame: int | None = None

    def feed(self, samples: NDArray[np.float32]) -> None:
        mono: Samples = as_mono(samples)
        self._fed += len(mono)
        for sound in self._batches.feed(mono):
            for level in decibels(self._spectrum.analyse(sound).bands[:, 0]):
                self._take(float(level))

    def _take(self, level_db: float) -> None:
        if self._noise_db is None:
            self._noise_db = max(min(level_db, -50.0), self._QUIETEST_DBFS)
        above = level_db - self._noise_db
        if above < 0:
            self._noise_db = max(self._noise_db + 0.2 * above, self._QUIETEST_DBFS)
        else:
            self._noise_db += min(self._FASTEST_RISE_DB, above)
        active = above > (self._OFF_DB if self._speaking else self._ON_DB)
        self._frames += 1
        if active == self._speaking:
            self._run = 0
        else:
            self._run += 1
            if self._run >= (self._OFF_FRAMES if self._speaking else self._ON_FRAMES):
                self._speaking = active
                if active and self._started is None:
                    self._started = (self._frames - self._run) * FRAME_S
                self._run = 0
        if self._speaking and active:
            self._last_speech_frame = self._frames

    @property
    def speaking(self) -> bool:
        return self._speaking

    @property
    def speech_started_s(self) -> float | None:
        """When the first speech began, in seconds from the first sample fed; None before any."""
        return self._started

    @property
    def silence_s(self) -> float:
        """How long nobody has spoken, up to the last sample fed."""
        now = self._fed / 16_000
        if self._last_speech_frame is None:
            return now
        return max(0.0, now - self._last_speech_frame * FRAME_S)
