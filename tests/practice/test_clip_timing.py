"""Where a customer's clip sounds and where it pauses."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.ports import Clip
from simulator.practice.clip_timing import clip_timing

RATE = 22_050


def clip(*pieces: tuple[str, float]) -> Clip:
    """`hum` or `rest`, each so many seconds long."""
    sounds = []
    for kind, seconds in pieces:
        time = np.arange(round(seconds * RATE)) / RATE
        sounds.append(0.3 * np.sin(2 * np.pi * 200 * time) if kind == "hum" else np.zeros(len(time)))
    return Clip(np.concatenate(sounds).astype(np.float32), RATE)


def test_silence_before_and_after_is_not_the_line_and_no_pause() -> None:
    timing = clip_timing(clip(("rest", 0.5), ("hum", 2.0), ("rest", 0.8)))
    assert timing.sound.start_s == pytest.approx(0.5, abs=0.011)
    assert timing.sound.end_s == pytest.approx(2.5, abs=0.011)
    assert timing.pauses == ()


@pytest.mark.parametrize(("rest_s", "pauses"), [(0.2, 0), (0.27, 1), (1.0, 1)])
def test_a_pause_is_a_silence_of_at_least_a_quarter_of_a_second(rest_s: float, pauses: int) -> None:
    timing = clip_timing(clip(("hum", 1.0), ("rest", rest_s), ("hum", 1.0)))
    assert len(timing.pauses) == pauses
    for pause in timing.pauses:
        assert pause.start_s == pytest.approx(1.0, abs=0.011)
        assert pause.duration_s == pytest.approx(rest_s, abs=0.021)


@pytest.mark.parametrize("silent", [clip(("rest", 1.0)), Clip(np.zeros(0, np.float32), RATE)])
def test_a_clip_without_sound_lasts_from_end_to_end(silent: Clip) -> None:
    assert clip_timing(silent).sound.duration_s == silent.duration_s
    assert clip_timing(silent).pauses == ()
