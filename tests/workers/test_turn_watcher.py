"""When the customer gives way, and when a reply has ended."""

from __future__ import annotations

import pytest

from simulator.workers.events import Heard
from simulator.workers.turn_watcher import Decision, TurnWatcher


def heard(
    now_s: float, *, speaking: bool = False, started_s: float | None = None, silence_s: float | None = None
) -> Heard:
    if silence_s is None:
        silence_s = 0.0 if speaking else now_s
    return Heard(1, now_s, speaking, started_s, silence_s)


@pytest.fixture
def watcher() -> TurnWatcher:
    return TurnWatcher(0.7, hands_free=True)


def test_a_reply_ends_after_the_silence_that_was_set(watcher: TurnWatcher) -> None:
    watcher.line_began(0.0)
    watcher.line_ended(2.0)
    assert watcher.heard(heard(3.0, speaking=True, started_s=2.5), False) is Decision.NOTHING
    assert watcher.heard(heard(3.6, started_s=2.5, silence_s=0.6), False) is Decision.NOTHING
    assert watcher.heard(heard(3.7, started_s=2.5, silence_s=0.7), False) is Decision.REPLY_ENDED


def test_push_to_talk_never_ends_a_reply_by_silence() -> None:
    watcher = TurnWatcher(0.7, hands_free=False)
    watcher.line_ended(2.0)
    assert watcher.heard(heard(9.0, started_s=2.5, silence_s=5.0), False) is Decision.NOTHING


@pytest.mark.parametrize(("at_pause", "patience_s"), [(False, 1.1), (True, 0.3)])
def test_the_customer_gives_way_sooner_at_a_breath(watcher: TurnWatcher, at_pause: bool, patience_s: float) -> None:
    watcher.line_began(0.0)
    watcher.customer_sounds = True
    assert watcher.heard(heard(1.0, speaking=True, started_s=1.0), at_pause) is Decision.NOTHING
    almost = watcher.heard(heard(1.0 + patience_s - 0.05, speaking=True, started_s=1.0), False)
    assert almost is Decision.NOTHING
    assert (
        watcher.heard(heard(1.0 + patience_s + 0.01, speaking=True, started_s=1.0), False) is Decision.CUSTOMER_YIELDS
    )


def test_nobody_is_talked_over_before_the_line_can_be_heard(watcher: TurnWatcher) -> None:
    watcher.line_began(0.0)
    assert watcher.heard(heard(0.5, speaking=True, started_s=0.5), False) is Decision.NOTHING
    assert watcher.heard(heard(2.5, speaking=True, started_s=0.5), False) is Decision.NOTHING
    watcher.customer_sounds = True
    assert watcher.heard(heard(2.6, speaking=True, started_s=0.5), False) is Decision.NOTHING
    assert watcher.heard(heard(3.8, speaking=True, started_s=0.5), False) is Decision.CUSTOMER_YIELDS


def test_two_short_words_do_not_add_up_to_an_interruption(watcher: TurnWatcher) -> None:
    watcher.line_began(0.0)
    watcher.customer_sounds = True
    watcher.heard(heard(1.0, speaking=True, started_s=1.0), False)
    watcher.heard(heard(1.8, speaking=True, started_s=1.0), False)
    watcher.heard(heard(2.2, started_s=1.0, silence_s=0.4), False)
    watcher.heard(heard(2.5, speaking=True, started_s=1.0), False)
    assert watcher.heard(heard(3.3, speaking=True, started_s=1.0), False) is Decision.NOTHING


def test_a_word_during_the_line_is_set_aside(watcher: TurnWatcher) -> None:
    watcher.line_began(0.0)
    assert watcher.heard(heard(1.5, started_s=1.0, silence_s=0.3), False) is Decision.NOTHING
    assert watcher.heard(heard(2.2, started_s=1.0, silence_s=1.0), False) is Decision.SET_ASIDE


def test_a_word_at_the_very_end_of_the_line_is_set_aside_after_it(watcher: TurnWatcher) -> None:
    watcher.line_began(0.0)
    watcher.line_ended(2.0)
    assert watcher.heard(heard(2.6, started_s=1.5, silence_s=0.8), False) is Decision.SET_ASIDE


def test_words_that_run_on_after_the_line_are_the_reply(watcher: TurnWatcher) -> None:
    watcher.line_began(0.0)
    watcher.line_ended(2.0)
    assert watcher.heard(heard(4.0, started_s=1.5, silence_s=0.8), False) is Decision.REPLY_ENDED


def test_ten_seconds_without_a_word_are_told_once_every_ten_seconds(watcher: TurnWatcher) -> None:
    watcher.line_ended(5.0)
    told = [now for now in range(5, 40) if watcher.heard(heard(float(now)), False) is Decision.NOBODY_SPOKE]
    assert told == [15, 25, 35]


def test_nobody_is_expected_to_speak_during_the_line(watcher: TurnWatcher) -> None:
    watcher.line_began(0.0)
    assert watcher.heard(heard(30.0), False) is Decision.NOTHING
    assert watcher.waiting(30.0) is Decision.NOTHING
