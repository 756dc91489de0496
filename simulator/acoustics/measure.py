"""The whole chain: samples in, measures out; live or all at once, with the same numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.acoustics.activity import pauses_between, speech_mask
from simulator.acoustics.calibration import calibrate as calibrate
from simulator.acoustics.curves import Curves
from simulator.acoustics.heard import Heard, heard_in
from simulator.acoustics.overlap import turn_taking as turn_taking
from simulator.acoustics.pace import pace_of
from simulator.acoustics.pcm import FRAME_S, RATE_HZ, as_mono, decibels, decibels_of
from simulator.acoustics.syllables import pace_of_sound
from simulator.acoustics.tracks import TrackMaker, Tracks
from simulator.acoustics.voice import effort_of, level_of, pitch_of, steadiness_of
from simulator.domain.measures import Baseline, VoiceMeasures
from simulator.domain.utterance import Word

LIVE_LEVEL_S = 0.3
LIVE_PACE_S = 2.0
LIVE_MEMORY_S = 10.0


@dataclass(frozen=True, slots=True)
class LiveReading:
    """For the meters while someone speaks: level (0.3 s window) and pace (2 s window) against the own calm."""

    speaking: bool
    level_db: float | None
    pace_ratio: float | None
    peak_dbfs: float | None


class VoiceMeter:
    """Measures 16 kHz mono float32 as it arrives, in blocks of any size; same numbers as offline.

    It keeps a few numbers per 10 ms, never the sound: about 25 MB for an hour.
    """

    def __init__(self, language: str, baseline: Baseline | None = None) -> None:
        self._language = language
        self._baseline = baseline
        self._maker = TrackMaker()

    def feed(self, samples: NDArray[np.float32]) -> None:
        self._maker.feed(as_mono(samples))

    def reading(self) -> LiveReading:
        """Of the last moments; the newest 0.2 s may not be in it yet."""
        tracks = self._maker.so_far()
        recent = round(LIVE_LEVEL_S / FRAME_S)
        if len(tracks.a_weighted) < recent:
            return LiveReading(False, None, None, None)
        mask = speech_mask(tracks.speech_band[-round(LIVE_MEMORY_S / FRAME_S) :])
        speaking = mask is not None and bool(mask[-recent:].mean() > 0.3)
        calm = self._baseline.level_dba_fs if self._baseline is not None else None
        power = float(tracks.a_weighted[-recent:].mean(dtype=np.float64))
        return LiveReading(
            speaking,
            decibels_of(power) - calm if speaking and calm is not None else None,
            self._live_pace(tracks) if speaking else None,
            decibels_of(float(tracks.peak[-recent:].max()) ** 2),
        )

    def _live_pace(self, tracks: Tracks) -> float | None:
        calm = self._baseline.sound_rate_syl_per_s if self._baseline is not None else None
        frames = round(LIVE_PACE_S / FRAME_S)
        mask = speech_mask(tracks.speech_band[-frames:])
        if not calm or mask is None or mask.sum() * FRAME_S < 0.5 * LIVE_PACE_S:
            return None
        pace = pace_of_sound(tracks.nucleus_db[-2 * frames :], mask)
        return pace.rate_syl_per_s / calm if pace is not None else None

    def finish(self, words: Sequence[Word] = ()) -> VoiceMeasures:
        """Spans and word times in seconds from the first sample fed. Feed nothing after it."""
        tracks = self._maker.finish()
        heard = heard_in(tracks)
        level = level_of(tracks, heard, self._baseline)
        duration_s = tracks.samples / RATE_HZ
        if heard is None:
            return VoiceMeasures(duration_s, level=level)
        pitch = pitch_of(heard, self._baseline)
        return VoiceMeasures(
            duration_s=duration_s,
            speech_s=heard.speech_s,
            pace=pace_of(tracks, heard, self._language, self._baseline, words, duration_s),
            level=level,
            pitch=pitch,
            effort=effort_of(tracks, heard, pitch, level, self._baseline),
            steadiness=steadiness_of(tracks, heard),
            speech=heard.spans,
            pauses=pauses_between(heard.spans),
        )

    def curves(self) -> Curves:
        """For pictures, after `finish`."""
        tracks = self._maker.so_far()
        return _curves(tracks, heard_in(tracks))


def _curves(tracks: Tracks, heard: Heard | None) -> Curves:
    pace = pace_of_sound(tracks.nucleus_db, heard.within) if heard is not None else None
    return Curves(
        peak=tracks.peak,
        level_dba=decibels(tracks.a_weighted),
        f0_hz=np.where(heard.voiced, tracks.f0_hz, np.float32(0.0)) if heard is not None else 0.0 * tracks.f0_hz,
        syllables_s=pace.times_s if pace is not None else np.zeros(0),
    )


def measure(
    samples: NDArray[np.float32], language: str, baseline: Baseline | None = None, words: Sequence[Word] = ()
) -> VoiceMeasures:
    """16 kHz mono float32, shape (n,), all at once."""
    meter = VoiceMeter(language, baseline)
    meter.feed(samples)
    return meter.finish(words)


__all__ = ["LiveReading", "VoiceMeter", "calibrate", "measure", "turn_taking"]
