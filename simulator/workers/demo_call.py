"""A whole call that plays itself: the live call with a synthetic trainee in front of a microphone that hears clips."""

from __future__ import annotations

import queue
import threading
from contextlib import suppress
from dataclasses import replace
from typing import Protocol

from simulator.domain.errors import SimulatorError
from simulator.ports import Clip, Playback
from simulator.practice.demo import SyntheticTrainee
from simulator.practice.messages import (
    CallEnded,
    LineFinished,
    LineStarted,
    Listener,
    Message,
    NothingHeard,
    Paused,
    Resumed,
    TurnAppraised,
)
from simulator.practice.rehearsal import Rehearsal
from simulator.practice.settings import Settings
from simulator.workers.call_sound import CallParts
from simulator.workers.live_call import LiveCall
from simulator.workers.prompted_recogniser import PromptedRecogniser

CALM = 2.0
GAP_S = 0.4
FEEDBACK_SHOWN_S = 7.0


class Mouth(Protocol):
    """What the synthetic trainee speaks into: `adapters.clip_microphone.ClipMicrophone`."""

    def say(self, clip: Clip) -> None: ...


class DemoCall(LiveCall):
    """Fulfils `CallControl`. A person may watch, pause, and go on to the next turn sooner.

    `parts.microphone` must be what hears `mouth`. `voice` is the trainee's; None: the replies are typed.
    `pace_s` is how long the feedback stays before the trainee goes on.
    """

    def __init__(
        self,
        rehearsal: Rehearsal,
        parts: CallParts,
        settings: Settings,
        listener: Listener,
        mouth: Mouth,
        voice: str | None,
        pace_s: float = FEEDBACK_SHOWN_S,
    ) -> None:
        self._recogniser = PromptedRecogniser()
        parts = replace(parts, recogniser=lambda: self._recogniser)
        super().__init__(rehearsal, parts, replace(settings, hands_free=True, microphone_allowed=True), self._overhear)
        self._viewer = listener
        self._speaker = parts.speaker
        self._output = settings.output_device
        self._volume = settings.customer_volume
        self._voice = parts.voice
        self._mouth = mouth
        self._trainee_voice = voice
        self._pace_s = pace_s
        self._replies = SyntheticTrainee(rehearsal.setup.scenario)
        self._news: queue.SimpleQueue[Message | None] = queue.SimpleQueue()
        self._over = threading.Event()
        self._line: LineStarted | None = None
        self._typed = ""
        self._reply: Playback | None = None
        self._trainee = threading.Thread(target=self._take_part, name="demo trainee", daemon=True)

    def start(self) -> None:
        super().start()
        self._trainee.start()

    def close(self) -> None:
        self._over.set()
        self._fall_silent()
        self._news.put(None)
        super().close()
        if self._trainee.ident is not None:
            self._trainee.join(5.0)

    def _fall_silent(self) -> None:
        if self._reply is not None:
            self._reply.stop()

    def _overhear(self, message: Message) -> None:
        if isinstance(message, Paused):
            self._fall_silent()
        self._viewer(message)
        self._news.put(message)

    def _take_part(self) -> None:
        while (message := self._news.get()) is not None:
            match message:
                case LineStarted():
                    self._line = message
                case LineFinished() if self._line is not None and not self._line.line.farewell:
                    self._answer(self._line)
                case NothingHeard():
                    self.type_reply(self._typed)
                case TurnAppraised(redone=False):
                    self._over.wait(self._pace_s)
                    self.next_turn()
                case Resumed():
                    self.next_turn()
                case CallEnded():
                    return
                case _:
                    pass

    def _answer(self, line: LineStarted) -> None:
        text = self._typed = self._replies.answer(line.line.beat)
        if not text:
            self.end()
            return
        clip = self._spoken(text)
        if self._over.wait(GAP_S):
            return
        if clip is None:
            self.type_reply(text)
            return
        self._recogniser.prompt(text)
        self._mouth.say(clip)
        with suppress(SimulatorError):
            # Lost headphones are told by the customer's line.
            self._reply = self._speaker.play(clip, self._output, self._volume, lambda why: None)  # noqa: ARG005
            if self._over.is_set():
                self._reply.stop()

    def _spoken(self, text: str) -> Clip | None:
        if self._trainee_voice is None:
            return None
        try:
            return self._voice.render(self._trainee_voice, text, CALM)
        except SimulatorError:
            return None
