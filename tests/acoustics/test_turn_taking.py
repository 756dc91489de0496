"""Overlap, gaps, entries, monologues and dead air on exact time lines (session seconds)."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.acoustics.measure import turn_taking
from simulator.acoustics.overlap import joined, without
from simulator.domain.measures import OverlapKind, TurnTaking
from simulator.domain.turn import CustomerTurn, Span
from simulator.domain.utterance import Word

# The customer speaks from 10 to 20 s, with a pause from 14 to 15 s.
LINE = CustomerTurn("line", 8.0, Span(10.0, 20.0), (Span(14.0, 15.0),))


def taken(*speech: tuple[float, float], words: Sequence[Word] = (), quiet: Sequence[Span] = ()) -> TurnTaking:
    spans = [Span(a, b) for a, b in speech]
    end = max((b for _, b in speech), default=20.0)
    return turn_taking(spans, LINE, max(end, 20.0) + 0.7, words, quiet)


def test_an_answer_after_the_line_has_a_gap_and_no_overlap() -> None:
    timing = taken((20.4, 24.0))
    assert timing.reply_gap_s == pytest.approx(0.4)
    assert timing.overlap_s == 0.0
    assert timing.overlaps == ()
    assert timing.overlap_kind is OverlapKind.NONE
    assert timing.timely_entry is False


@pytest.mark.parametrize(
    ("start_s", "kind"),
    [
        (19.75, OverlapKind.NONE),
        (19.7, OverlapKind.BRIEF),
        (19.2, OverlapKind.BRIEF),
        (19.0, OverlapKind.BRIEF),
        (18.9, OverlapKind.INTERRUPTION),
        (12.0, OverlapKind.INTERRUPTION),
    ],
)
def test_the_length_of_the_overlap_decides(start_s: float, kind: OverlapKind) -> None:
    timing = taken((start_s, 24.0))
    assert timing.overlap_kind is kind
    assert timing.reply_gap_s == pytest.approx(start_s - 20.0)


def test_the_silence_inside_the_line_is_not_overlapped() -> None:
    timing = taken((13.5, 16.0))
    assert timing.overlaps == (Span(13.5, 14.0), Span(15.0, 16.0))
    assert timing.overlap_s == pytest.approx(1.5)
    assert timing.overlap_kind is OverlapKind.INTERRUPTION


def test_entering_at_a_pause_is_timely_and_no_interruption() -> None:
    timing = taken((14.3, 18.0))
    assert timing.timely_entry is True
    assert timing.overlap_kind is OverlapKind.NONE
    assert timing.overlap_s == pytest.approx(3.0)


def test_talking_over_the_customer_after_a_timely_entry_that_failed_still_counts() -> None:
    timing = taken((14.3, 14.8), (17.0, 19.0))
    assert timing.timely_entry is True
    assert timing.overlap_kind is OverlapKind.INTERRUPTION


@pytest.mark.parametrize("said", ["mm-hm", "I see", "так", "rozumiem", "értem"])
def test_a_short_listening_word_is_no_interruption(said: str) -> None:
    spoken = [Word(w, Span(12.0, 12.5)) for w in said.split()]
    timing = taken((12.0, 12.5), (20.5, 23.0), words=[*spoken, Word("well", Span(20.5, 20.9))])
    assert timing.overlap_kind is OverlapKind.NONE
    assert timing.overlaps == ()
    assert timing.reply_gap_s == pytest.approx(0.5)


def test_a_short_low_sound_is_a_listening_signal_where_words_are_not_known() -> None:
    low = taken((12.0, 12.5), (20.5, 23.0), quiet=[Span(12.0, 12.5)])
    assert low.overlap_kind is OverlapKind.NONE
    loud = taken((12.0, 12.5), (20.5, 23.0))
    assert loud.overlap_kind is OverlapKind.BRIEF
    assert loud.reply_gap_s == pytest.approx(-8.0)


def test_other_short_words_inside_the_line_are_an_overlap() -> None:
    timing = taken((12.0, 12.6), words=[Word("no", Span(12.0, 12.2)), Word("wait", Span(12.2, 12.6))])
    assert timing.overlap_kind is OverlapKind.BRIEF


def test_a_long_listening_signal_is_talk() -> None:
    timing = taken((12.0, 13.5), words=[Word("yes", Span(12.0, 13.5))])
    assert timing.overlap_kind is OverlapKind.INTERRUPTION


def test_small_gaps_do_not_split_an_interruption() -> None:
    timing = taken((15.5, 16.1), (16.3, 16.9))
    assert timing.overlap_kind is OverlapKind.INTERRUPTION
    assert timing.overlap_s == pytest.approx(1.4)


def test_the_longest_silence_of_the_own_turn_is_dead_air() -> None:
    assert taken((23.5, 25.0), (36.0, 38.0)).dead_air_s == pytest.approx(11.0)
    assert turn_taking([Span(20.2, 22.0)], LINE, 30.0).dead_air_s == pytest.approx(8.0)
    assert turn_taking([], LINE, 31.0).dead_air_s == pytest.approx(11.0)


def test_a_monologue_goes_on_over_breaths_but_not_over_real_pauses() -> None:
    assert taken((21.0, 30.0), (31.0, 40.0), (43.0, 50.0)).longest_monologue_s == pytest.approx(19.0)


def test_share_of_talk_counts_sound_only() -> None:
    assert taken((20.5, 29.5)).share_of_talk == pytest.approx(0.5)


def test_nobody_spoke() -> None:
    timing = turn_taking([], LINE, 22.0)
    assert timing.reply_gap_s is None
    assert timing.timely_entry is None
    assert timing.longest_monologue_s is None
    assert timing.overlap_kind is OverlapKind.NONE
    assert timing.share_of_talk == 0.0


def test_a_line_that_was_only_shown_has_no_timing() -> None:
    timing = turn_taking([Span(3.0, 5.0)], CustomerTurn("line", 8.0, None), 6.0)
    assert timing == TurnTaking(longest_monologue_s=2.0)


times = st.floats(min_value=0.0, max_value=60.0).map(lambda s: round(s, 3))
spans = st.tuples(times, times).map(lambda pair: Span(min(pair), max(pair)))


@given(st.lists(spans, max_size=8))
def test_overlap_never_exceeds_the_speech_nor_the_sound(speech: list[Span]) -> None:
    timing = turn_taking(speech, LINE, 60.0)
    spoken = sum(s.duration_s for s in joined(speech, 0.25))
    assert timing.overlap_s is not None
    assert 0.0 <= timing.overlap_s <= min(spoken, 9.0) + 1e-9
    assert all(10.0 <= s.start_s <= s.end_s <= 20.0 for s in timing.overlaps)


@given(spans, st.lists(spans, max_size=6))
def test_a_span_and_its_holes_make_up_the_whole(span: Span, holes: list[Span]) -> None:
    parts = without(span, holes)
    left = sum(p.duration_s for p in parts)
    covered = sum(Span(max(h.start_s, span.start_s), min(h.end_s, span.end_s)).duration_s
                  for h in joined(holes, 0.0) if h.overlap_s(span) > 0)  # fmt: skip
    assert left + covered == pytest.approx(span.duration_s, abs=1e-6)
