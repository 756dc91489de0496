"""A line of the customer: its pauses, its words, and when it was heard."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.ports import Clip
from simulator.practice.turn_result import LineToSpeak
from simulator.workers.line_playback import LinePlayback, word_starts
from simulator.workers.session_timeline import SessionTimeline
from tests.workers.call_fakes import ClockedPlayback, SoundClock

RATE_HZ = 22_050


def clip_of(*parts: tuple[float, bool], starts: tuple[float, ...] = ()) -> Clip:
    """Stretches of sound (True) and silence."""
    pieces = []
    for duration_s, sounding in parts:
        time = np.arange(round(duration_s * RATE_HZ)) / RATE_HZ
        pieces.append((0.3 if sounding else 0.0) * np.sin(2 * np.pi * 200 * time + 0.3))
    return Clip(np.concatenate(pieces).astype(np.float32), RATE_HZ, word_starts_s=starts)


def test_known_word_times_are_used_and_unknown_ones_spread() -> None:
    known = clip_of((1.0, True), starts=(0.0, 0.7))
    assert word_starts(known, "two words") == (0.0, 0.7)
    assert word_starts(known, "now three words")[0] == pytest.approx(0.0, abs=0.02)


@given(text=st.text(alphabet="ab ", min_size=0, max_size=60))
def test_every_word_begins_within_the_clip_and_in_order(text: str) -> None:
    starts = word_starts(clip_of((1.0, True)), text)
    assert len(starts) == len(text.split())
    assert list(starts) == sorted(starts)
    assert all(0.0 <= start <= 1.0 for start in starts)


class Stage:
    def __init__(self, clip: Clip) -> None:
        self.clock = SoundClock()
        self.timeline = SessionTimeline(self.clock.monotonic_s)
        self.timeline.run_freely()
        self.clock.move(10.0)
        line = LineToSpeak("one two three four", 5.0, "b")
        self.playback = LinePlayback(line, clip, self._play, self.timeline, self.clock.monotonic_s)

    def _play(self, clip: Clip) -> ClockedPlayback:
        return ClockedPlayback(clip, self.clock, self.clock.monotonic_s(), 1.0)

    def line_heard(self) -> tuple[float, float]:
        """From when to when."""
        span = self.playback.turn().span
        assert span is not None
        return span.start_s, span.end_s

    def run(self, for_s: float) -> None:
        for _ in range(round(for_s / 0.03)):
            self.clock.move(0.03)
            self.playback.poll()


def test_a_whole_line_is_placed_where_it_was_heard() -> None:
    stage = Stage(clip_of((0.3, False), (1.0, True), (0.4, False), (1.0, True), (0.3, False)))
    stage.run(3.3)
    assert stage.playback.finished
    turn = stage.playback.turn()
    assert not turn.cut_short
    assert turn.span is not None
    assert turn.span.start_s == pytest.approx(10.3, abs=0.03)
    assert turn.span.end_s == pytest.approx(12.7, abs=0.03)
    assert type(turn.span.start_s) is type(turn.span.end_s) is float
    assert type(turn.cut_short) is bool
    assert len(turn.pauses) == 1
    assert turn.pauses[0].start_s == pytest.approx(11.3, abs=0.03)
    assert stage.playback.words_heard == 4


def test_a_line_that_stalled_on_the_way_lasts_longer_than_its_clip() -> None:
    stage = Stage(clip_of((2.0, True)))
    stage.run(0.6)
    stage.playback.playback.began_s += 0.5
    stage.clock.move(0.5)
    stage.run(1.5)
    assert stage.line_heard() == pytest.approx((10.0, 12.5), abs=0.05)


def test_a_line_whose_headphones_ran_dry_began_where_it_was_first_heard() -> None:
    stage = Stage(clip_of((3.0, True)))
    stage.run(0.6)
    for _ in range(30):
        stage.playback.playback.began_s += 0.02
        stage.clock.move(0.02)
        stage.playback.poll()
    stage.playback.stop()
    assert stage.line_heard() == pytest.approx((10.0, 11.2), abs=0.05)


def test_a_line_that_stalled_and_was_cut_at_once_began_where_it_was_first_heard() -> None:
    stage = Stage(clip_of((3.0, True)))
    stage.run(0.3)
    stage.playback.playback.began_s += 0.9
    stage.clock.move(0.7)
    stage.playback.stop()
    assert stage.playback.turn().cut_short
    assert stage.line_heard() == pytest.approx((10.0, 11.0), abs=0.05)


def test_a_latency_that_becomes_known_while_a_line_plays_is_no_stall() -> None:
    stage = Stage(clip_of((3.0, True)))
    stage.timeline.stand_still()
    for block in range(102):
        stage.clock.move(0.03)
        stage.timeline.captured(480, 0.0 if block < 50 else 0.15)
        stage.playback.poll()
    turn = stage.playback.turn()
    assert turn.span is not None
    assert turn.span.duration_s == pytest.approx(3.0, abs=0.02)


def test_a_line_cut_short_ends_where_it_was_cut() -> None:
    stage = Stage(clip_of((3.0, True)))
    stage.run(1.5)
    stage.playback.stop()
    turn = stage.playback.turn()
    assert turn.cut_short
    assert turn.text == "one two three four"
    assert turn.span is not None
    assert turn.span.end_s == pytest.approx(11.5, abs=0.04)
    assert stage.playback.heard_clip().duration_s == pytest.approx(1.5, abs=0.04)


def test_cutting_the_silence_after_the_last_word_cuts_nothing() -> None:
    stage = Stage(clip_of((1.0, True), (2.0, False)))
    stage.run(1.5)
    stage.playback.stop()
    assert not stage.playback.turn().cut_short


def test_a_breath_is_known_while_it_lasts_and_a_moment_after() -> None:
    stage = Stage(clip_of((1.0, True), (0.6, False), (2.0, True)))
    at_pause = []
    for _ in range(30):
        stage.run(0.1)
        at_pause.append(stage.playback.at_pause)
    assert not any(at_pause[:9])
    assert all(at_pause[11:17])
    assert not any(at_pause[21:])
