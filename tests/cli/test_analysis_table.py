"""The table of `analyse --csv`: what a coach can sort and count in a spreadsheet."""

from __future__ import annotations

from simulator.cli.analysis_table import table_row
from simulator.domain.measures import VoiceMeasures
from simulator.domain.turn import Span
from simulator.domain.utterance import Utterance, Word
from simulator.practice.analysis_json import analysis_json

MEASURED = VoiceMeasures(9.0, 6.0, pauses=(Span(1.2, 1.7), Span(3.0, 3.45)))


def test_pauses_are_counted_and_placed() -> None:
    row = table_row(analysis_json(MEASURED, None, "en"))
    assert row["pauses.count"] == 2
    assert row["pauses.total_s"] == 0.95
    assert row["pauses.longest_s"] == 0.5
    assert row["pauses.at_s"] == "1.20-1.70 3.00-3.45"


def test_fillers_are_placed_by_their_words() -> None:
    words = (Word("um", Span(0.5, 0.75)), Word("refund", Span(1.0, 1.4)), Word("er"))
    utterance = Utterance(words, "vosk", writes_fillers=True)
    row = table_row(analysis_json(MEASURED, utterance, "en"))
    assert row["fillers.count"] == 2
    assert row["fillers.at_s"] == "um 0.50-0.75 er"
    assert row["transcript.words.count"] == 3


def test_a_reply_without_pauses_has_none_and_no_longest() -> None:
    row = table_row(analysis_json(VoiceMeasures(3.0, 2.0), None, "en"))
    assert row["pauses.count"] == 0
    assert row["pauses.at_s"] == ""
    assert row["pauses.longest_s"] is None


def test_the_columns_are_the_same_whatever_is_known() -> None:
    words = (Word("um", Span(0.5, 0.75)),)
    known = table_row(analysis_json(MEASURED, Utterance(words, "vosk", writes_fillers=True), "en"))
    unknown = table_row(analysis_json(None, None, "en"))
    assert list(known) == list(unknown)
    assert unknown["pauses.count"] is None
    assert unknown["fillers.count"] is None
