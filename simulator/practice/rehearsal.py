"""One call, turn by turn: the use case that every front end drives. No device, no thread, no clock."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from simulator.domain.feedback import Feedback
from simulator.domain.scenario import Outcome, Scenario
from simulator.domain.session import SessionEvent
from simulator.domain.turn import CustomerTurn
from simulator.ports import TechniqueDetector
from simulator.practice.messages import Move
from simulator.practice.settings import CallSetup
from simulator.practice.turn_result import (
    CallSummary,
    FeedbackText,
    LineToSpeak,
    Reply,
    TurnResult,
)

FeedbackWriter = Callable[[Feedback, Scenario], FeedbackText]


class Rehearsal:
    """INTERFACE FIXED; body to come. Every method appends its facts through `record`, then returns.

    session_id None where nothing is saved.
    """

    def __init__(
        self,
        setup: CallSetup,
        session_id: str | None,
        detector: TechniqueDetector,
        write_feedback: FeedbackWriter,
        record: Callable[[Sequence[SessionEvent]], None],
        started_at: str,
    ) -> None:
        raise NotImplementedError

    @property
    def setup(self) -> CallSetup:
        raise NotImplementedError

    @property
    def session_id(self) -> str | None:
        raise NotImplementedError

    @property
    def temper(self) -> float:
        raise NotImplementedError

    @property
    def turns(self) -> Sequence[TurnResult]:
        raise NotImplementedError

    @property
    def outcome(self) -> Outcome | None:
        """None while the call goes on."""
        raise NotImplementedError

    def begin(self) -> LineToSpeak:
        raise NotImplementedError

    def likely_next_lines(self) -> Sequence[LineToSpeak]:
        """The lines that may come after the current one, most likely first, for rendering ahead."""
        raise NotImplementedError

    def customer_spoke(self, turn: CustomerTurn) -> None:
        """The line was heard (or shown). Called once per line, before the reply; again when the line is repeated."""
        raise NotImplementedError

    def take_reply(self, reply: Reply) -> TurnResult:
        raise NotImplementedError

    def redo_turn(self) -> LineToSpeak:
        """Withdraw the last reply: temper and place in the call go back to before it; the line is spoken again."""
        raise NotImplementedError

    def correct_words(self, turn: int, text: str) -> TurnResult:
        """ "That's not what I said": re-score that turn with these words (and what follows from it). The mark stays."""
        raise NotImplementedError

    def tick_techniques(self, turn: int, techniques: Sequence[str]) -> TurnResult:
        """Where no recogniser ran: the trainee says what they said, marked as self-reported."""
        raise NotImplementedError

    def use_move(self, move: Move, at_s: float) -> TurnResult | None:
        """Hold, supervisor or incident: may calm, or end the call (then `outcome` is set)."""
        raise NotImplementedError

    def next_line(self) -> LineToSpeak | None:
        """After the feedback: what the customer says next; None when the call has ended.

        Ask even when `outcome` is set: a call may close with a farewell line (`LineToSpeak.farewell`)."""
        raise NotImplementedError

    def note(self, kind: str, at_s: float, data: dict[str, object]) -> None:
        """Record a fact from outside (device lost, paused, resumed, calibration, recording paths)."""
        raise NotImplementedError

    def end(self, outcome: Outcome, at_s: float) -> CallSummary:
        """Close the session (an outcome the scenario reached itself wins over the one given)."""
        raise NotImplementedError
