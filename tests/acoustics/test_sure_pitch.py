"""A pitch that may be wrong is left out: unknown costs nobody anything, a wrong octave would."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from simulator.acoustics.measure import measure
from simulator.acoustics.sure_pitch import sure_pitch
from simulator.acoustics.tracks import TrackMaker
from tests.acoustics.synthetic import Talk, in_noise, pink, speak

Path = NDArray[np.float32]


def stretch(frames: int, f0_hz: float, strength: float) -> Path:
    return np.tile(np.array([[f0_hz, strength]], dtype=np.float32), (frames, 1))


SILENCE = stretch(10, 0.0, 0.0)
VOICE = stretch(30, 200.0, 0.9)


def kept(*parts: Path) -> list[bool]:
    """Of each part, whether all of its pitch is left; a part of which only some is left is a mistake."""
    whole = np.concatenate(parts)
    sure = sure_pitch(whole)
    ends = np.cumsum([len(part) for part in parts])
    pieces = [sure[end - len(part) : end] for part, end in zip(parts, ends, strict=True)]
    assert all((piece > 0).all() or (piece == 0).all() for piece in pieces)
    return [bool((piece > 0).all()) for piece in pieces]


def test_a_clear_voice_is_left_as_it_was() -> None:
    assert np.array_equal(sure_pitch(VOICE), VOICE[:, 0])


def test_a_voice_that_fades_is_kept_as_long_as_it_is_the_same_voice() -> None:
    assert kept(SILENCE, VOICE, stretch(8, 190.0, 0.5)) == [False, True, True]


def test_a_pitch_that_is_nowhere_clear_is_left_out() -> None:
    assert kept(SILENCE, stretch(20, 90.0, 0.6), SILENCE) == [False, False, False]


def test_less_than_the_window_is_left_out() -> None:
    assert kept(SILENCE, stretch(3, 90.0, 0.9), SILENCE) == [False, False, False]


def test_a_frame_with_hardly_any_period_is_left_out() -> None:
    assert kept(VOICE, stretch(1, 200.0, 0.2), VOICE) == [True, False, True]


def test_a_brief_octave_jump_beside_a_voice_is_left_out() -> None:
    assert kept(VOICE, stretch(6, 100.0, 0.9), SILENCE) == [True, False, False]
    assert kept(SILENCE, stretch(6, 400.0, 0.9), stretch(2, 0.0, 0.0), VOICE) == [False, False, False, True]


def test_a_long_stretch_an_octave_away_is_another_register() -> None:
    assert kept(VOICE, stretch(15, 100.0, 0.9)) == [True, True]


def test_no_frames_and_no_voice_give_no_pitch() -> None:
    assert len(sure_pitch(np.zeros((0, 2), dtype=np.float32))) == 0
    assert not sure_pitch(SILENCE).any()


@pytest.mark.parametrize("f0_hz", [100.0, 180.0, 300.0])
def test_a_frame_without_sure_pitch_still_counts_as_voiced(f0_hz: float) -> None:
    """What rests on voicing alone (alpha, syllables) is not moved by doubts about the octave."""
    spoken = speak(Talk(f0_hz=f0_hz, syllables=20))
    maker = TrackMaker()
    maker.feed(in_noise(spoken.samples, 0.0, pink(len(spoken.samples), 4)))
    tracks = maker.finish()
    assert (tracks.strength[tracks.f0_hz > 0] > 0).all()
    assert (tracks.strength > 0).sum() > (tracks.f0_hz > 0).sum()


def test_the_measured_pitch_uses_sure_frames_only() -> None:
    spoken = speak(Talk(f0_hz=180.0, syllables=30))
    maker = TrackMaker()
    maker.feed(spoken.samples)
    assert measure(spoken.samples, "en").pitch.voiced_frames <= (maker.finish().f0_hz > 0).sum()
