"""The whole chain: samples in, measures out; live or all at once, with the same numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.acoustics import level as levels
from simulator.acoustics.activity import pauses_between, speech_mask, speech_spans
from simulator.acoustics.overlap import turn_taking as turn_taking
from simulator.acoustics.pcm import FRAME_S, RATE_HZ, Mask, as_mono, decibels_of
from simulator.acoustics.syllables import SoundPace, pace_of_sound
from simulator.acoustics.tracks import TrackMaker, Tracks
from simulator.acoustics.word_syllables import syllables_in
from simulator.domain.errors import BadInputError
from simulator.domain.measures import (
    Baseline,
    Confidence,
    Effort,
    Level,
    Pace,
    PaceRoute,
    Pitch,
    Steadiness,
    VoiceMeasures,
)
from simulator.domain.turn import Span
from simulator.domain.utterance import CONFIDENT_WORD, Word

LEAST_VOICED_FRAMES = 50
LEAST_PACE_SPEECH_S = 4.0
LEAST_LEVEL_SPEECH_S = 3.0
LEAST_CALM_SPEECH_S = 5.0
_LEVEL_WINDOW_S = 0.3
_PACE_WINDOW_S = 2.0


@dataclass(frozen=True, slots=True)
class LiveReading:
    """For the meters while someone speaks: level (0.3 s window) and pace (2 s window) against the own calm."""

    speaking: bool
    level_db: float | None
    pace_ratio: float | None
    peak_dbfs: float | None


class VoiceMeter:
    """Measures 16 kHz mono float32 as it arrives, in blocks of any size; same numbers as offline."""

    def __init__(self, language: str, baseline: Baseline | None = None) -> None:
        self._language = language
        self._baseline = baseline
        self._maker = TrackMaker()

    def feed(self, samples: NDArray[np.float32]) -> None:
        self._maker.feed(as_mono(samples))

    def reading(self) -> LiveReading:
        tracks = self._maker.so_far()
        recent = round(_LEVEL_WINDOW_S / FRAME_S)
        if len(tracks.a_weighted) < recent:
            return LiveReading(False, None, None, None)
        power = float(tracks.a_weighted[-recent:].mean())
        now = decibels_of(power)
        mask = speech_mask(tracks.speech_band[-round(10 / FRAME_S) :])
        speaking = mask is not None and bool(mask[-recent:].mean() > 0.3)
        calm = self._baseline.level_dba_fs if self._baseline else None
        peak = float(tracks.peak[-recent:].max())
        return LiveReading(
            speaking,
            now - calm if speaking and calm is not None else None,
            self._live_pace(tracks) if speaking else None,
            20 * float(np.log10(max(peak, 1e-6))),
        )

    def _live_pace(self, tracks: Tracks) -> float | None:
        calm = self._baseline.sound_rate_syl_per_s if self._baseline else None
        frames = round(_PACE_WINDOW_S / FRAME_S)
        band = tracks.speech_band[-frames:]
        steps = tracks.nucleus_db[-2 * frames :]
        mask = speech_mask(band)
        if calm is None or mask is None or mask.sum() * FRAME_S < 0.5 * _PACE_WINDOW_S:
            return None
        pace = pace_of_sound(steps, mask)
        return pace.rate_syl_per_s / calm if pace else None

    def finish(self, words: Sequence[Word] = ()) -> VoiceMeasures:
        """Spans and word times in seconds from the first sample fed."""
        return _measured(self._maker.finish(), self._language, self._baseline, words)


def measure(
    samples: NDArray[np.float32], language: str, baseline: Baseline | None = None, words: Sequence[Word] = ()
) -> VoiceMeasures:
    """16 kHz mono float32, shape (n,), all at once."""
    meter = VoiceMeter(language, baseline)
    meter.feed(samples)
    return meter.finish(words)


def calibrate(samples: NDArray[np.float32], device: str = "", *, provisional: bool = False) -> Baseline:
    """A baseline from calm speech. Raises BadInputError where there is too little speech, or it clips."""
    maker = TrackMaker()
    maker.feed(as_mono(samples))
    tracks = maker.finish()
    heard = _Heard.of(tracks)
    if heard is None or heard.speech_s < LEAST_CALM_SPEECH_S:
        found = heard.speech_s if heard else 0.0
        raise BadInputError(
            f"Only {found:.1f} s of speech could be heard; {LEAST_CALM_SPEECH_S:.0f} s are needed.",
            "Speak calmly for 15 seconds, close to the microphone.",
        )
    if tracks.clipped_share > levels.CLIPPED_SHARE:
        raise BadInputError("The microphone is turned up too far: the sound clips.", "Turn its level down, try again.")
    level, _ = levels.gated_level(tracks.a_weighted, heard.mask)
    pitch = _pitch(heard.f0_hz, None)
    pace = pace_of_sound(tracks.nucleus_db, heard.within)
    steadiness = _steadiness(tracks, heard)
    return Baseline(
        level_dba_fs=level,
        articulation_rate_syl_per_s=None,
        pitch_median_hz=pitch.median_hz,
        alpha_db=levels.alpha(tracks.low_band, tracks.high_band, heard.voiced),
        noise_dbfs=levels.noise_floor(tracks.speech_band, heard.mask),
        speech_s=heard.speech_s,
        device=device,
        provisional=provisional,
        sound_rate_syl_per_s=pace.rate_syl_per_s if pace else None,
        pitch_spread_semitones=steadiness.pitch_spread_semitones,
        level_spread_db=steadiness.level_spread_db,
    )


@dataclass(frozen=True, slots=True)
class _Heard:
    """Where speech is in a sound, and where it is voiced."""

    mask: Mask
    within: Mask
    voiced: Mask
    f0_hz: NDArray[np.float64]
    spans: tuple[Span, ...]
    speech_s: float

    @staticmethod
    def of(tracks: Tracks) -> _Heard | None:
        mask = speech_mask(tracks.speech_band)
        if mask is None:
            return None
        spans = speech_spans(mask)
        if not spans:
            return None
        within = np.zeros_like(mask)
        for span in spans:
            within[round(span.start_s / FRAME_S) : round(span.end_s / FRAME_S)] = True
        voiced = within & mask & (tracks.f0_hz > 0)
        speech_s = float(within.sum()) * FRAME_S
        return _Heard(within & mask, within, voiced, tracks.f0_hz[voiced].astype(np.float64), spans, speech_s)


def _measured(tracks: Tracks, language: str, baseline: Baseline | None, words: Sequence[Word]) -> VoiceMeasures:
    duration_s = tracks.samples / RATE_HZ
    heard = _Heard.of(tracks)
    if heard is None:
        level = _level(tracks, None, None)
        return VoiceMeasures(duration_s, level=level)
    level = _level(tracks, heard, baseline)
    pitch = _pitch(heard.f0_hz, baseline)
    sound = pace_of_sound(tracks.nucleus_db, heard.within)
    return VoiceMeasures(
        duration_s=duration_s,
        speech_s=heard.speech_s,
        pace=_pace(sound, heard, duration_s, language, baseline, words),
        level=level,
        pitch=pitch,
        effort=_effort(tracks, heard, pitch, level, baseline),
        steadiness=_steadiness(tracks, heard),
        speech=heard.spans,
        pauses=pauses_between(heard.spans),
    )


def _level(tracks: Tracks, heard: _Heard | None, baseline: Baseline | None) -> Level:
    clipped = tracks.clipped_share > levels.CLIPPED_SHARE
    peak = 20 * float(np.log10(tracks.loudest)) if tracks.loudest > 0 else None
    noise = levels.noise_floor(tracks.speech_band, heard.mask if heard else None)
    if heard is None:
        return Level(peak_dbfs=peak, clipped=clipped, noise_dbfs=noise)
    speech, _ = levels.gated_level(tracks.a_weighted, heard.mask)
    calm = baseline.level_dba_fs if baseline else None
    confident = not clipped and heard.speech_s >= LEAST_LEVEL_SPEECH_S
    return Level(
        speech_dba_fs=speech,
        relative_to_calm_db=None if calm is None or clipped else speech - calm,
        peak_dbfs=peak,
        clipped=clipped,
        noise_dbfs=noise,
        confidence=Confidence.HIGH if confident else Confidence.LOW,
        noise_db=1.2 * float(np.sqrt(3.0 / max(heard.speech_s, 0.3))),
    )


def _pitch(f0_hz: NDArray[np.float64], baseline: Baseline | None) -> Pitch:
    if len(f0_hz) < LEAST_VOICED_FRAMES:
        return Pitch(voiced_frames=len(f0_hz))
    median = float(np.median(f0_hz))
    low, high = np.percentile(f0_hz, [5, 95])
    calm = baseline.pitch_median_hz if baseline else None
    return Pitch(
        median_hz=median,
        range_semitones=float(12 * np.log2(high / low)),
        voiced_frames=len(f0_hz),
        relative_to_calm_semitones=float(12 * np.log2(median / calm)) if calm else None,
        confidence=Confidence.HIGH,
        noise_semitones=float(2.0 / np.sqrt(len(f0_hz) / 50)),
    )


def _effort(tracks: Tracks, heard: _Heard, pitch: Pitch, level: Level, baseline: Baseline | None) -> Effort:
    alpha = levels.alpha(tracks.low_band, tracks.high_band, heard.voiced)
    if baseline is None or alpha is None or baseline.alpha_db is None:
        return Effort()
    index = levels.effort_index(pitch.relative_to_calm_semitones, alpha - baseline.alpha_db)
    if index is None:
        return Effort()
    agrees = None
    if level.relative_to_calm_db is not None:
        agrees = abs(level.relative_to_calm_db - 4.0 * index) < 8.0
    return Effort(index, agrees, Confidence.HIGH)


def _steadiness(tracks: Tracks, heard: _Heard) -> Steadiness:
    second = round(1 / FRAME_S)
    windows = [
        decibels_of(float(tracks.a_weighted[at : at + second][heard.mask[at : at + second]].mean(dtype=np.float64)))
        for at in range(0, len(heard.mask) - second + 1, second)
        if heard.mask[at : at + second].sum() >= second // 2
    ]
    spread = float(np.std(windows)) if len(windows) >= 3 else None
    enough = len(heard.f0_hz) >= LEAST_VOICED_FRAMES
    pitch_spread = float(np.std(12 * np.log2(heard.f0_hz))) if enough else None
    confident = spread is not None and pitch_spread is not None
    return Steadiness(spread, pitch_spread, Confidence.HIGH if confident else Confidence.NONE)


def _pace(
    sound: SoundPace | None,
    heard: _Heard,
    duration_s: float,
    language: str,
    baseline: Baseline | None,
    words: Sequence[Word],
) -> Pace:
    counts = [syllables_in(word.text, language) for word in words]
    known = [c for c in counts if c is not None]
    sure = all(w.confidence is None or w.confidence >= CONFIDENT_WORD for w in words)
    syllables: int | None
    if known and len(known) == len(counts):
        syllables, route = sum(known), PaceRoute.WORDS
    elif sound is not None:
        syllables, route, sure = round(sound.rate_syl_per_s * heard.speech_s), PaceRoute.SOUND, True
    else:
        return Pace()
    if heard.speech_s < LEAST_PACE_SPEECH_S:
        return Pace(syllables=syllables, route=route)
    rate = sound.rate_syl_per_s if route is PaceRoute.SOUND and sound else syllables / heard.speech_s
    relative = None
    if route is PaceRoute.WORDS and baseline and baseline.articulation_rate_syl_per_s:
        relative = rate / baseline.articulation_rate_syl_per_s
    elif sound and baseline and baseline.sound_rate_syl_per_s:
        relative = sound.rate_syl_per_s / baseline.sound_rate_syl_per_s
    return Pace(
        syllables=syllables,
        articulation_rate_syl_per_s=rate,
        speech_rate_syl_per_s=syllables / duration_s,
        words_per_minute=60 * len(words) / duration_s if words else None,
        route=route,
        confidence=Confidence.HIGH if sure else Confidence.LOW,
        relative_to_calm=relative,
        noise_relative=0.31 / float(np.sqrt(heard.speech_s)),
    )


__all__ = ["LiveReading", "VoiceMeter", "calibrate", "measure", "turn_taking"]
