"""A person's calm voice over one headset, and whether it still holds."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from simulator.acoustics import level as levels
from simulator.acoustics.heard import heard_in
from simulator.acoustics.pace import counted_in_words
from simulator.acoustics.pcm import as_mono
from simulator.acoustics.syllables import pace_of_sound
from simulator.acoustics.tracks import TrackMaker
from simulator.acoustics.voice import pitch_of, steadiness_of
from simulator.domain.errors import BadInputError
from simulator.domain.measures import Baseline, CalibrationDrift, VoiceMeasures
from simulator.domain.utterance import Word

LEAST_CALM_SPEECH_S = 5.0
MOVED_DB = 4.0
LOUDER_ROOM_DB = 6.0
STILL_EFFORT = 1.0


def calibrate(
    samples: NDArray[np.float32],
    device: str = "",
    *,
    provisional: bool = False,
    words: Sequence[Word] = (),
    language: str = "",
) -> Baseline:
    """A baseline from calm speech, 16 kHz mono float32, shape (n,).

    `words` (known, because they were read out, or recognised) give the calm pace in syllables; without them a pace
    from words is later compared by its sound. Raises BadInputError where there is too little speech, it clips, or
    what is heard does not sound like a voice.
    """
    maker = TrackMaker()
    maker.feed(as_mono(samples))
    tracks = maker.finish()
    heard = heard_in(tracks)
    if heard is None or heard.speech_s < LEAST_CALM_SPEECH_S:
        found = heard.speech_s if heard is not None else 0.0
        raise BadInputError(
            f"Only {found:.1f} s of speech could be heard; {LEAST_CALM_SPEECH_S:.0f} s are needed.",
            "Speak calmly for 15 seconds, close to the microphone.",
        )
    if tracks.clipped_share > levels.CLIPPED_SHARE:
        raise BadInputError("The microphone is turned up too far: the sound clips.", "Turn its level down, try again.")
    pitch = pitch_of(heard, None)
    if pitch.median_hz is None:
        raise BadInputError("No voice could be heard, only noise.", "Speak aloud and calmly, do not whisper.")
    sound = pace_of_sound(tracks.nucleus_db, heard.within)
    steadiness = steadiness_of(tracks, heard)
    counted = counted_in_words(words, language)
    return Baseline(
        level_dba_fs=levels.speech_level(tracks.a_weighted, heard.within, heard.room),
        articulation_rate_syl_per_s=counted / heard.speech_s if counted else None,
        pitch_median_hz=pitch.median_hz,
        alpha_db=levels.alpha(tracks.low_band, tracks.high_band, heard.voiced, heard.room),
        noise_dbfs=levels.noise_floor(tracks.speech_band, heard.room),
        speech_s=heard.speech_s,
        device=device,
        provisional=provisional,
        sound_rate_syl_per_s=sound.rate_syl_per_s if sound is not None else None,
        pitch_spread_semitones=steadiness.pitch_spread_semitones,
        level_spread_db=steadiness.level_spread_db,
    )


def drift_since(baseline: Baseline, measures: VoiceMeasures) -> CalibrationDrift:
    """What has changed since the calibration besides the voice itself.

    The gain has moved when speech and room moved alike while the effort did not, or when level and effort
    contradict each other. The room is louder when only its noise rose.
    """
    level, room = measures.level.relative_to_calm_db, _difference(measures.level.noise_dbfs, baseline.noise_dbfs)
    effort = measures.effort
    gain = None
    if level is not None and abs(level) >= MOVED_DB and effort.index is not None:
        alike = room is not None and abs(room - level) < MOVED_DB / 2 and abs(effort.index) < STILL_EFFORT
        if alike or effort.agrees_with_level is False:
            gain = level - 3.5 * effort.index if not alike else level
    louder = None
    if room is not None and room - (gain or 0.0) >= LOUDER_ROOM_DB:
        louder = room - (gain or 0.0)
    return CalibrationDrift(gain_db=gain, room_db=louder)


def _difference(now: float | None, then: float | None) -> float | None:
    return None if now is None or then is None else now - then
