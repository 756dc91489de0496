"""How fast someone speaks: from the words where they can be trusted, from the sound otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

import numpy as np

from simulator.acoustics.heard import Heard
from simulator.acoustics.pcm import FRAME_S
from simulator.acoustics.syllables import SoundPace, pace_of_sound
from simulator.acoustics.tracks import Tracks
from simulator.acoustics.word_syllables import syllables_in
from simulator.domain.measures import Baseline, Confidence, Pace, PaceRoute
from simulator.domain.utterance import CONFIDENT_WORD, Word

LEAST_SPEECH_S = 4.0
PLAUSIBLE_SYL_PER_S = (1.5, 9.5)
# Measured: how far pieces of one calm reading scatter, as a share at 1 s of speech, the rhythm of what is said included
# (tests/benchmarks/results/measure-noise.md).
SOUND_NOISE_AT_1_S = 0.22
WORDS_NOISE_AT_1_S = 0.20
# Words that the recogniser missed or made up show as a count far from what is heard.
MOST_DISAGREEMENT = 1.35
LEAST_VOICED_SYLLABLES = 0.8


def counted_in_words(words: Sequence[Word], language: str) -> int | None:
    """Syllables of all words; None where there are no words, or the language has no rule."""
    counts = [syllables_in(word.text, language) for word in words]
    known = [count for count in counts if count is not None]
    return sum(known) if known and len(known) == len(counts) else None


def pace_of(
    tracks: Tracks, heard: Heard, language: str, baseline: Baseline | None, words: Sequence[Word], duration_s: float
) -> Pace:
    """Under 4 s of speech the sound gives a count to be pooled but no pace, and words give one of low confidence."""
    sound = pace_of_sound(tracks.nucleus_db, heard.within)
    counted = counted_in_words(words, language)
    trusted = counted is not None and _trusted(words, counted, sound, heard)
    if counted is not None and (trusted or sound is None):
        syllables, route, sure = counted, PaceRoute.WORDS, trusted
        rate = syllables / heard.speech_s
    elif sound is not None:
        rate, route, sure = sound.rate_syl_per_s, PaceRoute.SOUND, _syllables_are_voiced(sound, heard)
        syllables = round(rate * heard.speech_s)
    else:
        return Pace()
    short = heard.speech_s < LEAST_SPEECH_S
    plausible = PLAUSIBLE_SYL_PER_S[0] <= rate <= PLAUSIBLE_SYL_PER_S[1]
    if route is PaceRoute.SOUND and not plausible:
        return Pace()
    if route is PaceRoute.SOUND and short:
        return Pace(syllables=syllables, route=route)
    sure = sure and not short and plausible
    relative, noise = (None, None) if short else _against_calm(rate, route, sound, heard, baseline)
    return Pace(
        syllables=syllables,
        articulation_rate_syl_per_s=rate,
        speech_rate_syl_per_s=syllables / duration_s,
        words_per_minute=60.0 * len(words) / duration_s if words else None,
        route=route,
        confidence=Confidence.HIGH if sure else Confidence.LOW,
        relative_to_calm=relative,
        noise_relative=noise,
    )


def _syllables_are_voiced(sound: SoundPace, heard: Heard) -> bool:
    """Syllables have a voice; keys and taps among them have none."""
    frames = np.minimum((sound.times_s / FRAME_S).astype(int), len(heard.voiced) - 1)
    return heard.like_speech and float(heard.voiced[frames].mean()) >= LEAST_VOICED_SYLLABLES


def _trusted(words: Sequence[Word], counted: int, sound: SoundPace | None, heard: Heard) -> bool:
    sure = [word.confidence for word in words if word.confidence is not None]
    if sure and sum(sure) / len(sure) < CONFIDENT_WORD:
        return False
    if counted == 0:
        return False
    if sound is None or heard.speech_s < LEAST_SPEECH_S:
        return True
    ratio = counted / heard.speech_s / sound.rate_syl_per_s
    return 1.0 / MOST_DISAGREEMENT <= ratio <= MOST_DISAGREEMENT


def _against_calm(
    rate: float, route: PaceRoute, sound: SoundPace | None, heard: Heard, baseline: Baseline | None
) -> tuple[float | None, float | None]:
    """The ratio to the own calm by the same route (by sound, where calm words were not known), and its noise."""
    calm_s = baseline.speech_s if baseline is not None else None
    if route is PaceRoute.WORDS and baseline is not None and baseline.articulation_rate_syl_per_s:
        return rate / baseline.articulation_rate_syl_per_s, noise_relative(heard.speech_s, calm_s, route)
    if baseline is not None and baseline.sound_rate_syl_per_s and sound is not None:
        ratio = sound.rate_syl_per_s / baseline.sound_rate_syl_per_s
        return ratio, noise_relative(heard.speech_s, calm_s, PaceRoute.SOUND)
    return None, noise_relative(heard.speech_s, None, route)


def noise_relative(speech_s: float, calm_speech_s: float | None, route: PaceRoute) -> float:
    """One standard deviation of a pace measured over so much speech, against a calm one that has noise of its own."""
    at_1_s = SOUND_NOISE_AT_1_S if route is PaceRoute.SOUND else WORDS_NOISE_AT_1_S
    return at_1_s * sqrt(1.0 / speech_s + (1.0 / calm_speech_s if calm_speech_s else 0.0))
