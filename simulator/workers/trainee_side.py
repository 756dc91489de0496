"""The trainee's half of a call: takes begun, ended, measured, and what the meters show meanwhile."""

from __future__ import annotations

from simulator.domain.measures import VoiceMeasures
from simulator.domain.reply import Reply
from simulator.domain.turn import CustomerTurn
from simulator.domain.utterance import Utterance
from simulator.practice.messages import Floor, FloorChanged, Listener, MeterMoved, WordsHeard
from simulator.workers.call_sound import CallSound
from simulator.workers.events import Heard, WordsSoFar
from simulator.workers.listening import DropTake, EndTake, Listen, MeasureTake
from simulator.workers.reply_taking import Take, TurnTakes
from simulator.workers.turn_watcher import Decision, TurnWatcher

WORDS_EVERY_S = 0.05


class TraineeSide:
    """Listens turn by turn. Used by the call's thread alone."""

    def __init__(self, sound: CallSound, watcher: TurnWatcher, publish: Listener) -> None:
        self._sound = sound
        self._watcher = watcher
        self._publish = publish
        self._takes = TurnTakes()
        self._floor = Floor.NOBODY
        self._words_told_s = 0.0

    @property
    def listening(self) -> bool:
        return self._takes.open is not None

    def new_turn(self) -> None:
        self.drop()
        self._takes.new_turn()

    def customer_begins(self) -> None:
        self._watcher.line_began(self._sound.timeline.now_s())
        self.show_floor(Floor.CUSTOMER)

    def customer_sounds(self) -> None:
        self._watcher.customer_sounds = True

    def customer_ended(self) -> None:
        self._watcher.line_ended(self._sound.timeline.now_s())
        self.show_floor(Floor.NOBODY)

    def waits_again(self) -> None:
        self._watcher.listening_since_s = self._sound.timeline.now_s()

    def listen(self, at_once: bool = False) -> None:
        self._sound.listening.put(Listen(self._takes.begin(), at_once))

    def set_aside(self) -> None:
        """What was said during the line was a listening signal; the reply is still to come."""
        take = self._takes.set_aside()
        if take is not None:
            self._sound.listening.put(EndTake(take))

    def end(self, asked_for: bool) -> bool:
        """End the reply; False where none was open."""
        take = self._takes.end(asked_for)
        if take is None:
            return False
        self._sound.listening.put(EndTake(take))
        self.show_floor(Floor.NOBODY)
        return True

    def drop(self) -> None:
        """Forget what was being said."""
        if self._takes.open is not None:
            self._sound.listening.put(DropTake(self._takes.open))
            self._takes.open = None

    def heard(self, heard: Heard, customer_at_pause: bool) -> Decision:
        if heard.take != self._takes.open:
            return Decision.NOTHING
        if heard.level_db is not None or heard.pace_ratio is not None:
            self._publish(MeterMoved(heard.level_db, heard.pace_ratio))
        decision = self._watcher.heard(heard, customer_at_pause)
        if not self._watcher.customer_speaking and heard.speaking:
            self.show_floor(Floor.TRAINEE)
        return decision

    def waiting(self) -> Decision:
        """With push-to-talk nobody listens until the key is down: time alone tells."""
        if self.listening or self._watcher.hands_free:
            return Decision.NOTHING
        return self._watcher.waiting(self._sound.timeline.now_s())

    def words_so_far(self, event: WordsSoFar, now_s: float) -> None:
        if event.take == self._takes.open and now_s - self._words_told_s >= WORDS_EVERY_S:
            self._words_told_s = now_s
            self._publish(WordsHeard(event.text))

    def words_done(self, take: int, utterance: Utterance | None) -> None:
        if self._takes.words_done(take, utterance):
            words = utterance.words if utterance is not None else ()
            self._sound.listening.put(MeasureTake(take, words, calm=take == self._takes.ending))

    def voice_done(self, number: int, voice: VoiceMeasures | None, origin_s: float) -> Take | None:
        return self._takes.voice_done(number, voice, origin_s)

    def asked_for(self) -> bool:
        return self._takes.asked_for

    def reply(self, take: Take, customer: CustomerTurn) -> Reply:
        return self._takes.reply(take, customer)

    def show_floor(self, floor: Floor) -> None:
        if floor is not self._floor:
            self._floor = floor
            self._publish(FloorChanged(floor))
