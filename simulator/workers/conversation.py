"""One call as it is lived: what the front end orders and what the workers tell goes to the stage that it concerns.

Everything here and in the stages runs on the call's own thread, which alone touches the rehearsal.
"""

from __future__ import annotations

from simulator.ports import Recogniser
from simulator.practice.messages import CallConnected, Listener, Move, Noticed, Paused, TurnAppraised
from simulator.practice.rehearsal import Rehearsal
from simulator.practice.settings import Settings
from simulator.workers.call_ending import CallEnding
from simulator.workers.call_notes import CallNotes
from simulator.workers.call_pausing import CallPausing
from simulator.workers.call_sound import CallSound
from simulator.workers.call_troubles import CallTroubles
from simulator.workers.customer_side import CustomerSide
from simulator.workers.events import BaselineFound, CallEvent, Heard, LineRendered, VoiceDone, WordsDone, WordsSoFar
from simulator.workers.line_speaking import LineSpeaking
from simulator.workers.ongoing_call import OngoingCall, Phase
from simulator.workers.reply_appraising import ReplyAppraising
from simulator.workers.reply_hearing import ReplyHearing
from simulator.workers.trainee_side import TraineeSide
from simulator.workers.turn_watcher import Decision


class Conversation:
    """Orders from the front end, and what the workers tell, one after the other."""

    def __init__(
        self,
        rehearsal: Rehearsal,
        sound: CallSound,
        customer: CustomerSide,
        trainee: TraineeSide,
        recogniser: Recogniser,
        settings: Settings,
        publish: Listener,
    ) -> None:
        self._recogniser = recogniser
        notes = CallNotes(rehearsal, sound, publish)
        call = OngoingCall(rehearsal, sound, customer, trainee, notes, publish, settings.hands_free)
        self._call = call
        self._ending = CallEnding(call)
        self._pausing = CallPausing(call)
        self._troubles = CallTroubles(call, self._pausing)
        self._speaking = LineSpeaking(call, self._ending)
        self._appraising = ReplyAppraising(call, self._speaking, self._pausing, self._ending)
        self._hearing = ReplyHearing(call, self._speaking, self._appraising)

    @property
    def ended(self) -> bool:
        return self._call.ended

    def connect(self) -> None:
        call = self._call
        setup = call.rehearsal.setup
        line = call.rehearsal.begin()
        call.sound.renderer.prepare([line])
        deaf = call.sound.open_microphone()
        names = (self._recogniser.name, self._recogniser.label)
        call.publish(CallConnected(setup.scenario, call.rehearsal.temper, *names, call.rehearsal.session_id))
        if deaf is not None:
            call.notes.notice(f"{deaf} You can type your replies.")
        elif setup.baseline is None:
            call.notes.notice("Your calm voice is not calibrated yet: your first reply will serve for comparison.")
        self._speaking.speak(line)

    # Orders

    def pause(self) -> None:
        if not self._call.paused:
            self._pausing.halt(None)

    def resume(self) -> None:
        call = self._call
        if not call.paused:
            return
        if self._ending.begun:
            self.end()
            return
        trouble = self._troubles.mend()
        if trouble is not None:
            call.publish(Paused(trouble))
            return
        self._pausing.go_on()
        if call.phase is Phase.CUSTOMER and call.line is not None:
            self._speaking.speak(call.line)
        elif call.phase is Phase.TRAINEE:
            self._hearing.wait_again()

    def repeat_line(self) -> None:
        self._speaking.repeat()

    def redo_turn(self) -> None:
        if self._at_feedback:
            self._speaking.speak(self._call.rehearsal.redo_turn())
        else:
            self._speaking.repeat()

    def next_turn(self) -> None:
        if self._at_feedback:
            self._appraising.go_on()

    def press_to_talk(self, pressed: bool) -> None:
        self._hearing.press_to_talk(pressed)

    def finish_reply(self) -> None:
        self._hearing.finish()

    def type_reply(self, text: str) -> None:
        """Typing works without a headset, and also where the call waits for one."""
        call = self._call
        if not call.talking or (call.paused and call.trouble is None) or self._ending.begun:
            return
        if not text.strip():
            call.publish(Noticed("Nothing was typed. Write what you would say, then send it."))
            return
        if call.paused:
            self._pausing.go_on()
        self._speaking.end_early()
        if not call.ended:
            self._hearing.typed(text.strip())

    def correct_words(self, turn: int, text: str) -> None:
        self._call.publish(TurnAppraised(self._call.rehearsal.correct_words(turn, text.strip()), redone=True))

    def tick_techniques(self, turn: int, techniques: tuple[str, ...]) -> None:
        self._call.publish(TurnAppraised(self._call.rehearsal.tick_techniques(turn, techniques), redone=True))

    def use_move(self, move: Move) -> None:
        call = self._call
        if call.paused or not (call.talking or call.phase is Phase.FEEDBACK):
            return
        self._speaking.end_early()
        if call.ended:
            return
        result = call.rehearsal.use_move(move, call.sound.timeline.now_s())
        if result is None and call.rehearsal.outcome is None:
            if move is Move.HOLD:
                self._pausing.halt(None)
            return
        call.trainee.drop()
        self._appraising.show(result) if result is not None else self._appraising.go_on()

    def set_volume(self, volume: float) -> None:
        self._call.customer.set_volume(volume)

    def end(self) -> None:
        self._ending.hang_up()

    def halt(self, trouble: str) -> None:
        """Something went wrong that a person can mend: nothing is lost, the call waits."""
        self._pausing.halt(trouble)

    # What the workers tell

    def on_event(self, event: CallEvent) -> None:
        call = self._call
        if call.ended:
            return
        match event:
            case Heard():
                self._hearing.heard(event)
            case WordsSoFar():
                call.trainee.words_so_far(event, call.sound.timeline.now_s())
            case WordsDone(take, utterance):
                call.trainee.words_done(take, utterance)
            case VoiceDone():
                self._hearing.voice_done(event)
            case LineRendered():
                self._speaking.rendered(event)
            case BaselineFound(baseline):
                data: dict[str, object] = {"provisional": True, "level_dba_fs": baseline.level_dba_fs}
                call.notes.note("calibrated", data)
                call.notes.notice("This reply now serves as your calm voice. Calibrate for figures you can rely on.")
            case _:
                self._troubles.on_event(event)

    def tick(self) -> None:
        """Called about thirty times a second: the caption follows the voice."""
        call = self._call
        if call.paused or not call.talking:
            return
        if call.customer.sounds:
            call.trainee.customer_sounds()
        if call.customer.follow():
            self._speaking.over()
        elif call.trainee.waiting() is Decision.NOBODY_SPOKE:
            self._hearing.nothing_heard("silence")

    @property
    def _at_feedback(self) -> bool:
        return self._call.phase is Phase.FEEDBACK and not self._call.paused
