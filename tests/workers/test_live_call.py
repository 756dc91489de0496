"""A call over stand-ins for the devices: the rehearsal, the acoustics and every thread are the real ones."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from simulator.adapters.scripted import ScriptedRecogniser
from simulator.practice.messages import (
    CallConnected,
    LineFinished,
    LineStarted,
    ReplyEnded,
    TurnAppraised,
)
from tests.workers.call_fakes import CallStage, hush, talk


@pytest.fixture
def stage() -> Iterator[CallStage]:
    stage = CallStage(ScriptedRecogniser(["i hear how long you waited", "you get a refund today"]))
    yield stage
    stage.call.close()


def test_a_turn_goes_from_the_line_over_the_reply_to_its_appraisal(stage: CallStage) -> None:
    stage.call.start()
    assert stage.wait_for(CallConnected).session_id == "s-1"
    line = stage.wait_for(LineStarted)
    assert line.spoken
    assert len(line.word_starts_s) == len(line.line.text.split())
    stage.push_until(LineFinished, hush(0.25))
    stage.microphone.push(hush(0.3))
    stage.microphone.push(talk(2.5))
    stage.push_until(ReplyEnded, hush(0.25))
    result = stage.wait_for(TurnAppraised).result
    assert result.reply.utterance is not None
    assert result.reply.utterance.text == "i hear how long you waited"
    assert result.reply.voice is not None
    assert result.reply.voice.speech_s == pytest.approx(2.5, abs=0.3)
    assert result.customer.span is not None
    assert result.customer.span.duration_s == pytest.approx(2.0, abs=0.05)
    assert result.reply.timing is not None
    assert result.temper_after < result.temper_before
