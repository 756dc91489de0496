"""Pace from words and from sound, and when there is none."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.acoustics.measure import calibrate, measure
from simulator.acoustics.pace import noise_relative
from simulator.acoustics.syllables import prominent_peaks
from simulator.domain.measures import Confidence, PaceRoute
from simulator.domain.utterance import Word
from tests.acoustics.synthetic import Sound, Talk, in_noise, speak


def talk(rate: float, seed: int = 1, syllables: int = 40) -> Sound:
    return speak(Talk(syllables=syllables, rate_syl_per_s=rate, seed=seed)).samples


@pytest.mark.parametrize("rate", [3.0, 4.0, 5.0, 6.0, 7.0])
def test_sound_gives_the_rate_of_the_syllables(rate: float) -> None:
    pace = measure(talk(rate), "en").pace
    assert pace.route is PaceRoute.SOUND
    assert pace.confidence is Confidence.HIGH
    assert pace.articulation_rate_syl_per_s == pytest.approx(rate, rel=0.12)


def test_the_ratio_to_calm_follows_the_pace_with_a_slope_of_nearly_one() -> None:
    calm = calibrate(talk(4.5, syllables=60))
    rates = np.array([3.0, 3.6, 4.5, 5.4, 6.5])
    ratios = [measure(talk(rate, seed=3), "en", calm).pace.relative_to_calm for rate in rates]
    slope = np.polyfit(np.log(rates), np.log(np.array(ratios, dtype=float)), 1)[0]
    assert slope == pytest.approx(1.0, abs=0.1)


def test_noise_20_db_below_hardly_moves_the_pace() -> None:
    clean = talk(4.5)
    rates = [measure(s, "en").pace.articulation_rate_syl_per_s for s in (clean, in_noise(clean, 20.0))]
    assert rates[1] == pytest.approx(rates[0], rel=0.06)


def test_under_four_seconds_of_speech_there_is_a_count_but_no_pace() -> None:
    pace = measure(talk(4.5, syllables=12), "en").pace
    assert pace.articulation_rate_syl_per_s is None
    assert pace.relative_to_calm is None
    assert pace.confidence is Confidence.NONE
    assert pace.syllables == pytest.approx(12, abs=2)


def test_trusted_words_are_counted_exactly() -> None:
    words = [Word("courier", confidence=0.9)] * 13
    measures = measure(talk(4.5), "en", words=words)
    assert measures.pace.route is PaceRoute.WORDS
    assert measures.pace.syllables == 39
    assert measures.pace.confidence is Confidence.HIGH
    assert measures.speech_s is not None
    assert measures.pace.articulation_rate_syl_per_s == pytest.approx(39 / measures.speech_s)
    assert measures.pace.speech_rate_syl_per_s == pytest.approx(39 / measures.duration_s)
    assert measures.pace.words_per_minute == pytest.approx(60 * 13 / measures.duration_s)


@pytest.mark.parametrize(
    "words",
    [
        [Word("courier", confidence=0.3)] * 13,
        [Word("courier", confidence=0.9)] * 4,
        [Word("courier", confidence=0.9)] * 40,
    ],
    ids=["unsure", "most words missed", "words made up"],
)
def test_words_that_do_not_fit_the_sound_are_not_trusted(words: list[Word]) -> None:
    pace = measure(talk(4.5), "en", words=words).pace
    assert pace.route is PaceRoute.SOUND
    assert pace.articulation_rate_syl_per_s == pytest.approx(4.5, rel=0.12)


def test_words_without_a_rule_leave_the_pace_to_the_sound() -> None:
    assert measure(talk(4.5), "de", words=[Word("guten")] * 20).pace.route is PaceRoute.SOUND


def test_calm_words_make_the_ratio_one_of_words() -> None:
    words = [Word("courier", confidence=0.9)] * 20
    calm = calibrate(talk(4.5, syllables=60), words=words, language="en")
    assert calm.articulation_rate_syl_per_s == pytest.approx(60 / calm.speech_s)
    pace = measure(talk(4.5), "en", calm, [Word("courier", confidence=0.9)] * 13).pace
    assert pace.relative_to_calm == pytest.approx(pace.articulation_rate_syl_per_s / calm.articulation_rate_syl_per_s)


def test_the_noise_of_a_pace_falls_with_its_length_and_counts_the_calm_voice_too() -> None:
    short, long = (noise_relative(s, None, PaceRoute.SOUND) for s in (5.0, 20.0))
    assert long == pytest.approx(short / 2)
    assert noise_relative(5.0, 15.0, PaceRoute.SOUND) > short
    assert noise_relative(5.0, None, PaceRoute.WORDS) < short


def _plain_prominence(level: list[float], at: int) -> float:
    left = next((i for i in range(at - 1, -1, -1) if level[i] > level[at]), -1)
    right = next((i for i in range(at + 1, len(level)) if level[i] > level[at]), len(level))
    return level[at] - max(min(level[left + 1 : at + 1]), min(level[at:right]))


@given(st.lists(st.floats(-30, 0, allow_nan=False), min_size=3, max_size=60, unique=True))
def test_prominent_peaks_are_those_of_the_definition(level: list[float]) -> None:
    peaks = [i for i in range(1, len(level) - 1) if level[i - 1] < level[i] > level[i + 1]]
    wanted = [i for i in peaks if _plain_prominence(level, i) >= 2.0]
    assert prominent_peaks(np.array(level), 2.0).tolist() == wanted
