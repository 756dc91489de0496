"""A reply judged, its feedback shown, and what comes after it."""

from __future__ import annotations

from simulator.domain.errors import SimulatorError
from simulator.domain.reply import Reply
from simulator.practice.messages import ReplyEnded, TurnAppraised
from simulator.practice.turn_result import TurnResult
from simulator.workers.calibration_watch import CalibrationWatch
from simulator.workers.call_ending import CallEnding
from simulator.workers.call_pausing import CallPausing
from simulator.workers.line_speaking import LineSpeaking
from simulator.workers.ongoing_call import OngoingCall, Phase


class ReplyAppraising:
    """From the end of a reply to the customer's next line."""

    def __init__(self, call: OngoingCall, speaking: LineSpeaking, pausing: CallPausing, ending: CallEnding) -> None:
        self._call = call
        self._speaking = speaking
        self._pausing = pausing
        self._ending = ending
        self._calibration = CalibrationWatch(call.rehearsal.setup.baseline)

    def appraise(self, reply: Reply) -> None:
        """A reply that could not be stored (full disk) is shown all the same, then the call waits."""
        call = self._call
        call.publish(ReplyEnded(call.turn))
        judged = len(call.rehearsal.turns)
        try:
            result = call.rehearsal.take_reply(reply)
        except SimulatorError as error:
            if len(call.rehearsal.turns) == judged:
                call.phase = Phase.TRAINEE
                raise
            self.show(call.rehearsal.turns[-1])
            self._pausing.halt(str(error))
        else:
            self.show(result)

    def show(self, result: TurnResult) -> None:
        call = self._call
        moved = self._calibration.look(result.reply.voice)
        if moved is not None:
            call.notes.notice(moved)
        call.sound.capture.hold()
        call.phase = Phase.FEEDBACK
        call.publish(TurnAppraised(result, redone=result.take > 1))
        call.sound.renderer.prepare(call.rehearsal.likely_next_lines())

    def go_on(self) -> None:
        """To the customer's next line, or to the end of the call."""
        line = self._call.rehearsal.next_line()
        if line is None:
            self._ending.hang_up()
        else:
            self._speaking.speak(line)
