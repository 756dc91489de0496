"""Telling our own output and an echo from a voice of one's own."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.ports import CAPTURE_RATE_HZ, Clip
from simulator.workers.echo import ECHO, OWN_OUTPUT, likeness
from tests.workers.call_fakes import talk

RATE_HZ = 22_050


@pytest.fixture(scope="module")
def clip() -> Clip:
    """Three seconds whose sound never repeats itself, below 4 kHz as speech is."""
    noise = np.random.default_rng(5).standard_normal(3 * RATE_HZ)
    smooth = np.convolve(noise, np.hanning(9), mode="same")
    return Clip((0.1 * smooth).astype(np.float32), RATE_HZ)


def recorded(clip: Clip, from_s: float, duration_s: float) -> np.ndarray:
    times = from_s + np.arange(round(duration_s * CAPTURE_RATE_HZ)) / CAPTURE_RATE_HZ
    return np.interp(times, np.arange(len(clip.samples)) / clip.rate_hz, clip.samples).astype(np.float32)


@pytest.mark.parametrize("shift_s", [-0.25, -0.01, 0.0, 0.06, 0.28])
@pytest.mark.parametrize("gain", [0.01, 1.0, -0.5])
def test_a_copy_is_known_however_loud_and_shifted(clip: Clip, shift_s: float, gain: float) -> None:
    alike = likeness((gain * recorded(clip, 1.0 + shift_s, 1.5)).astype(np.float32), clip, 1.0)
    assert alike is not None
    assert alike > OWN_OUTPUT


def test_an_echo_in_a_room_is_an_echo_and_no_copy(clip: Clip) -> None:
    straight = recorded(clip, 1.0, 1.5)
    reflections = sum(recorded(clip, 1.0 - delay, 1.5) * 0.5 for delay in (0.007, 0.019, 0.031))
    alike = likeness((0.1 * (straight + reflections)).astype(np.float32), clip, 1.0)
    assert alike is not None
    assert ECHO < alike < OWN_OUTPUT


def test_another_voice_is_no_echo(clip: Clip) -> None:
    alike = likeness(talk(1.5), clip, 1.0)
    assert alike is not None
    assert alike < 0.2


def test_a_mute_microphone_is_no_echo(clip: Clip) -> None:
    assert likeness(np.zeros(CAPTURE_RATE_HZ, np.float32), clip, 1.0) == 0.0


@pytest.mark.parametrize("count", [0, 100, 4_000])
def test_too_little_sound_tells_nothing(clip: Clip, count: int) -> None:
    assert likeness(np.ones(count, np.float32), clip, 1.0) is None


def test_a_clip_that_is_over_or_empty_tells_nothing(clip: Clip) -> None:
    assert likeness(talk(1.0), clip, 60.0) is None
    assert likeness(talk(1.0), Clip(np.zeros(0, np.float32), RATE_HZ), 0.0) is None
