"""Customer voices as written: what a curve means, and every mistake named by file, line and key."""

from __future__ import annotations

from dataclasses import astuple
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.adapters.voice_files import Delivery, VoiceFile, VoiceFiles, voice_from
from simulator.adapters.yaml_files import parse_yaml
from simulator.domain.errors import BadInputError
from tests.conftest import PROJECT

GOOD = """\
name: Test voice
language: en
gender: female
engines:
  espeak: [gmw/en+f2]
curve:
  - {temper: 0, rate_wpm: 130, pitch: 40, pitch_range: 30, level_dbfs: -30, roughness: 0}
  - {temper: 5, rate_wpm: 170, pitch: 50, pitch_range: 60, level_dbfs: -26, roughness: 0.2}
  - {temper: 10, rate_wpm: 220, pitch: 70, pitch_range: 90, level_dbfs: -20, roughness: 0.6}
"""


def voice(text: str = GOOD) -> VoiceFile:
    return voice_from(parse_yaml(text, "voices/test.yaml"), "test")


def mistake_in(text: str) -> str:
    """What is wrong with it; the file's name alone where nothing is."""
    try:
        voice(text)
    except BadInputError as error:
        return str(error)
    return "test.yaml"


def test_a_voice_means_what_is_written() -> None:
    read = voice()
    assert (read.id, read.name, read.language, read.gender.value) == ("test", "Test voice", "en", "female")
    assert read.engine_voices == {"espeak": ("gmw/en+f2",)}
    assert read.delivery(5) == Delivery(170, 50, 60, -26, 0.2)
    assert read.delivery(7.5) == Delivery(195, 60, 75, -23, 0.4)


def test_a_temper_beyond_the_scale_counts_as_its_end() -> None:
    assert voice().delivery(-3) == voice().delivery(0)
    assert voice().delivery(40) == voice().delivery(10)


@given(st.floats(0, 10), st.floats(0, 10))
def test_no_part_of_the_delivery_ever_falls_as_temper_rises(one: float, other: float) -> None:
    calmer, angrier = astuple(voice().delivery(min(one, other))), astuple(voice().delivery(max(one, other)))
    assert all(low <= high + 1e-9 for low, high in zip(calmer, angrier, strict=True))


@pytest.mark.parametrize(
    ("written", "instead", "message"),
    [
        ("name: Test voice\n", "", "voices/test.yaml:1: the document: the key 'name' is missing"),
        ("language: en", "language: English", "test.yaml:2: language: should be a language code"),
        ("gender: female", "gender: loud", "test.yaml:3: gender: should be one of female, male"),
        ("gender: female", "gender: female\nmood: bad", "test.yaml:4: mood: is not a known key"),
        ("espeak: [gmw/en+f2]", "espeak: []", "test.yaml:5: engines.espeak: should name at least one voice"),
        ("espeak: [gmw/en+f2]", "sapi5: [Zira]", "engines: the key 'espeak' is missing"),
        ("espeak:", "festival:", "test.yaml:5: engines.festival: is not a known key"),
        ("rate_wpm: 170", "rate_wpm: 900", r"test.yaml:8: curve\[2\].rate_wpm: should be from 80 to 400"),
        ("rate_wpm: 170", "rate_wpm: fast", r"test.yaml:8: curve\[2\].rate_wpm: should be a number"),
        ("rate_wpm: 170", "speed: 170", r"test.yaml:8: curve\[2\].speed: is not a known key"),
        ("rate_wpm: 220", "rate_wpm: 160", r"test.yaml:9: curve\[3\].rate_wpm: should not fall as temper rises"),
        ("roughness: 0.6", "roughness: .nan", r"test.yaml:9: curve\[3\].roughness: should be"),
        ("temper: 5", "temper: 0", r"test.yaml:8: curve\[2\].temper: should be above 0"),
        ("temper: 10", "temper: 9", "test.yaml:6: curve: should begin at temper 0 and end at temper 10"),
        ("temper: 0,", "temper: 1,", "should begin at temper 0"),
    ],
)
def test_a_mistake_is_named_by_file_line_and_key(written: str, instead: str, message: str) -> None:
    assert GOOD.count(written) >= 1
    with pytest.raises(BadInputError, match=message):
        voice(GOOD.replace(written, instead, 1))


def test_one_point_is_no_curve() -> None:
    with pytest.raises(BadInputError, match="at least two points"):
        voice("\n".join(GOOD.splitlines()[:7]) + "\n")


@given(st.text(alphabet="temper: {}[],-\n09.abc#&*!|>%'\"ratewpmpitch", max_size=200))
def test_any_text_is_a_voice_or_one_plain_error(text: str) -> None:
    assert "test.yaml" in mistake_in(text)


@given(st.sampled_from(GOOD.splitlines()), st.text(max_size=20))
def test_a_good_file_with_one_line_spoilt_is_a_voice_or_one_plain_error(line: str, instead: str) -> None:
    assert "test.yaml" in mistake_in(GOOD.replace(line, instead))


def test_a_voice_in_a_later_folder_replaces_one_of_the_same_id(tmp_path: Path) -> None:
    mine = GOOD.replace("Test voice", "My own")
    (tmp_path / "en-male-1.yaml").write_text(mine, encoding="utf-8")
    files = VoiceFiles([PROJECT / "voices", tmp_path])
    assert files.find("en-male-1").name == "My own"
    assert files.find("en-male-2").name.startswith("Frank")


def test_the_shipped_voices_cover_what_the_scenarios_need() -> None:
    shipped = VoiceFiles([PROJECT / "voices"]).voices()
    assert [v.id for v in shipped] == sorted(v.id for v in shipped)
    by_language: dict[str, set[str]] = {}
    for each in shipped:
        by_language.setdefault(each.language, set()).add(each.gender.value)
        assert each.engine_voices.keys() == {"espeak", "sapi5", "nsss"}
        steps = [astuple(each.delivery(temper)) for temper in range(11)]
        assert all(before < after for before, after in pairwise(step[0] for step in steps))
    assert by_language == {language: {"female", "male"} for language in ("en", "pl", "uk", "hu")}
