"""Where a call stands, and who takes part in it: what its stages share."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from simulator.domain.turn import CustomerTurn
from simulator.practice.messages import Listener
from simulator.practice.rehearsal import Rehearsal
from simulator.practice.turn_result import LineToSpeak
from simulator.workers.call_notes import CallNotes
from simulator.workers.call_sound import CallSound
from simulator.workers.customer_side import CustomerSide
from simulator.workers.trainee_side import TraineeSide

_NOTHING_SAID = CustomerTurn("", 0.0, None)


class Phase(Enum):
    CONNECTING = auto()
    CUSTOMER = auto()
    """A line is being rendered or is playing; the trainee may already come in."""
    TRAINEE = auto()
    APPRAISING = auto()
    FEEDBACK = auto()
    ENDED = auto()


@dataclass(slots=True)
class OngoingCall:
    """Used by the call's thread alone. Each stage sets the phase that it leads to."""

    rehearsal: Rehearsal
    sound: CallSound
    customer: CustomerSide
    trainee: TraineeSide
    notes: CallNotes
    publish: Listener
    hands_free: bool
    phase: Phase = Phase.CONNECTING
    paused: bool = False
    trouble: str | None = None
    """Why the call waits, where the trainee did not ask for the pause."""
    line: LineToSpeak | None = None
    """The line that is or was last to be spoken."""
    said: CustomerTurn = _NOTHING_SAID
    """That line as far as it was heard: what the reply answers."""

    @property
    def ended(self) -> bool:
        return self.phase is Phase.ENDED

    @property
    def talking(self) -> bool:
        """One of the two has the floor, or is about to."""
        return self.phase in (Phase.CUSTOMER, Phase.TRAINEE)

    @property
    def turn(self) -> int:
        """The number of the turn whose reply is still to come."""
        return len(self.rehearsal.turns) + 1
