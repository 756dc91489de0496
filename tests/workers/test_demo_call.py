"""The demo: a call that plays itself, in real time, over a microphone that hears clips and headphones that are none."""

from __future__ import annotations

import queue

import numpy as np

from simulator.adapters.clip_microphone import ClipMicrophone
from simulator.adapters.silent_speaker import SilentSpeaker
from simulator.adapters.system_clock import SystemClock
from simulator.domain.errors import SimulatorError
from simulator.domain.scenario import Difficulty, Outcome
from simulator.ports import CAPTURE_RATE_HZ, Clip
from simulator.practice.messages import CallEnded, Message, TurnAppraised
from simulator.practice.rehearsal import Rehearsal
from simulator.practice.settings import CallSetup, Settings
from simulator.workers.call_sound import CallParts
from simulator.workers.demo_call import DemoCall
from simulator.workers.no_recognition import NoRecognition
from tests.workers.call_fakes import MemoryRecordings, WordSpotter, plain_feedback, scenario, talk


class TalkingVoice:
    """`ports.Voice`: something like speech, a second long; counts who spoke."""

    def __init__(self, able: bool = True) -> None:
        self.able = able
        self.spoke: list[str] = []

    def render(self, voice: str, text: str, temper: float) -> Clip:
        if not self.able:
            raise SimulatorError("No voice is installed.")
        self.spoke.append(voice)
        return Clip(talk(1.2), CAPTURE_RATE_HZ, text)

    def close(self) -> None:
        pass


def play_whole_demo(voice: TalkingVoice, trainee: str | None) -> list[Message]:
    clock = SystemClock()
    microphone = ClipMicrophone(clock)
    parts = CallParts(microphone, SilentSpeaker(clock), voice, MemoryRecordings(), clock, NoRecognition)
    setup = CallSetup(scenario(), "guest", Difficulty.STANDARD)
    rehearsal = Rehearsal(setup, None, WordSpotter(), plain_feedback, lambda events: None, "")
    news: queue.Queue[Message] = queue.Queue()
    call = DemoCall(rehearsal, parts, Settings(), news.put, microphone, trainee, pace_s=0.0)
    call.start()
    said: list[Message] = []
    while not said or not isinstance(said[-1], CallEnded):
        said.append(news.get(timeout=20))
    call.close()
    return said


def test_the_demo_plays_a_call_to_its_good_end() -> None:
    voice = TalkingVoice()
    said = play_whole_demo(voice, "sam")
    turns = [message.result for message in said if isinstance(message, TurnAppraised)]
    assert said[-1].summary.outcome is Outcome.SETTLED
    assert turns[-1].reply.utterance is not None
    assert turns[-1].reply.utterance.text == "I will refund you today."
    assert turns[-1].reply.voice is not None
    assert turns[-1].reply.voice.heard_speech
    assert {"maria", "sam"} <= set(voice.spoke)


def test_without_a_voice_the_demo_is_read_and_typed() -> None:
    said = play_whole_demo(TalkingVoice(able=False), None)
    turns = [message.result for message in said if isinstance(message, TurnAppraised)]
    assert said[-1].summary.outcome is Outcome.SETTLED
    assert all(turn.reply.voice is None for turn in turns)
    assert all(turn.customer.span is None for turn in turns)


def test_the_clip_microphone_hears_what_is_said_into_it_in_real_time() -> None:
    microphone = ClipMicrophone(SystemClock())
    heard: queue.Queue[np.ndarray] = queue.Queue()
    stream = microphone.open(None, lambda block: heard.put(block.samples), lambda why: None)
    microphone.say(Clip(np.full(4_410, 0.5, np.float32), 44_100))
    sound = np.concatenate([heard.get(timeout=5) for _ in range(20)])
    stream.close()
    loud = np.abs(sound) > 0.25
    assert loud.sum() == 1_600 or abs(int(loud.sum()) - 1_600) < 20
    assert 0 < np.abs(sound[~loud]).mean() < 0.01
