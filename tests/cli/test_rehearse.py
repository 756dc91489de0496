"""`unruffled rehearse`: a whole call in the terminal, as text and as the documented JSON."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from simulator.cli.main import run
from simulator.domain.errors import SimulatorError
from simulator.domain.session import SessionEvent
from simulator.practice.events import read_session, replay
from simulator.practice.services import Services
from tests.acoustics.synthetic import Talk, speak
from tests.cli.terminal_services import HummingVoice, judges, terminal_services, write_wave

SCENARIO = "en-late-delivery"
KIND = "Ms Novak, I can hear how upsetting this is. I'm going to look into this myself."
RUDE = "That's not true. You need to calm down first."


@pytest.fixture
def facts() -> list[SessionEvent]:
    return []


def unruffled(services: Services, *arguments: str) -> int:
    return run(["rehearse", *arguments], lambda: services, lambda demo: 99)


def json_lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def speech_like(seconds: float, *, raised: bool = False, rate: float = 4.5) -> np.ndarray:
    """Synthetic speech (no person was recorded), calm or raised: louder, higher and with a flatter spectrum."""
    syllables = round(seconds * rate)
    if raised:
        return speak(Talk(syllables, rate, f0_hz=150.0, effort=1.0, level_dbfs=-22.0, seed=3)).samples
    return speak(Talk(syllables, rate, level_dbfs=-34.0, seed=2)).samples


def test_typed_replies_give_the_documented_json(facts: list[SessionEvent], capsys: pytest.CaptureFixture[str]) -> None:
    code = unruffled(terminal_services(facts), SCENARIO, "--typed", KIND, "--typed", RUDE, "--json")
    assert code == 0
    started, first, second, ended = json_lines(capsys.readouterr().out)
    assert (started["event"], started["recogniser"]) == ("started", "none")
    assert [first["turn"], second["turn"]] == [1, 2]
    assert first["customer"]["temper"] == 9.0
    assert first["customer"]["end_s"] > first["customer"]["start_s"]
    assert first["temper_after"] < 9.0
    assert "how upsetting this is" in {cause["evidence"] for cause in first["causes"]}
    assert {found["id"] for found in first["techniques"]} >= {"use_name", "acknowledge_feelings", "intend_to_help"}
    assert first["reply"]["pace"]["articulation_rate_syl_per_s"] is None
    assert first["reply"]["overlap"] is None
    assert first["feedback"]["headline"] == "She felt heard."
    assert {item["kind"] for item in first["feedback"]["items"]} == {"praise"}
    assert second["temper_after"] > second["customer"]["temper"]
    assert ended["outcome"] == "abandoned"
    assert ended["session"] == "s1"
    assert ended["scorecard"]["score"] is not None
    assert read_session(facts).outcome == "abandoned"


def test_a_demo_call_is_settled_by_the_synthetic_trainee(
    facts: list[SessionEvent], capsys: pytest.CaptureFixture[str]
) -> None:
    assert unruffled(terminal_services(facts), SCENARIO, "--demo", "--json", "--no-save") == 0
    events = json_lines(capsys.readouterr().out)
    assert events[-1]["outcome"] == "settled"
    assert events[-1]["session"] is None
    assert facts == []


def test_audio_replies_are_measured_on_the_calls_time_line(
    facts: list[SessionEvent], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    calm = write_wave(tmp_path / "calm.wav", speech_like(15))
    reply = write_wave(tmp_path / "reply.wav", speech_like(6, raised=True))
    services = terminal_services(facts, said=[KIND])
    code = unruffled(services, SCENARIO, "--reply", str(reply), "--calibration", str(calm), "--json")
    assert code == 0
    turn = json_lines(capsys.readouterr().out)[1]
    line_end_s = turn["customer"]["end_s"]
    assert turn["reply"]["start_s"] == pytest.approx(line_end_s + 0.3, abs=0.002)
    assert turn["reply"]["level"]["relative_to_calm_db"] > 10
    assert turn["reply"]["effort"]["agrees_with_level"]
    assert "shout" in {found["id"] for found in turn["techniques"]}
    assert turn["reply"]["transcript"]["text"] == KIND
    assert turn["reply"]["overlap"]["kind"] == "none"


def test_the_same_words_slow_and_soft_or_fast_and_loud_end_differently(
    facts: list[SessionEvent], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    calm = write_wave(tmp_path / "calm.wav", speech_like(15))
    tempers = {}
    for name, reply in (("soft", speech_like(8, rate=4.0)), ("loud", speech_like(6, raised=True, rate=6.6))):
        audio = write_wave(tmp_path / f"{name}.wav", reply)
        services = terminal_services(facts, said=[KIND])
        unruffled(services, SCENARIO, "--reply", str(audio), "--calibration", str(calm), "--json", "--no-save")
        turn = json_lines(capsys.readouterr().out)[1]
        tempers[name] = turn["temper_after"]
        assert ({"shout", "rush"} <= {found["id"] for found in turn["techniques"]}) == (name == "loud")
    assert tempers["soft"] < tempers["loud"] - 1.0


def test_a_stored_call_replays_to_the_same_tempers_causes_and_feedback(
    facts: list[SessionEvent], tmp_path: Path
) -> None:
    calm = write_wave(tmp_path / "calm.wav", speech_like(15))
    arguments = ["--calibration", str(calm)]
    for name, reply in (("one", speech_like(6, raised=True)), ("two", speech_like(7)), ("three", speech_like(5))):
        arguments += ["--reply", str(write_wave(tmp_path / f"{name}.wav", reply))]
    said = [KIND, "So your parcel never came. May I have your order number?", "I can send a new one tomorrow."]
    assert unruffled(terminal_services(facts, said=said), SCENARIO, *arguments) == 0
    stored = [SessionEvent(fact.kind, fact.at_s, json.loads(json.dumps(dict(fact.data)))) for fact in facts]
    recorded = read_session(stored)
    again = replay(recorded, *judges())
    assert len(again) == 3
    assert again == tuple(turn.result for turn in recorded.turns)
    assert any(found.technique == "lower_voice" for turn in again for found in turn.appraisal.voice)


def test_a_reply_that_starts_during_the_line_interrupts(
    facts: list[SessionEvent], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    write_wave(tmp_path / "reply.wav", speech_like(5))
    script = tmp_path / "replies.jsonl"
    script.write_text('{"audio": "reply.wav", "start_s": 0.2}\n{"text": "Sorry, go on."}\n', encoding="utf-8")
    services = terminal_services(facts, said=["no no listen to me now please"])
    assert unruffled(services, SCENARIO, "--replies", str(script), "--json") == 0
    first = json_lines(capsys.readouterr().out)[1]
    assert first["reply"]["overlap"]["kind"] == "interruption"
    assert "interrupt" in {found["id"] for found in first["techniques"]}


def test_without_a_recogniser_the_words_are_not_scored_and_the_voice_is(
    facts: list[SessionEvent], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    calm = write_wave(tmp_path / "calm.wav", speech_like(15))
    reply = write_wave(tmp_path / "reply.wav", speech_like(6, raised=True))
    arguments = ["--reply", str(reply), "--calibration", str(calm), "--recogniser", "none", "--json"]
    assert unruffled(terminal_services(facts), SCENARIO, *arguments) == 0
    turn = json_lines(capsys.readouterr().out)[1]
    assert "words" in turn["not_scored"]
    assert turn["temper_after"] > turn["customer"]["temper"]
    assert turn["reply"]["transcript"]["text"] is None


def test_silence_is_not_heard_and_the_next_reply_answers_the_same_line(
    facts: list[SessionEvent], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    silent = write_wave(tmp_path / "silent.wav", np.zeros(48_000, np.float32))
    code = unruffled(terminal_services(facts), SCENARIO, "--reply", str(silent), "--typed", KIND, "--json")
    assert code == 0
    events = json_lines(capsys.readouterr().out)
    assert [event["event"] for event in events] == ["started", "nothing_heard", "turn", "ended"]
    assert events[1]["reason"] == "silence"
    assert events[2]["turn"] == 1


def test_an_empty_reply_is_said_to_be_empty(facts: list[SessionEvent], capsys: pytest.CaptureFixture[str]) -> None:
    assert unruffled(terminal_services(facts), SCENARIO, "--typed", "  ", "--typed", KIND) == 0
    assert "There was nothing in that reply" in capsys.readouterr().out


def test_without_a_voice_the_lines_are_shown_and_timing_is_not_scored(
    facts: list[SessionEvent], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    voice = HummingVoice(SimulatorError("No synthesiser is installed.", "Install libespeak-ng1."))
    reply = write_wave(tmp_path / "reply.wav", speech_like(5))
    services = terminal_services(facts, said=[KIND], voice=voice)
    assert unruffled(services, SCENARIO, "--reply", str(reply), "--json") == 0
    shown = capsys.readouterr()
    turn = json_lines(shown.out)[1]
    assert turn["customer"]["start_s"] is None
    assert "timing" in turn["not_scored"]
    assert "No synthesiser is installed." in shown.err


def test_replies_keep_the_order_in_which_they_were_given(
    facts: list[SessionEvent], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    reply = write_wave(tmp_path / "reply.wav", speech_like(5))
    arguments = ["--typed", KIND, "--reply", str(reply), "--typed", RUDE, "--json"]
    assert unruffled(terminal_services(facts, said=["hello there"]), SCENARIO, *arguments) == 0
    turns = [event for event in json_lines(capsys.readouterr().out) if event["event"] == "turn"]
    assert [turn["reply"]["transcript"]["text"] for turn in turns] == [KIND, "hello there", RUDE]


def test_without_replies_and_microphone_the_keyboard_is_used(
    facts: list[SessionEvent], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{KIND}\n"))
    assert unruffled(terminal_services(facts), SCENARIO) == 0
    shown = capsys.readouterr().out
    assert "She felt heard." in shown
    assert "Ms Novak" in shown
    assert "Score:" in shown


def test_an_exam_shows_no_feedback_until_the_end(facts: list[SessionEvent], capsys: pytest.CaptureFixture[str]) -> None:
    assert unruffled(terminal_services(facts), SCENARIO, "--typed", KIND, "--exam") == 0
    shown = capsys.readouterr().out
    assert "She felt heard." not in shown
    assert "The call is over" in shown


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("{", ":1: is not JSON"),
        ('{"audio": 3}', ':1: needs either "audio"'),
        ('\n{"text": "a", "audio": "b"}', ":2: needs either"),
        ('{"audio": "x.wav", "start_s": -1}', ":1: start_s:"),
        ('{"words": "a"}', ":1: words: is not a known key"),
        ('{"audio": "gone.wav"}', "gone.wav: there is no such file"),
    ],
)
def test_a_mistake_in_a_replies_file_is_named_by_line_and_key(
    facts: list[SessionEvent], capsys: pytest.CaptureFixture[str], tmp_path: Path, content: str, told: str
) -> None:
    script = tmp_path / "replies.jsonl"
    script.write_text(content, encoding="utf-8")
    assert unruffled(terminal_services(facts), SCENARIO, "--replies", str(script)) == 2
    assert told in capsys.readouterr().err


def test_a_missing_audio_file_is_bad_input(facts: list[SessionEvent], capsys: pytest.CaptureFixture[str]) -> None:
    assert unruffled(terminal_services(facts), SCENARIO, "--reply", "no-such.wav") == 2
    assert "no-such.wav: there is no such file" in capsys.readouterr().err


def test_a_broken_audio_file_is_bad_input_and_the_call_is_kept(
    facts: list[SessionEvent], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    broken = tmp_path / "broken.wav"
    broken.write_bytes(b"RIFFnothing")
    assert unruffled(terminal_services(facts), SCENARIO, "--typed", KIND, "--reply", str(broken)) == 2
    assert "broken.wav" in capsys.readouterr().err
    recorded = read_session(facts)
    assert len(recorded.turns) == 1
    assert recorded.outcome == "abandoned"


def test_a_calibration_without_speech_is_bad_input(
    facts: list[SessionEvent], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    calm = write_wave(tmp_path / "calm.wav", np.zeros(160_000, np.float32))
    assert unruffled(terminal_services(facts), SCENARIO, "--calibration", str(calm), "--typed", "a") == 2
    assert "calm.wav" in capsys.readouterr().err


def test_an_unknown_scenario_suggests_the_nearest(
    facts: list[SessionEvent], capsys: pytest.CaptureFixture[str]
) -> None:
    assert unruffled(terminal_services(facts), "en-late-delivry", "--typed", "a") == 2
    assert "Did you mean 'en-late-delivery'?" in capsys.readouterr().err
