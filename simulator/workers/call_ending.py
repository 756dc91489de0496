"""How a call ends and what it says of itself meanwhile: recordings first, then the session, and nothing in silence."""

from __future__ import annotations

from contextlib import suppress

from simulator.domain.errors import SimulatorError
from simulator.domain.scenario import Outcome
from simulator.practice.messages import Listener, Noticed
from simulator.practice.rehearsal import Rehearsal
from simulator.practice.turn_result import CallSummary
from simulator.workers.call_sound import CallSound


class CallNotes:
    """Remarks beside the turns: for the record, and for the eye."""

    def __init__(self, rehearsal: Rehearsal, sound: CallSound, publish: Listener) -> None:
        self._rehearsal = rehearsal
        self._sound = sound
        self._publish = publish
        self._noticed: set[str] = set()

    def note(self, kind: str, data: dict[str, object]) -> None:
        """Record a fact. Where the disk is full, the call must not stop for want of a remark."""
        with suppress(SimulatorError):
            self._rehearsal.note(kind, self._sound.timeline.now_s(), data)

    def notice(self, text: str) -> None:
        """Say a thing, once in a call."""
        if text not in self._noticed:
            self._noticed.add(text)
            self._publish(Noticed(text))


class CallEnding:
    """Stops the sound, keeps the recordings and commits the session, in this order."""

    def __init__(self, rehearsal: Rehearsal, sound: CallSound, notes: CallNotes) -> None:
        self._rehearsal = rehearsal
        self._sound = sound
        self._notes = notes
        self._at_s: float | None = None

    @property
    def begun(self) -> bool:
        return self._at_s is not None

    def finish(self) -> CallSummary:
        """Raises SimulatorError once where the session cannot be stored; asked again, it stores it or says so."""
        if self._at_s is None:
            self._at_s = self._sound.timeline.now_s()
            self._keep_recordings()
            return self._close(self._at_s)
        try:
            self._rehearsal.note("closed", self._at_s, {})
        except SimulatorError as error:
            self._notes.notice(f"{error} The end of this call could not be kept.")
        return self._close(self._at_s)

    def _close(self, at_s: float) -> CallSummary:
        return self._rehearsal.end(self._rehearsal.outcome or Outcome.ABANDONED, at_s)

    def _keep_recordings(self) -> None:
        for trouble in self._sound.stop():
            self._notes.notice(trouble)
        recorded = self._sound.recording
        if recorded is not None:
            tracks = {track: path.name for track, path in recorded.finished.items()}
            self._notes.note("recorded", {"tracks": tracks, "dropped_blocks": self._sound.dropped_blocks})
