"""A call in the terminal with nothing stood in for: espeak-ng speaks, flite answers, PocketSphinx listens."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from simulator.app.bootstrap import Program
from simulator.cli.main import run

CALM = (
    "This is my calm voice. I speak slowly and evenly, the way I talk when nothing is wrong at all. The weather is "
    "fine today, and I have had a good cup of coffee. In the afternoon I will go for a walk in the park."
)
KIND = "Miss Novak, I can hear how upsetting this is. I am very sorry. I will look into this myself right now."
RUDE = "That is not true. It is not my fault. You need to calm down first, and there is nothing I can do."


@pytest.fixture
def program(tmp_path: Path) -> Iterator[Program]:
    made = Program(tmp_path / "data")
    made.data_folder.mkdir()
    yield made
    made.close()


def spoken(text: str, to: Path) -> str:
    flite = shutil.which("flite")
    if flite is None:
        pytest.skip("flite is not installed (apt-get install flite)")
    subprocess.run([flite, "-voice", "slt", "-t", text, "-o", str(to)], check=True, capture_output=True)
    return str(to)


def test_a_kind_reply_calms_and_a_rude_one_angers_by_voice_alone(
    program: Program, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["rehearse", "en-late-delivery", "--recogniser", "pocketsphinx", "--json"]
    arguments += ["--calibration", spoken(CALM, tmp_path / "calm.wav")]
    arguments += ["--reply", spoken(KIND, tmp_path / "kind.wav"), "--reply", spoken(RUDE, tmp_path / "rude.wav")]
    assert run(arguments, program.services, lambda demo: 99) == 0
    started, kind, rude, ended = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert started["recogniser"] == "pocketsphinx"
    assert_measured(kind)
    helped = {found["id"] for found in kind["techniques"]}
    assert "use_name" in helped, kind["reply"]["transcript"]["text"]
    assert {"acknowledge_feelings", "apologise", "intend_to_help"} & helped, kind["reply"]["transcript"]["text"]
    assert kind["temper_after"] < kind["customer"]["temper"] - 1
    assert rude["temper_after"] > rude["customer"]["temper"]
    assert {"argue", "deny_responsibility", "command_calm", "brush_off"} & {each["cause"] for each in rude["causes"]}

    store = program.services().store
    (row,) = store.sessions()
    assert row.id == ended["session"]
    assert (row.turns, row.state, row.outcome) == (2, "ended", "abandoned")
    heard = program.services().recordings.read(row.id, "trainee", kind["reply"]["start_s"], kind["reply"]["end_s"])
    assert heard.duration_s == pytest.approx(kind["reply"]["duration_s"], abs=0.05)


def assert_measured(turn: dict[str, Any]) -> None:
    reply = turn["reply"]
    assert turn["customer"]["end_s"] - turn["customer"]["start_s"] > 5
    assert reply["start_s"] == pytest.approx(turn["customer"]["end_s"] + 0.3, abs=0.002)
    assert reply["speech_s"] > 3
    assert reply["pace"]["articulation_rate_syl_per_s"] > 2
    assert abs(reply["level"]["relative_to_calm_db"]) < 5
    assert reply["pitch"]["median_hz"] > 100
    assert reply["overlap"]["kind"] == "none"
    for found in turn["techniques"]:
        if found["id"] == "use_name":
            assert reply["start_s"] <= found["start_s"] < found["end_s"] <= reply["end_s"]
