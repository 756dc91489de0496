"""`unruffled analyse` on real files, through the real reader, measures and plot."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest
import soundfile

from simulator.adapters.audio_files import SoundFiles
from simulator.adapters.measure_plot import PyplotPicture
from simulator.adapters.scripted import NoRecogniser, ScriptedRecogniser
from simulator.cli.main import run
from simulator.practice.services import Services
from tests.acoustics.synthetic import RATE, Sound, Talk, speak

CALM = Talk(syllables=60, pauses_after=((19, 0.5), (39, 0.6)))
SHAPE = {
    "duration_s": None,
    "speech_s": None,
    "pace": {
        "syllables",
        "articulation_rate_syl_per_s",
        "speech_rate_syl_per_s",
        "words_per_minute",
        "route",
        "confidence",
        "relative_to_calm",
    },
    "level": {"speech_dba_fs", "relative_to_calm_db", "peak_dbfs", "clipped", "noise_dbfs"},
    "pitch": {"median_hz", "range_semitones", "voiced_frames", "relative_to_calm_semitones"},
    "effort": {"index", "agrees_with_level"},
    "pauses": None,
    "fillers": None,
    "transcript": {"text", "confidence", "recogniser", "words"},
}


def services(said: str | None = None) -> Services:
    def recogniser(name: str, _language: str) -> Any:
        return NoRecogniser() if said is None or name == "none" else ScriptedRecogniser([said] * 9)

    return cast(
        "Services", SimpleNamespace(audio_files=SoundFiles(), measure_plot=PyplotPicture(), recogniser=recogniser)
    )


def analyse(*arguments: str | Path, said: str | None = None) -> int:
    return run(["analyse", *map(str, arguments)], lambda: services(said), lambda demo: 0)


@pytest.fixture(scope="module")
def calm() -> Sound:
    return speak(CALM).samples


@pytest.fixture
def recording(tmp_path: Path, calm: Sound) -> Path:
    soundfile.write(tmp_path / "calm.wav", calm, RATE, "PCM_16")
    return tmp_path / "calm.wav"


def test_json_has_the_documented_shape(recording: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert analyse(recording, "--json") == 0
    document = json.loads(capsys.readouterr().out)
    assert list(document) == list(SHAPE)
    for key, parts in SHAPE.items():
        if parts is not None:
            assert parts <= set(document[key]), key
    assert document["pace"]["route"] == "sound"
    assert document["pace"]["articulation_rate_syl_per_s"] == pytest.approx(4.5, rel=0.1)
    assert document["pitch"]["median_hz"] == pytest.approx(120.0, rel=0.05)
    assert [p["end_s"] - p["start_s"] for p in document["pauses"]] == pytest.approx([0.5, 0.6], abs=0.04)
    assert document["pace"]["relative_to_calm"] is None
    assert document["fillers"] is None
    assert document["transcript"]["recogniser"] == "none"


def test_what_cannot_be_known_is_null(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    soundfile.write(tmp_path / "room.wav", 0.001 * np.random.default_rng(1).standard_normal(5 * RATE), RATE)
    assert analyse(tmp_path / "room.wav", "--json") == 0
    document = json.loads(capsys.readouterr().out)
    assert document["speech_s"] is None
    assert document["pace"]["articulation_rate_syl_per_s"] is None
    assert document["pace"]["confidence"] == "none"
    assert document["level"]["speech_dba_fs"] is None
    assert document["pitch"]["median_hz"] is None
    assert document["effort"] == {"index": None, "agrees_with_level": None}


def test_a_calibration_makes_everything_relative(
    tmp_path: Path, calm: Sound, recording: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fast = speak(Talk(syllables=60, rate_syl_per_s=6.0, f0_hz=150.0, level_dbfs=-16.0)).samples
    soundfile.write(tmp_path / "fast.wav", fast, RATE, "PCM_16")
    assert analyse(tmp_path / "fast.wav", "--calibration", recording, "--json") == 0
    document = json.loads(capsys.readouterr().out)
    assert document["pace"]["relative_to_calm"] == pytest.approx(6.0 / 4.5, rel=0.1)
    assert document["level"]["relative_to_calm_db"] == pytest.approx(6.0, abs=1.0)
    assert document["pitch"]["relative_to_calm_semitones"] == pytest.approx(12 * np.log2(150 / 120), abs=0.4)
    assert document["effort"]["index"] is not None


def test_words_decide_the_pace_where_they_are_known(recording: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = " ".join(["refund"] * 30)
    assert analyse(recording, "--json", said=said) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["pace"]["route"] == "words"
    assert document["pace"]["syllables"] == 60
    assert document["pace"]["words_per_minute"] == pytest.approx(60 * 30 / document["duration_s"], rel=0.01)
    assert document["transcript"]["text"] == said


def test_a_folder_gives_one_line_a_recording_and_names_the_bad_one(
    tmp_path: Path, recording: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "deeper").mkdir()
    soundfile.write(tmp_path / "deeper" / "b.flac", speak(Talk(seed=5)).samples, RATE)
    (tmp_path / "broken.wav").write_bytes(b"RIFF and nothing else")
    (tmp_path / "notes.txt").write_text("not a recording")
    assert analyse(tmp_path, "--json") == 2
    out, err = capsys.readouterr()
    lines = [json.loads(line) for line in out.splitlines()]
    assert [Path(line["file"]).name for line in lines] == ["calm.wav", "b.flac"]
    assert lines[0]["source"] == "16000 Hz, mono"
    assert "broken.wav" in err
    assert "notes.txt" not in err


def test_a_table_has_a_row_for_each_recording(tmp_path: Path, recording: Path, calm: Sound) -> None:
    soundfile.write(tmp_path / "again.wav", calm, RATE)
    table = tmp_path / "table.csv"
    assert analyse(recording, tmp_path / "again.wav", "--csv", table) == 0
    with table.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [Path(row["file"]).name for row in rows] == ["calm.wav", "again.wav"]
    assert float(rows[0]["pace.articulation_rate_syl_per_s"]) == pytest.approx(4.5, rel=0.1)
    assert rows[0]["pauses.count"] == "2"
    assert float(rows[0]["pauses.total_s"]) == pytest.approx(1.1, abs=0.08)
    assert float(rows[0]["pauses.longest_s"]) == pytest.approx(0.6, abs=0.04)
    starts_and_ends = [[float(s) for s in place.split("-")] for place in rows[0]["pauses.at_s"].split()]
    assert [end - start for start, end in starts_and_ends] == pytest.approx([0.5, 0.6], abs=0.04)


def test_a_picture_is_drawn(tmp_path: Path, recording: Path) -> None:
    assert analyse(recording, "--plot", tmp_path / "calm.png", said="one two three") == 0
    assert (tmp_path / "calm.png").read_bytes().startswith(b"\x89PNG")


def test_several_recordings_give_a_folder_of_pictures(tmp_path: Path, recording: Path, calm: Sound) -> None:
    (tmp_path / "other").mkdir()
    soundfile.write(tmp_path / "other" / "calm.wav", calm, RATE)
    assert analyse(recording, tmp_path / "other" / "calm.wav", "--plot", tmp_path / "pictures") == 0
    assert sorted(p.name for p in (tmp_path / "pictures").iterdir()) == ["calm-2.png", "calm.png"]


def test_the_channel_is_chosen_and_said(tmp_path: Path, calm: Sound, capsys: pytest.CaptureFixture[str]) -> None:
    stereo = np.column_stack([np.zeros_like(calm), calm])
    soundfile.write(tmp_path / "stereo.wav", stereo, RATE)
    assert analyse(tmp_path / "stereo.wav", "--channel", "2") == 0
    assert "channel 2 of 2" in capsys.readouterr().out
    assert analyse(tmp_path / "stereo.wav", "--channel", "1", "--json") == 0
    assert json.loads(capsys.readouterr().out)["speech_s"] is None
    assert analyse(tmp_path / "stereo.wav", "--channel", "3") == 2
    assert "no channel 3" in capsys.readouterr().err


def test_a_moved_gain_is_told(tmp_path: Path, calm: Sound, recording: Path, capsys: pytest.CaptureFixture[str]) -> None:
    soundfile.write(tmp_path / "softer.wav", calm / 3, RATE)
    assert analyse(tmp_path / "softer.wav", "--calibration", recording) == 0
    assert "gain seems to have moved" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["missing.wav"], "missing.wav: there is no such file"),
        (["empty.wav"], "empty.wav: the file is empty"),
        (["calm.wav", "--calibration", "short.wav"], "short.wav: Only"),
        (["folder"], "no recordings in this folder"),
        (["calm.wav", "--json", "--csv", "x.csv"], "either --json or --csv"),
        (["calm.wav", "calm2.wav", "--plot", "x.png"], "takes a folder"),
    ],
)
def test_bad_input_is_named_and_exits_with_2(
    tmp_path: Path,
    recording: Path,
    calm: Sound,
    arguments: list[str],
    told: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty.wav").write_bytes(b"")
    (tmp_path / "folder").mkdir()
    soundfile.write(tmp_path / "short.wav", calm[: 2 * RATE], RATE)
    soundfile.write(tmp_path / "calm2.wav", calm, RATE)
    assert analyse(*arguments) == 2
    assert told in capsys.readouterr().err


def test_an_unwritable_picture_is_one_plain_sentence(
    tmp_path: Path, recording: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert analyse(recording, "--plot", tmp_path / "nowhere" / "x.png") == 1
    assert "could not be written" in capsys.readouterr().err
