"""What a call says of itself beside the turns: for the record, and for the eye."""

from __future__ import annotations

from contextlib import suppress

from simulator.domain.errors import SimulatorError
from simulator.practice.messages import Listener, Noticed
from simulator.practice.rehearsal import Rehearsal
from simulator.workers.call_sound import CallSound


class CallNotes:
    """Remarks beside the turns, none of which may stop the call."""

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
