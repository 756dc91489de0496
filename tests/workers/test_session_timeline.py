"""Session time: counted in captured samples, joined to the machine's clock."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.ports import CAPTURE_RATE_HZ
from simulator.workers.session_timeline import SessionTimeline

BLOCK = 320
BLOCK_S = BLOCK / CAPTURE_RATE_HZ


class Hand:
    """A clock moved by hand."""

    now = 50.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Hand:
    return Hand()


@given(jitter=st.lists(st.floats(0.0, 0.2), min_size=20, max_size=200), latency_s=st.floats(0.0, 0.1))
def test_late_blocks_do_not_move_the_time(jitter: list[float], latency_s: float) -> None:
    clock = Hand()
    timeline = SessionTimeline(clock)
    for number, late_s in enumerate([0.0, *jitter]):
        clock.now = max(clock.now, 50.0 + (number + 1) * BLOCK_S + latency_s + late_s)
        timeline.captured(BLOCK, latency_s)
    assert timeline.at_s(50.25) == pytest.approx(0.25, abs=1e-6)


def test_a_drifting_sound_card_is_followed(clock: Hand) -> None:
    timeline = SessionTimeline(clock)
    slow = 1.0001
    for number in range(1, 30_000):
        clock.now = 50.0 + number * BLOCK_S * slow
        timeline.captured(BLOCK, 0.0)
    assert timeline.now_s() == pytest.approx(29_999 * BLOCK_S, abs=0.002)


def test_lost_sound_takes_its_time(clock: Hand) -> None:
    timeline = SessionTimeline(clock)
    timeline.captured(BLOCK, 0.0)
    assert timeline.missed(CAPTURE_RATE_HZ) == BLOCK
    assert timeline.captured(BLOCK, 0.0) == BLOCK + CAPTURE_RATE_HZ


def test_a_hold_takes_no_time(clock: Hand) -> None:
    timeline = SessionTimeline(clock)
    clock.now += BLOCK_S
    timeline.captured(BLOCK, 0.0)
    timeline.stand_still()
    clock.now += 60.0
    assert timeline.now_s() == pytest.approx(BLOCK_S)
    clock.now += BLOCK_S
    timeline.captured(BLOCK, 0.0)
    assert timeline.now_s() == pytest.approx(2 * BLOCK_S)


def test_without_a_microphone_time_runs_and_holds_too(clock: Hand) -> None:
    timeline = SessionTimeline(clock)
    timeline.run_freely()
    clock.now += 2.0
    assert timeline.now_s() == pytest.approx(2.0)
    timeline.stand_still()
    clock.now += 30.0
    assert timeline.now_s() == pytest.approx(2.0)
    timeline.run_freely()
    clock.now += 1.0
    assert timeline.now_s() == pytest.approx(3.0)


def test_a_microphone_that_comes_later_goes_on_from_there(clock: Hand) -> None:
    timeline = SessionTimeline(clock)
    timeline.run_freely()
    clock.now += 2.0
    timeline.stand_still()
    clock.now += BLOCK_S
    assert timeline.captured(BLOCK, 0.0) == 2 * CAPTURE_RATE_HZ
    assert timeline.now_s() == pytest.approx(2.0 + BLOCK_S)
