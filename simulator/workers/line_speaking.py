"""The customer's turn: a line is rendered, played or only shown, and over."""

from __future__ import annotations

from simulator.domain.errors import SimulatorError
from simulator.domain.turn import CustomerTurn
from simulator.practice.messages import LineFinished, LineStarted
from simulator.practice.turn_result import LineToSpeak
from simulator.workers.call_ending import CallEnding
from simulator.workers.events import LineRendered
from simulator.workers.ongoing_call import OngoingCall, Phase


class LineSpeaking:
    """One line at a time. After a farewell the call ends, after any other line a reply is awaited."""

    def __init__(self, call: OngoingCall, ending: CallEnding) -> None:
        self._call = call
        self._ending = ending

    def speak(self, line: LineToSpeak) -> None:
        self._call.line = line
        self._call.phase = Phase.CUSTOMER
        self._call.trainee.new_turn()
        self._call.sound.renderer.want(line)

    def repeat(self) -> None:
        """The line once more, from its beginning; as far as it was spoken it does not count as heard."""
        call = self._call
        if call.talking and not call.paused and call.line is not None:
            call.customer.finish()
            call.trainee.drop()
            self.speak(call.line)

    def rendered(self, event: LineRendered) -> None:
        call = self._call
        if event.line != call.line or call.phase is not Phase.CUSTOMER or call.customer.playing or call.paused:
            return
        call.sound.capture.go_on()
        starts = self._play(event)
        call.publish(LineStarted(event.line, call.turn, starts or (), spoken=starts is not None))
        call.sound.renderer.prepare(call.rehearsal.likely_next_lines())
        if starts is None:
            self.over()
            return
        call.trainee.customer_begins()
        if call.hands_free:
            call.trainee.listen()

    def over(self) -> None:
        """The customer has finished, given way, or was only shown."""
        call = self._call
        line = call.line
        assert line is not None
        heard = call.customer.finish()
        call.said = heard if heard is not None else CustomerTurn(line.text, line.temper, None)
        call.rehearsal.customer_spoke(call.said)
        call.publish(LineFinished(call.turn))
        if line.farewell:
            self._ending.hang_up()
            return
        call.phase = Phase.TRAINEE
        call.trainee.customer_ended()
        if call.hands_free and not call.trainee.listening:
            call.trainee.listen()

    def end_early(self) -> None:
        """The trainee has done something else than listen: what is left of the line is not spoken."""
        if self._call.phase is Phase.CUSTOMER:
            self.over()

    def _play(self, event: LineRendered) -> tuple[float, ...] | None:
        """When its words begin; None where there is nothing to hear."""
        why = event.trouble
        if event.clip is not None and len(event.clip.samples):
            try:
                return self._call.customer.play(event.line, event.clip)
            except SimulatorError as error:
                why = str(error)
        self._call.notes.notice(f"{why} The customer's lines are shown as text.".strip())
        return None
