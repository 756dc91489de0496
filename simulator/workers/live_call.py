"""A call over a headset, driven by a front end: orders and news meet on one thread."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from contextlib import suppress

from simulator.domain.errors import SimulatorError
from simulator.ports import Recogniser
from simulator.practice.messages import Listener, Move, Noticed
from simulator.practice.rehearsal import Rehearsal
from simulator.practice.settings import Settings
from simulator.workers.call_sound import CallParts, CallSound
from simulator.workers.conversation import Conversation
from simulator.workers.customer_side import CustomerSide
from simulator.workers.events import CallEvent
from simulator.workers.no_recognition import NoRecognition
from simulator.workers.trainee_side import TraineeSide
from simulator.workers.turn_watcher import TurnWatcher

TICK_S = 0.03
CLOSE_WITHIN_S = 45.0


class LiveCall:
    """Fulfils `practice.messages.CallControl`. Every order returns at once and is done on the call's own thread;
    `listener` is called from that thread."""

    def __init__(self, rehearsal: Rehearsal, parts: CallParts, settings: Settings, listener: Listener) -> None:
        self._rehearsal = rehearsal
        self._parts = parts
        self._settings = settings
        self._publish = listener
        self._jobs: queue.SimpleQueue[Callable[[Conversation], None]] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="call", daemon=True)
        self._closed = False

    def start(self) -> None:
        self._thread.start()

    def pause(self) -> None:
        self._jobs.put(Conversation.pause)

    def resume(self) -> None:
        self._jobs.put(Conversation.resume)

    def repeat_line(self) -> None:
        self._jobs.put(Conversation.repeat_line)

    def redo_turn(self) -> None:
        self._jobs.put(Conversation.redo_turn)

    def next_turn(self) -> None:
        self._jobs.put(Conversation.next_turn)

    def press_to_talk(self, pressed: bool) -> None:
        self._jobs.put(lambda call: call.press_to_talk(pressed))

    def finish_reply(self) -> None:
        self._jobs.put(Conversation.finish_reply)

    def type_reply(self, text: str) -> None:
        self._jobs.put(lambda call: call.type_reply(text))

    def correct_words(self, turn: int, text: str) -> None:
        self._jobs.put(lambda call: call.correct_words(turn, text))

    def tick_techniques(self, turn: int, techniques: tuple[str, ...]) -> None:
        self._jobs.put(lambda call: call.tick_techniques(turn, techniques))

    def use_move(self, move: Move) -> None:
        self._jobs.put(lambda call: call.use_move(move))

    def set_volume(self, volume: float) -> None:
        self._jobs.put(lambda call: call.set_volume(volume))

    def end(self) -> None:
        self._jobs.put(Conversation.end)

    def close(self) -> None:
        """Hang up if need be, and wait until all is kept and every thread has ended. May be called twice."""
        self._closed = True
        if self._thread.ident is not None:
            self._jobs.put(Conversation.end)
            self._thread.join(CLOSE_WITHIN_S)

    def _tell(self, event: CallEvent) -> None:
        self._jobs.put(lambda call: call.on_event(event))

    def _run(self) -> None:
        recogniser = self._load_recogniser()
        setup = self._rehearsal.setup
        sound = CallSound(self._parts, setup, self._settings, self._rehearsal.session_id, recogniser, self._tell)
        watcher = TurnWatcher(self._settings.end_of_turn_silence_s, self._settings.hands_free)
        customer = CustomerSide(sound, self._parts.clock, self._publish)
        trainee = TraineeSide(sound, watcher, self._publish)
        call = Conversation(self._rehearsal, sound, customer, trainee, recogniser, self._settings, self._publish)
        sound.start()
        try:
            self._do(call, Conversation.connect)
            while not call.ended and not (self._closed and self._jobs.empty()):
                self._next(call)
        finally:
            sound.stop()

    def _next(self, call: Conversation) -> None:
        with suppress(queue.Empty):
            self._do(call, self._jobs.get(timeout=TICK_S))
        self._do(call, Conversation.tick)

    @staticmethod
    def _do(call: Conversation, job: Callable[[Conversation], None]) -> None:
        try:
            job(call)
        except SimulatorError as error:
            call.halt(str(error))

    def _load_recogniser(self) -> Recogniser:
        try:
            return self._parts.recogniser()
        except SimulatorError as error:
            self._publish(Noticed(f"{error} Your words are not recognised in this call."))
            return NoRecognition()
