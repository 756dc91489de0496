"""When the words of a caption light up."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.adapters.caption_timing import starts_from_events, starts_from_sound
from simulator.adapters.heard_words import name_phrases, replace_spans, spoken, whole_names
from simulator.adapters.pyttsx3_voice import engine_voice_ids, semitones_of
from simulator.adapters.voice_files import VoiceFiles
from simulator.domain.turn import Span
from simulator.domain.utterance import Word
from tests.conftest import PROJECT

RATE_HZ = 16_000


def test_the_first_event_inside_a_word_counts_and_a_dash_starts_with_the_next_word() -> None:
    text = "Paid 24.50 - now"
    events = [(0, 0.0), (5, 0.5), (6, 0.9), (8, 1.1), (13, 2.0)]
    assert starts_from_events(text, events, 3.0) == (0.0, 0.5, 2.0, 2.0)


@given(
    st.text(alphabet="ab .,-é\n", max_size=40),
    st.lists(st.tuples(st.integers(-5, 60), st.floats(-1, 20)), max_size=20),
    st.floats(0, 10),
)
def test_starts_never_fall_and_stay_within_the_clip(
    text: str, events: list[tuple[int, float]], duration_s: float
) -> None:
    starts = starts_from_events(text, events, duration_s)
    assert len(starts) == len(text.split())
    assert list(starts) == sorted(starts)
    assert all(0 <= at_s <= duration_s for at_s in starts)


def test_without_events_words_follow_the_sound_and_skip_its_pauses() -> None:
    speech = (0.3 * np.sin(np.arange(RATE_HZ) * 0.1)).astype(np.float32)
    sound = np.concatenate([speech, np.zeros(2 * RATE_HZ, dtype=np.float32), speech])
    starts = starts_from_sound("one two three four", sound, RATE_HZ)
    assert len(starts) == 4
    assert list(starts) == sorted(starts)
    assert starts[0] == pytest.approx(0, abs=0.02)
    assert not any(1.02 < at_s < 2.97 for at_s in starts)
    assert starts[-1] > 2.97


def test_silence_or_no_words_have_no_starts() -> None:
    assert starts_from_sound("one", np.zeros(0, dtype=np.float32), RATE_HZ) == ()
    assert starts_from_sound("", np.ones(RATE_HZ, dtype=np.float32), RATE_HZ) == ()


def test_on_windows_and_macos_a_voice_is_found_by_name_then_by_language() -> None:
    present = [
        {"id": "HKEY\\TTS_MS_EN-US_ZIRA_11.0", "name": "Microsoft Zira Desktop", "languages": ["en-US"]},
        {"id": "HKEY\\TTS_MS_EN-GB_HAZEL_11.0", "name": "Microsoft Hazel Desktop", "languages": ["en-GB"]},
        {"id": "HKEY\\TTS_MS_PL-PL_PAULINA_11.0", "name": "Microsoft Paulina Desktop", "languages": ["pl_PL"]},
    ]
    files = VoiceFiles([PROJECT / "voices"])
    ids = engine_voice_ids(files.find("en-female-1"), "sapi5", present)
    assert [i.split("_")[3] for i in ids] == ["HAZEL", "ZIRA"]
    assert [i.split("_")[3] for i in engine_voice_ids(files.find("pl-male-1"), "sapi5", present)] == ["PAULINA"]
    assert engine_voice_ids(files.find("hu-male-1"), "sapi5", present) == []
    assert engine_voice_ids(files.find("hu-male-1"), "espeak", present) == ["urj/hu+m3", "urj/hu"]


def test_pitch_for_engines_without_it_is_a_shift_of_at_most_four_semitones() -> None:
    assert semitones_of(50) == 0
    assert semitones_of(75) == pytest.approx(3)
    assert (semitones_of(0), semitones_of(100)) == (-4, 4)


def word(text: str, start_s: float, end_s: float) -> Word:
    return Word(text, Span(start_s, end_s), 0.9)


def test_only_a_title_with_a_name_is_listened_for() -> None:
    assert name_phrases(["Ms Novak", "Novak", "MS. NOVAK", "I am sorry", "Mr. O’Hara", "pani Moniko"]) == [
        "miss novak",
        "mister o'hara",
        "pani moniko",
    ]
    assert spoken("Dr. Żółć, 3rd!") == "doctor żółć rd"


def test_a_name_takes_the_place_of_what_lies_under_it() -> None:
    heard = [
        word("about", 0, 1),
        word("mission", 1, 1.5),
        word("know", 1.5, 1.7),
        word("that", 1.7, 2.3),
        word("i", 2.3, 2.5),
    ]
    name = [word("miss", 1.0, 1.4), word("novak", 1.4, 2.2)]
    assert [w.text for w in replace_spans(heard, name)] == ["about", "miss", "novak", "i"]


@given(st.lists(st.floats(0.05, 1), min_size=1, max_size=8), st.floats(0, 3), st.floats(0.1, 2))
def test_after_a_replacement_no_two_words_share_time(lengths: list[float], start_s: float, length_s: float) -> None:
    ends = np.cumsum(lengths)
    heard = [word("x", float(end - length), float(end)) for end, length in zip(ends, lengths, strict=True)]
    name = [word("miss", start_s, start_s + length_s / 2), word("novak", start_s + length_s / 2, start_s + length_s)]
    spans = [w.span for w in replace_spans(heard, name) if w.span is not None]
    spans.sort()
    assert all(one.overlap_s(other) < 1e-9 for n, one in enumerate(spans) for other in spans[n + 1 :])


def test_a_name_from_a_grammar_counts_only_whole_long_enough_and_near_what_was_heard() -> None:
    free = [word("very", 0, 0.4), word("mission", 1, 1.5), word("know", 1.5, 2.0)]
    believable = [word("miss", 1.0, 1.4), word("novak", 1.4, 2.0)]
    assert whole_names(believable, ["miss novak"], free) == believable
    assert whole_names([word("miss", 0, 0.2), word("novak", 0.2, 0.4)], ["miss novak"], free) == []
    assert whole_names([word("miss", 1.0, 1.1), word("novak", 1.1, 1.2)], ["miss novak"], free) == []
    assert whole_names([word("miss", 1.0, 1.4)], ["miss novak"], free) == []
