"""What goes into the appraisal of one reply, and all that came out of it."""

from __future__ import annotations

from dataclasses import dataclass

from simulator.domain.appraisal import Appraisal, Cause
from simulator.domain.feedback import Feedback, FeedbackItemText, FeedbackText
from simulator.domain.reply import Reply
from simulator.domain.scenario import Outcome
from simulator.domain.scorecard import Scorecard
from simulator.domain.turn import CustomerTurn

__all__ = [
    "CallSummary",
    "FeedbackItemText",
    "FeedbackText",
    "LineToSpeak",
    "Reply",
    "Scorecard",
    "TurnResult",
]


@dataclass(frozen=True, slots=True)
class LineToSpeak:
    """What the customer says next. `temper` sets the voice.

    `farewell`: the customer's last words. No reply is awaited; the outcome is set, and the call ends after them.
    `hint`: in a guided call, what a good reply would do next, as a text for people; empty otherwise.
    """

    text: str
    temper: float
    beat: str
    farewell: bool = False
    hint: str = ""


@dataclass(frozen=True, slots=True)
class TurnResult:
    """One finished turn. `number` counts from 1; a redone or corrected turn keeps its number, `take` counts up."""

    number: int
    take: int
    customer: CustomerTurn
    reply: Reply
    appraisal: Appraisal
    temper_before: float
    temper_after: float
    causes: tuple[Cause, ...]
    feedback: Feedback
    feedback_text: FeedbackText
    outcome: Outcome | None = None


@dataclass(frozen=True, slots=True)
class CallSummary:
    session_id: str | None
    outcome: Outcome
    good_end: bool
    start_temper: float
    turns: tuple[TurnResult, ...]
    scorecard: Scorecard
    went_well: tuple[str, ...]
    to_practise: tuple[str, ...]
