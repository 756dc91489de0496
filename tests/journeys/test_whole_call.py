"""A whole call in the program's own voice and ears: a real sound server, espeak as customer, flite as trainee."""

from __future__ import annotations

import os
import queue
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import numpy as np
import pytest
import soundfile

from simulator.app.bootstrap import Program
from simulator.domain.measures import Confidence, OverlapKind
from simulator.domain.scenario import Difficulty
from simulator.ports import CAPTURE_RATE_HZ
from simulator.practice.messages import (
    CallConnected,
    CallControl,
    CallEnded,
    CaptionMoved,
    LineFinished,
    LineStarted,
    Message,
    Noticed,
    Paused,
    Resumed,
    TurnAppraised,
)
from simulator.practice.settings import CallSetup, Settings
from simulator.practice.turn_result import CallSummary, TurnResult
from tests.journeys.virtual_headset import VirtualHeadset

pytestmark = [pytest.mark.needs_sound_server, pytest.mark.timeout(240)]

HEADSET = "Sound server: Headset"
CALM_WORDS = (
    "Now that I know what happened, I would like to hear a little more. Please take your time and tell me in your own "
    "words. I am listening to you, and I will write it all down as you speak."
)
GOOD_REPLY = (
    "I can hear how frustrating this has been, and I am sorry about it. "
    "I will help you with this myself. Could you give me your order number please?"
)
M = TypeVar("M")


class Trainee:
    """Flite at the virtual microphone."""

    def __init__(self, headset: VirtualHeadset, folder: Path) -> None:
        self._headset = headset
        self._folder = folder

    def words(self, text: str) -> Path:
        wav = self._folder / f"{abs(hash(text))}.wav"
        if not wav.exists():
            subprocess.run(["flite", "-voice", "slt", "-t", text, "-o", str(wav)], check=True, timeout=60)
        return wav

    def say(self, text: str) -> None:
        self._headset.say(self.words(text))


class News:
    """What the call tells; waits for it."""

    def __init__(self) -> None:
        self.all: list[Message] = []
        self._queue: queue.Queue[Message] = queue.Queue()

    def __call__(self, message: Message) -> None:
        self.all.append(message)
        self._queue.put(message)

    def wait_for(self, kind: type[M], timeout_s: float = 40.0) -> M:
        passed: list[str] = []
        while True:
            try:
                message = self._queue.get(timeout=timeout_s)
            except queue.Empty:
                raise AssertionError(f"no {kind.__name__} came after {passed}") from None
            if isinstance(message, kind):
                return message
            assert not isinstance(message, Paused), message.trouble
            passed.append(type(message).__name__)

    def of(self, kind: type[M]) -> list[M]:
        return [message for message in self.all if isinstance(message, kind)]


@pytest.fixture
def trainee(headset: VirtualHeadset, tmp_path: Path) -> Trainee:
    if shutil.which("flite") is None:
        if os.environ.get("CI"):
            pytest.fail("flite is not installed (Debian: flite)")
        pytest.skip("flite is not installed")
    return Trainee(headset, tmp_path)


@pytest.fixture
def program(headset: VirtualHeadset, tmp_path: Path) -> Iterator[Program]:
    (tmp_path / "data").mkdir()
    program = Program(tmp_path / "data")
    yield program
    program.close()


@pytest.fixture
def news() -> News:
    return News()


def begin(program: Program, news: News, scenario: str = "en-late-delivery", **more: object) -> CallControl:
    services = program.services()
    settings = Settings(input_device=HEADSET, output_device=HEADSET, recogniser="pocketsphinx")
    setup = CallSetup(services.scenarios.find(scenario), "guest", Difficulty.STANDARD, **more)  # type: ignore[arg-type]
    call = services.live_call(setup, settings, news)
    call.start()
    return call


def take_turn(call: CallControl, news: News, trainee: Trainee, text: str) -> TurnResult:
    news.wait_for(LineFinished)
    trainee.say(text)
    return news.wait_for(TurnAppraised).result


def test_a_whole_call_is_heard_judged_kept_and_read_back(program: Program, news: News, trainee: Trainee) -> None:
    call = begin(program, news)
    try:
        connected = news.wait_for(CallConnected)
        assert connected.session_id is not None
        results = []
        for _ in range(2):
            assert news.wait_for(LineStarted).spoken
            results.append(take_turn(call, news, trainee, GOOD_REPLY if len(results) else CALM_WORDS))
            call.next_turn()
            if results[-1].outcome is not None:
                break
        call.end()
        summary = news.wait_for(CallEnded).summary
    finally:
        call.close()
    assert news.of(Paused) == []
    check_what_was_heard(results)
    check_what_was_kept(program, connected.session_id, summary)


def check_what_was_heard(results: list[TurnResult]) -> None:
    for result in results:
        reply = result.reply
        assert reply.utterance is not None
        assert len(reply.utterance.words) > 5
        assert reply.voice is not None
        assert reply.voice.level.confidence is not Confidence.NONE
        assert reply.voice.pitch.median_hz == pytest.approx(170, abs=60)
        assert reply.timing is not None
        assert reply.timing.reply_gap_s is not None
        assert 0.0 < reply.timing.reply_gap_s < 5.0
        assert reply.timing.overlap_kind is OverlapKind.NONE
        assert result.feedback_text.headline
        assert result.customer.span is not None
    helped = {d.technique for result in results[1:] for d in result.appraisal.words}
    assert helped & {"acknowledge_feelings", "apologise", "intend_to_help", "ask_facts"}
    assert any(cause.change < 0 for result in results for cause in result.causes)


def check_what_was_kept(program: Program, session_id: str, summary: CallSummary) -> None:
    services = program.services()
    kinds = [event.kind for event in services.store.events(session_id)]
    assert kinds[-1] == "ended"
    stored = [event.data for event in services.store.events(session_id) if event.kind == "turn"]
    assert len(stored) == len(summary.turns)
    for data, turn in zip(stored, summary.turns, strict=True):
        text = str(data)
        assert turn.reply.utterance is not None
        assert turn.reply.utterance.words[0].text in text
        assert turn.feedback_text.headline in text or turn.feedback.headline.code in text
    recorded = next(event.data for event in services.store.events(session_id) if event.kind == "recorded")
    assert recorded["dropped_blocks"] == 0
    for track, turn_span in (("trainee", summary.turns[0].reply.span), ("customer", summary.turns[0].customer.span)):
        path = services.recordings.path(session_id, track)
        assert path is not None
        assert path.suffix == ".flac"
        assert turn_span is not None
        sound = services.recordings.read(session_id, track, turn_span.start_s, turn_span.end_s).samples
        assert np.sqrt(np.mean(np.square(sound))) > 0.005
    lengths = {soundfile.info(services.recordings.path(session_id, track)).frames for track in ("trainee", "customer")}
    assert len(lengths) == 1
    assert services.store.sessions()[0].id == session_id


def test_a_headset_unplugged_in_a_call_pauses_it_and_nothing_is_lost(
    program: Program, news: News, trainee: Trainee, headset: VirtualHeadset
) -> None:
    call = begin(program, news, "en-warm-up")
    try:
        news.wait_for(LineFinished)
        headset.unplug_microphone()
        trouble = news.wait_for(Paused).trouble
        assert trouble is not None
        assert "microphone" in trouble
        headset.plug_in_microphone()
        call.resume()
        news.wait_for(Resumed)
        trainee.say(GOOD_REPLY)
        result = news.wait_for(TurnAppraised).result
        assert result.reply.voice is not None
        assert result.reply.voice.heard_speech
        call.end()
        summary = news.wait_for(CallEnded).summary
    finally:
        call.close()
    assert summary.session_id is not None
    assert len(summary.turns) == 1
    path = program.services().recordings.path(summary.session_id, "trainee")
    assert path is not None
    assert soundfile.info(path).frames > result.reply.voice.duration_s * CAPTURE_RATE_HZ


def test_someone_who_talks_over_the_customer_is_heard_doing_so(
    program: Program, news: News, trainee: Trainee, headset: VirtualHeadset
) -> None:
    trainee.words(GOOD_REPLY)
    call = begin(program, news)
    try:
        news.wait_for(CaptionMoved)
        trainee.say(GOOD_REPLY)
        result = news.wait_for(TurnAppraised).result
    finally:
        call.close()
    assert result.customer.cut_short
    assert result.reply.timing is not None
    assert result.reply.timing.overlap_kind is OverlapKind.INTERRUPTION
    assert [d for d in result.appraisal.voice if d.technique == "interrupt"]
    assert news.of(Noticed)
