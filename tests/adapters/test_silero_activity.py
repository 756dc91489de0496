"""The neural activity detector behind the same questions as the one by energy."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from simulator.adapters.audio_files import SoundFiles
from simulator.adapters.silero_activity import SileroActivity

RATE = 16_000


def test_silence_is_no_speech_in_blocks_of_any_size() -> None:
    activity = SileroActivity()
    for size in (1, 511, 512, 513, 4000, 10_000):
        activity.feed(np.zeros(size, dtype=np.float32))
    assert not activity.speaking
    assert activity.speech_started_s is None
    assert activity.silence_s == pytest.approx((1 + 511 + 512 + 513 + 4000 + 10_000) / RATE)


def test_real_speech_begins_and_ends_a_turn(shared_speech: Path) -> None:
    speech = SoundFiles().read(shared_speech / "librivox-austen-0880.wav")
    room = np.zeros(RATE, dtype=np.float32)
    activity = SileroActivity()
    activity.feed(np.concatenate([room, speech]))
    assert activity.speech_started_s == pytest.approx(1.2, abs=0.2)
    activity.feed(room)
    assert not activity.speaking
    assert activity.silence_s > 0.8
