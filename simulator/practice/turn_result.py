"""What goes into the appraisal of one reply, and all that came out of it."""

from __future__ import annotations

from dataclasses import dataclass

from simulator.domain.appraisal import Appraisal, Cause
from simulator.domain.feedback import Feedback
from simulator.domain.measures import TurnTaking, VoiceMeasures
from simulator.domain.scenario import Outcome
from simulator.domain.turn import CustomerTurn, Span
from simulator.domain.utterance import Utterance


@dataclass(frozen=True, slots=True)
class Reply:
    """A trainee's reply. `utterance` None: no recogniser ran; `voice` and `timing` None: typed.

    Times are session seconds. Word spans and measure spans are session seconds as well.
    """

    span: Span | None
    utterance: Utterance | None
    voice: VoiceMeasures | None
    timing: TurnTaking | None
    ticked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LineToSpeak:
    """What the customer says next. `temper` sets the voice."""

    text: str
    temper: float
    beat: str


@dataclass(frozen=True, slots=True)
class FeedbackText:
    """Feedback in the trainee's language, ready to show."""

    headline: str
    items: tuple[FeedbackItemText, ...]
    next_step: str
    better_wording: str | None


@dataclass(frozen=True, slots=True)
class FeedbackItemText:
    technique: str
    title: str
    kind: str
    text: str
    why: str
    source: str
    evidence: str


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
class Scorecard:
    """The end of a call in figures: `score` 0 to 100 or None where too little could be judged."""

    score: float | None
    shown: tuple[str, ...]
    missed: tuple[str, ...]
    harms: tuple[str, ...]
    practise_next: str | None
    best_turn: int | None


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
