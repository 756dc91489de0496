"""How a call ends: recordings first, then the session, and nothing in silence."""

from __future__ import annotations

from simulator.domain.errors import SimulatorError
from simulator.domain.scenario import Outcome
from simulator.practice.messages import CallEnded, Floor
from simulator.practice.turn_result import CallSummary
from simulator.workers.ongoing_call import OngoingCall, Phase


class CallEnding:
    """Stops the sound, keeps the recordings and commits the session, in this order."""

    def __init__(self, call: OngoingCall) -> None:
        self._call = call
        self._at_s: float | None = None

    @property
    def begun(self) -> bool:
        return self._at_s is not None

    def hang_up(self) -> None:
        """Where the session cannot be stored the call waits, and the next try stores it or gives up."""
        call = self._call
        if call.ended:
            return
        call.customer.finish()
        summary = self._finish()
        call.phase = Phase.ENDED
        call.trainee.show_floor(Floor.NOBODY)
        call.publish(CallEnded(summary))

    def _finish(self) -> CallSummary:
        """Raises SimulatorError once where the session cannot be stored; asked again, it stores it or says so."""
        if self._at_s is None:
            self._at_s = self._call.sound.timeline.now_s()
            self._keep_recordings()
            return self._close(self._at_s)
        try:
            self._call.rehearsal.note("closed", self._at_s, {})
        except SimulatorError as error:
            self._call.notes.notice(f"{error} The end of this call could not be kept.")
        return self._close(self._at_s)

    def _close(self, at_s: float) -> CallSummary:
        rehearsal = self._call.rehearsal
        return rehearsal.end(rehearsal.outcome or Outcome.ABANDONED, at_s)

    def _keep_recordings(self) -> None:
        sound, notes = self._call.sound, self._call.notes
        for trouble in sound.stop():
            notes.notice(trouble)
        if sound.recording is not None:
            tracks = {track: path.name for track, path in sound.recording.finished.items()}
            notes.note("recorded", {"tracks": tracks, "dropped_blocks": sound.dropped_blocks})
