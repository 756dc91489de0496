"""Sounds unlike calm speech: never a confident wrong number. No people were recorded."""

from __future__ import annotations

import pytest

from simulator.acoustics.measure import measure
from simulator.domain.measures import Confidence
from tests.acoustics.odd_sounds import Odd, odd_sounds

ODD = odd_sounds()
NOT_SPEECH = ("laughter-like", "cough-like", "music", "music with rests", "typing", "babble", "hum alone")


@pytest.mark.parametrize("odd", ODD, ids=[odd.name for odd in ODD])
def test_a_confident_number_is_a_right_one(odd: Odd) -> None:
    measures = measure(odd.samples, "en")
    pace, pitch = measures.pace, measures.pitch
    if pace.confidence is Confidence.HIGH:
        assert odd.rate is not None
        assert pace.articulation_rate_syl_per_s == pytest.approx(odd.rate, rel=0.15)
    if pitch.confidence is Confidence.HIGH:
        assert odd.f0_hz is not None
        assert pitch.median_hz == pytest.approx(odd.f0_hz, rel=0.05)


@pytest.mark.parametrize("odd", [o for o in ODD if o.name in NOT_SPEECH], ids=NOT_SPEECH)
def test_nothing_about_what_is_no_speech_is_confident(odd: Odd) -> None:
    measures = measure(odd.samples, "en")
    sure = [measures.pace, measures.level, measures.pitch, measures.effort, measures.steadiness]
    assert all(part.confidence is not Confidence.HIGH for part in sure)


@pytest.mark.parametrize(
    "name", ["very high", "child-like", "DC offset", "telephone band", "8-bit", "hum under speech", "plain"]
)
def test_unusual_speech_is_still_measured(name: str) -> None:
    odd = next(o for o in ODD if o.name == name)
    measures = measure(odd.samples, "en")
    assert measures.pace.confidence is Confidence.HIGH
    assert measures.pitch.confidence is (Confidence.LOW if name == "hum under speech" else Confidence.HIGH)
    assert len(measures.pauses) == 3


def test_a_whisper_has_no_pitch_but_pauses() -> None:
    measures = measure(next(o for o in ODD if o.name == "whispered").samples, "en")
    assert measures.pitch.median_hz is None
    assert measures.pace.confidence is Confidence.LOW
    assert len(measures.pauses) == 3
