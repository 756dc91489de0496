"""The same numbers whatever the block sizes, in little memory however long the sound."""

from __future__ import annotations

import tracemalloc

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulator.acoustics.live_activity import LiveActivity
from simulator.acoustics.measure import VoiceMeter, calibrate, measure
from tests.acoustics.synthetic import RATE, Sound, Talk, in_noise, speak

WHOLE = in_noise(speak(Talk(syllables=28, pauses_after=((9, 0.5), (17, 0.4)))).samples, 30.0)
CALM = calibrate(in_noise(speak(Talk(syllables=50, seed=9, f0_hz=110.0)).samples, 30.0))
OFFLINE = measure(WHOLE, "en", CALM)

block_sizes = st.lists(st.integers(min_value=0, max_value=9000), min_size=1, max_size=40)


def fed_in_blocks(sound: Sound, sizes: list[int]) -> list[Sound]:
    blocks, at, turn = [], 0, 0
    while at < len(sound):
        size = sizes[turn % len(sizes)] if any(sizes) else 1000
        blocks.append(sound[at : at + size])
        at, turn = at + size, turn + 1
    return blocks


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(block_sizes)
def test_any_block_sizes_give_the_same_measures(sizes: list[int]) -> None:
    meter = VoiceMeter("en", CALM)
    for block in fed_in_blocks(WHOLE, sizes):
        meter.feed(block)
    assert meter.finish() == OFFLINE


@settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.integers(min_value=300, max_value=9000), min_size=1, max_size=40))
def test_reading_the_meters_on_the_way_changes_nothing(sizes: list[int]) -> None:
    meter = VoiceMeter("en", CALM)
    for block in fed_in_blocks(WHOLE, sizes):
        meter.feed(block)
        meter.reading()
    assert meter.finish() == OFFLINE


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(min_value=0, max_value=40_000), block_sizes)
def test_a_sound_of_any_length_is_measured_alike(length: int, sizes: list[int]) -> None:
    sound = WHOLE[:length]
    meter = VoiceMeter("en")
    for block in fed_in_blocks(sound, sizes):
        meter.feed(block)
    assert meter.finish() == measure(sound, "en")


@settings(max_examples=8, deadline=None)
@given(block_sizes)
def test_live_activity_ends_the_same_way_for_any_block_sizes(sizes: list[int]) -> None:
    at_once, in_parts = LiveActivity(), LiveActivity()
    at_once.feed(WHOLE)
    for block in fed_in_blocks(WHOLE, sizes):
        in_parts.feed(block)
    assert in_parts.speech_started_s == at_once.speech_started_s
    assert in_parts.speaking == at_once.speaking
    assert in_parts.silence_s == at_once.silence_s


def test_memory_does_not_grow_with_the_sound_itself() -> None:
    """Of 100 s, 6.4 MB of samples, less than 2 MB are kept."""
    second = np.resize(WHOLE, RATE)
    meter = VoiceMeter("en", CALM)
    tracemalloc.start()
    try:
        for _ in range(100):
            meter.feed(second)
        kept, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert kept < 2_000_000


@pytest.mark.parametrize("sound", [np.zeros(0), np.zeros(1), np.zeros(159), np.zeros(16_000), np.full(8000, np.nan)])
def test_nothing_to_measure_gives_nothing(sound: Sound) -> None:
    measures = measure(sound.astype(np.float32), "en", CALM)
    assert not measures.heard_speech
    assert measures.level.speech_dba_fs is None
    assert measures.pace.articulation_rate_syl_per_s is None
    assert measures.pitch.median_hz is None


def test_sound_that_is_not_mono_is_refused() -> None:
    with pytest.raises(ValueError, match="shape"):
        VoiceMeter("en").feed(np.zeros((100, 2), dtype=np.float32))


def test_the_live_reading_follows_the_voice() -> None:
    meter = VoiceMeter("en", CALM)
    loud = speak(Talk(syllables=20, level_dbfs=-12.0)).samples
    meter.feed(loud[: 4 * RATE])
    reading = meter.reading()
    assert reading.speaking
    assert reading.level_db == pytest.approx(10.0, abs=3.0)
    assert reading.pace_ratio == pytest.approx(1.0, abs=0.3)
    meter.feed(np.zeros(RATE, dtype=np.float32))
    after = meter.reading()
    assert not after.speaking
    assert after.level_db is None
    assert after.pace_ratio is None
