"""Overlap over a headset whose sound takes 60 ms out and back: both ways are taken off, whatever the scheduler does."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.acoustics.overlap import turn_taking
from simulator.domain.turn import Span
from simulator.ports import CAPTURE_RATE_HZ, Clip
from simulator.practice.turn_result import LineToSpeak
from simulator.workers.line_playback import LinePlayback
from simulator.workers.session_timeline import SessionTimeline

OUT_S, IN_S = 0.040, 0.020
BLOCK = 320
BLOCK_S = BLOCK / CAPTURE_RATE_HZ
GIVEN_S = 1.0
LINE_S = 2.0
MOST_WRONG_S = 0.030


class LateHeadphones:
    """Fulfils `ports.Playback`: what is given leaves them 40 ms later, and they know it."""

    def __init__(self, headset: Headset) -> None:
        self._headset = headset

    @property
    def heard_s(self) -> float:
        return float(np.clip(self._headset.now_s - GIVEN_S - OUT_S, 0.0, LINE_S))

    @property
    def finished(self) -> bool:
        return self.heard_s >= LINE_S

    def set_volume(self, volume: float) -> None: ...

    def stop(self) -> None: ...


class Headset:
    """The time in the air, which begins with the session; sound of it is captured 20 ms later."""

    now_s = 0.0

    def time(self) -> float:
        return self.now_s


@given(late_s=st.lists(st.floats(0.0, 0.015), min_size=10, max_size=60), spoken_from_s=st.floats(1.3, 2.6))
def test_60_ms_out_and_back_leave_less_than_30_ms_of_error(late_s: list[float], spoken_from_s: float) -> None:
    headset = Headset()
    timeline = SessionTimeline(headset.time)
    time = np.arange(round(LINE_S * CAPTURE_RATE_HZ)) / CAPTURE_RATE_HZ
    clip = Clip((0.3 * np.sin(2 * np.pi * 200 * time)).astype(np.float32), CAPTURE_RATE_HZ)
    playing: LinePlayback | None = None
    for number in range(round((GIVEN_S + LINE_S + 0.5) / BLOCK_S)):
        # A block is there when its last sample has been captured, and then as late as the scheduler is.
        arrives_s = (number + 1) * BLOCK_S + IN_S
        headset.now_s = arrives_s + (late_s[number % len(late_s)] if number else 0.0)
        timeline.captured(BLOCK, IN_S)
        if playing is None and headset.now_s >= GIVEN_S:
            playing = LinePlayback(
                LineToSpeak("one", 5.0, "b"), clip, lambda _clip: LateHeadphones(headset), timeline, headset.time
            )
        elif playing is not None:
            playing.poll()
    assert playing is not None
    line = Span(GIVEN_S + OUT_S, GIVEN_S + OUT_S + LINE_S)
    found = turn_taking([Span(spoken_from_s, 5.0)], playing.turn(), 5.0)
    assert found.overlap_s == pytest.approx(line.end_s - spoken_from_s, abs=MOST_WRONG_S)
    assert found.reply_gap_s == pytest.approx(spoken_from_s - line.end_s, abs=MOST_WRONG_S)
