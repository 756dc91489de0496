"""One call as it is lived: who has the floor, when a reply begins and ends, and what happens then.

Everything here runs on the call's own thread, which alone touches the rehearsal.
"""

from __future__ import annotations

from enum import Enum, auto

from simulator.domain.errors import SimulatorError
from simulator.domain.reply import Reply
from simulator.domain.turn import CustomerTurn
from simulator.ports import Recogniser
from simulator.practice.assess_turn import not_heard
from simulator.practice.messages import (
    CallConnected,
    CallEnded,
    Floor,
    LineFinished,
    LineStarted,
    Listener,
    Move,
    NothingHeard,
    Noticed,
    Paused,
    ReplyEnded,
    Resumed,
    TurnAppraised,
)
from simulator.practice.rehearsal import Rehearsal
from simulator.practice.settings import Settings
from simulator.practice.turn_result import LineToSpeak, TurnResult
from simulator.workers.calibration_watch import CalibrationWatch
from simulator.workers.call_ending import CallEnding, CallNotes
from simulator.workers.call_sound import CallSound
from simulator.workers.customer_side import CustomerSide
from simulator.workers.events import (
    BaselineFound,
    CallEvent,
    EchoHeard,
    Heard,
    LineRendered,
    MicrophoneLost,
    RecordingFailed,
    SpeakerLost,
    VoiceDone,
    WordsDone,
    WordsSoFar,
    WorkerBroke,
)
from simulator.workers.reply_taking import Take, typed_reply
from simulator.workers.trainee_side import TraineeSide
from simulator.workers.turn_watcher import Decision


class Phase(Enum):
    CONNECTING = auto()
    CUSTOMER = auto()
    """A line is being rendered or is playing; the trainee may already come in."""
    TRAINEE = auto()
    APPRAISING = auto()
    FEEDBACK = auto()
    ENDED = auto()


TALKING = (Phase.CUSTOMER, Phase.TRAINEE)


class Conversation:
    """The state of one call: orders from the front end, and what the workers tell, one after the other."""

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
        self._rehearsal = rehearsal
        self._sound = sound
        self._customer = customer
        self._trainee = trainee
        self._recogniser = recogniser
        self._settings = settings
        self._publish = publish
        self._phase = Phase.CONNECTING
        self._paused = False
        self._trouble: str | None = None
        self._line: LineToSpeak | None = None
        self._said = CustomerTurn("", 0.0, None)
        self._microphone_lost = False
        self._recording_failures = 0
        self._notes = CallNotes(rehearsal, sound, publish)
        self._calibration = CalibrationWatch(rehearsal.setup.baseline)
        self._ending = CallEnding(rehearsal, sound, self._notes)

    @property
    def ended(self) -> bool:
        return self._phase is Phase.ENDED

    def connect(self) -> None:
        setup = self._rehearsal.setup
        line = self._rehearsal.begin()
        self._sound.renderer.prepare([line])
        deaf = self._sound.open_microphone()
        names = (self._recogniser.name, self._recogniser.label)
        self._publish(CallConnected(setup.scenario, self._rehearsal.temper, *names, self._rehearsal.session_id))
        if deaf is not None:
            self._notes.notice(f"{deaf} You can type your replies.")
        elif setup.baseline is None:
            self._notes.notice("Your calm voice is not calibrated yet: your first reply will serve for comparison.")
        self._speak(line)

    # Orders

    def pause(self) -> None:
        if not self._paused:
            self._halt(None)

    def resume(self) -> None:
        if not self._paused:
            return
        if self._ending.begun:
            self.end()
            return
        if self._microphone_lost:
            trouble = self._sound.open_microphone()
            if trouble is not None:
                self._publish(Paused(trouble))
                return
            self._microphone_lost = False
        self._sound.try_recording_again()
        self._go_on_after_pause()
        if self._phase is Phase.CUSTOMER and self._line is not None:
            self._speak(self._line)
        elif self._phase is Phase.TRAINEE:
            self._listen_again()

    def repeat_line(self) -> None:
        if self._phase in TALKING and not self._paused and self._line is not None:
            self._take_line_off()
            self._speak(self._line)

    def redo_turn(self) -> None:
        if self._phase is Phase.FEEDBACK and not self._paused:
            self._speak(self._rehearsal.redo_turn())
        else:
            self.repeat_line()

    def next_turn(self) -> None:
        if self._phase is Phase.FEEDBACK and not self._paused:
            self._go_on()

    def press_to_talk(self, pressed: bool) -> None:
        if self._settings.hands_free or self._paused or self._phase not in TALKING:
            return
        if pressed and not self._trainee.listening:
            self._trainee.listen(at_once=True)
        elif not pressed and self._phase is Phase.TRAINEE:
            self._end_reply(asked_for=True)
        elif not pressed:
            self._trainee.set_aside()

    def finish_reply(self) -> None:
        if self._phase is Phase.TRAINEE and not self._paused:
            self._end_reply(asked_for=True)

    def type_reply(self, text: str) -> None:
        """Typing works without a headset, and also where the call waits for one."""
        if self._phase not in TALKING or (self._paused and self._trouble is None) or self._ending.begun:
            return
        if not text.strip():
            self._publish(Noticed("Nothing was typed. Write what you would say, then send it."))
            return
        if self._paused:
            self._go_on_after_pause()
        self._let_line_end()
        if self._phase is Phase.ENDED:
            return
        self._trainee.drop()
        self._sound.capture.hold()
        self._publish(ReplyEnded(self._turn))
        self._appraise(typed_reply(text.strip()))

    def correct_words(self, turn: int, text: str) -> None:
        self._publish(TurnAppraised(self._rehearsal.correct_words(turn, text.strip()), redone=True))

    def tick_techniques(self, turn: int, techniques: tuple[str, ...]) -> None:
        self._publish(TurnAppraised(self._rehearsal.tick_techniques(turn, techniques), redone=True))

    def use_move(self, move: Move) -> None:
        if self._paused or self._phase not in (*TALKING, Phase.FEEDBACK):
            return
        self._let_line_end()
        if self._phase is Phase.ENDED:
            return
        result = self._rehearsal.use_move(move, self._sound.timeline.now_s())
        if result is None and self._rehearsal.outcome is None:
            if move is Move.HOLD:
                self._halt(None)
            return
        self._trainee.drop()
        self._show(result) if result is not None else self._go_on()

    def set_volume(self, volume: float) -> None:
        self._customer.set_volume(volume)

    def end(self) -> None:
        """Hang up. Where the session cannot be stored the call waits, and the next try stores it or gives up."""
        if self._phase is Phase.ENDED:
            return
        self._customer.finish()
        summary = self._ending.finish()
        self._phase = Phase.ENDED
        self._trainee.show_floor(Floor.NOBODY)
        self._publish(CallEnded(summary))

    def halt(self, trouble: str) -> None:
        """Something went wrong that a person can mend: nothing is lost, the call waits."""
        self._halt(trouble)

    # What the workers tell

    def on_event(self, event: CallEvent) -> None:
        if self._phase is Phase.ENDED:
            return
        match event:
            case Heard():
                self._heard(event)
            case WordsSoFar():
                self._trainee.words_so_far(event, self._sound.timeline.now_s())
            case WordsDone(take, utterance):
                self._trainee.words_done(take, utterance)
            case VoiceDone(number, voice, origin_s):
                reply = self._trainee.voice_done(number, voice, origin_s)
                if reply is not None:
                    self._taken(reply)
            case LineRendered():
                self._rendered(event)
            case BaselineFound(baseline):
                data: dict[str, object] = {"provisional": True, "level_dba_fs": baseline.level_dba_fs}
                self._notes.note("calibrated", data)
                self._notes.notice("This reply now serves as your calm voice. Calibrate for figures you can rely on.")
            case _:
                self._failed(event)

    def tick(self) -> None:
        """Called about thirty times a second: the caption follows the voice."""
        if self._paused or self._phase not in TALKING:
            return
        if self._customer.sounds:
            self._trainee.customer_sounds()
        if self._customer.follow():
            self._line_over()
        elif self._trainee.waiting() is Decision.NOBODY_SPOKE:
            self._nothing_heard("silence")

    def _failed(self, event: CallEvent) -> None:
        match event:
            case MicrophoneLost(reason):
                self._microphone_lost = True
                self._sound.capture.close()
                self._halt(reason)
            case SpeakerLost(reason):
                self._halt(reason)
            case EchoHeard(own_output=True):
                self._microphone_lost = True
                self._halt("The microphone gives what the headphones play. Choose your headset's microphone again.")
            case EchoHeard():
                self._notes.notice("Your microphone hears the customer. Put a headset on, for overlaps to be true.")
            case RecordingFailed(reason) if self._recording_failures == 0:
                self._recording_failures += 1
                self._halt(reason)
            case RecordingFailed(reason):
                self._notes.notice(f"{reason} The rest of this call is not recorded.")
            case WorkerBroke(name):
                self._halt(f"A part of the program failed ({name}). End the call: it is kept as far as it went.")
            case _:
                pass

    # The customer's turn

    @property
    def _turn(self) -> int:
        return len(self._rehearsal.turns) + 1

    def _speak(self, line: LineToSpeak) -> None:
        self._line = line
        self._phase = Phase.CUSTOMER
        self._trainee.new_turn()
        self._sound.renderer.want(line)

    def _rendered(self, event: LineRendered) -> None:
        if event.line != self._line or self._phase is not Phase.CUSTOMER or self._customer.playing or self._paused:
            return
        starts = None
        self._sound.capture.go_on()
        if event.clip is None or not len(event.clip.samples):
            self._notes.notice(f"{event.trouble} The customer's lines are shown as text.".strip())
        else:
            starts = self._play(event)
        self._publish(LineStarted(event.line, self._turn, starts or (), spoken=starts is not None))
        self._sound.renderer.prepare(self._rehearsal.likely_next_lines())
        if starts is None:
            self._line_over()
            return
        self._trainee.customer_begins()
        if self._settings.hands_free:
            self._trainee.listen()

    def _play(self, event: LineRendered) -> tuple[float, ...] | None:
        assert event.clip is not None
        try:
            return self._customer.play(event.line, event.clip)
        except SimulatorError as error:
            self._notes.notice(f"{error} The customer's lines are shown as text.")
            return None

    def _line_over(self) -> None:
        """The customer has finished, given way, or was only shown."""
        line = self._line
        assert line is not None
        heard = self._customer.finish()
        self._said = heard if heard is not None else CustomerTurn(line.text, line.temper, None)
        self._rehearsal.customer_spoke(self._said)
        self._publish(LineFinished(self._turn))
        if line.farewell:
            self.end()
            return
        self._phase = Phase.TRAINEE
        self._trainee.customer_ended()
        if self._settings.hands_free and not self._trainee.listening:
            self._trainee.listen()

    def _let_line_end(self) -> None:
        if self._phase is Phase.CUSTOMER:
            self._line_over()

    def _take_line_off(self) -> None:
        """Stop the line without counting it as heard."""
        self._customer.finish()
        self._trainee.drop()

    # The trainee's turn

    def _heard(self, heard: Heard) -> None:
        if self._phase not in TALKING or self._paused:
            return
        match self._trainee.heard(heard, self._customer.at_pause):
            case Decision.CUSTOMER_YIELDS:
                self._line_over()
            case Decision.SET_ASIDE:
                self._trainee.set_aside()
                self._trainee.listen()
            case Decision.REPLY_ENDED:
                self._end_reply(asked_for=False)
            case Decision.NOBODY_SPOKE:
                self._nothing_heard("silence")
            case Decision.NOTHING:
                pass

    def _end_reply(self, asked_for: bool) -> None:
        if self._trainee.end(asked_for):
            self._phase = Phase.APPRAISING
            self._sound.capture.hold()

    def _taken(self, take: Take) -> None:
        reply = self._trainee.reply(take, self._said)
        reason = not_heard(reply)
        if reason is None:
            self._publish(ReplyEnded(self._turn))
            self._appraise(reply)
            return
        if reason == "silence" and take.was_long:
            reason = "unclear"
        if reason != "silence" or self._trainee.asked_for():
            self._nothing_heard(reason)
        self._listen_again()

    def _listen_again(self) -> None:
        self._phase = Phase.TRAINEE
        if self._paused:
            return
        self._sound.capture.go_on()
        self._trainee.waits_again()
        if self._settings.hands_free and not self._trainee.listening:
            self._trainee.listen()

    def _nothing_heard(self, reason: str) -> None:
        self._notes.note("nothing_heard", {"reason": reason})
        self._publish(NothingHeard(self._turn, reason))

    def _appraise(self, reply: Reply) -> None:
        """A reply that could not be stored (full disk) is shown all the same, then the call waits."""
        judged = len(self._rehearsal.turns)
        try:
            result = self._rehearsal.take_reply(reply)
        except SimulatorError as error:
            if len(self._rehearsal.turns) == judged:
                self._phase = Phase.TRAINEE
                raise
            self._show(self._rehearsal.turns[-1])
            self._halt(str(error))
        else:
            self._show(result)

    def _show(self, result: TurnResult) -> None:
        moved = self._calibration.look(result.reply.voice)
        if moved is not None:
            self._notes.notice(moved)
        self._sound.capture.hold()
        self._phase = Phase.FEEDBACK
        self._publish(TurnAppraised(result, redone=result.take > 1))
        self._sound.renderer.prepare(self._rehearsal.likely_next_lines())

    def _go_on(self) -> None:
        line = self._rehearsal.next_line()
        if line is None:
            self.end()
        else:
            self._speak(line)

    # Pauses

    def _halt(self, trouble: str | None) -> None:
        if self._phase is Phase.ENDED:
            return
        self._sound.capture.hold()
        self._customer.finish()
        if self._phase is Phase.CUSTOMER:
            self._trainee.drop()
        self._paused, self._trouble = True, trouble
        self._publish(Paused(trouble))
        self._notes.note("paused", {"trouble": trouble})

    def _go_on_after_pause(self) -> None:
        self._paused, self._trouble = False, None
        self._notes.note("resumed", {})
        self._publish(Resumed())
