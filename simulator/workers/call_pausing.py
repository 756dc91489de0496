"""How a call stands still and goes on: because the trainee asked, or because something needs mending first."""

from __future__ import annotations

from simulator.practice.messages import Paused, Resumed
from simulator.workers.ongoing_call import OngoingCall, Phase


class CallPausing:
    """Nothing is lost by a pause: a line that was cut off is spoken again, a reply under way is kept."""

    def __init__(self, call: OngoingCall) -> None:
        self._call = call

    def halt(self, trouble: str | None) -> None:
        """`trouble` is None where the trainee asked."""
        call = self._call
        if call.ended:
            return
        call.sound.capture.hold()
        call.customer.finish()
        if call.phase is Phase.CUSTOMER:
            call.trainee.drop()
        call.paused, call.trouble = True, trouble
        call.publish(Paused(trouble))
        call.notes.note("paused", {"trouble": trouble})

    def go_on(self) -> None:
        """Only says that the pause is over; whoever asks for it lets somebody speak."""
        call = self._call
        call.paused, call.trouble = False, None
        call.notes.note("resumed", {})
        call.publish(Resumed())
