"""Processor time of the acoustics (pytest-benchmark: `pytest --benchmark-only tests/benchmarks`)."""

from __future__ import annotations

import numpy as np
import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from simulator.acoustics.live_activity import LiveActivity
from simulator.acoustics.measure import VoiceMeter
from tests.acoustics.synthetic import RATE, Sound, Talk, in_noise, speak


@pytest.fixture(scope="module")
def reply() -> Sound:
    """20 s, as long as a long reply."""
    sound = in_noise(speak(Talk(syllables=76, pauses_after=((19, 0.5), (39, 0.6), (59, 0.5)))).samples, 30.0)
    return np.resize(sound, 20 * RATE)


def fed(meter: VoiceMeter, sound: Sound) -> VoiceMeter:
    for at in range(0, len(sound), 320):
        meter.feed(sound[at : at + 320])
    return meter


def test_measuring_20_s_as_they_arrive(benchmark: BenchmarkFixture, reply: Sound) -> None:
    measures = benchmark(lambda: fed(VoiceMeter("en"), reply).finish())
    assert measures.heard_speech


def test_what_is_left_at_the_end_of_20_s(benchmark: BenchmarkFixture, reply: Sound) -> None:
    measures = benchmark.pedantic(
        lambda meter: meter.finish(), setup=lambda: ((fed(VoiceMeter("en"), reply),), {}), rounds=5
    )
    assert measures.heard_speech


def test_one_reading_of_the_meters(benchmark: BenchmarkFixture, reply: Sound) -> None:
    meter = fed(VoiceMeter("en"), reply[: 12 * RATE])
    assert benchmark(meter.reading).speaking


def test_live_activity_over_20_s(benchmark: BenchmarkFixture, reply: Sound) -> None:
    def listen() -> LiveActivity:
        activity = LiveActivity()
        activity.feed(reply)
        return activity

    assert benchmark(listen).speech_started_s is not None
