"""What one reply did, judged by the guidance: techniques in words, voice and timing, each with its evidence."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from simulator.domain.technique import Detection, Evidence, Polarity
from simulator.domain.utterance import CONFIDENT_WORD


@dataclass(frozen=True, slots=True)
class Cause:
    """A signed change of the customer's temper (negative calms) and what brought it about.

    `cause` is a technique id, or one of "no_answer", "difficulty", "order"; `evidence` is the words or the
    measure that shows it, in plain text.
    """

    cause: str
    change: float
    evidence: str


class Slip(StrEnum):
    """How a helpful technique can come at the wrong time."""

    BEFORE_ACKNOWLEDGING = "before_acknowledging"
    BEFORE_THE_FACTS = "before_the_facts"
    LATE = "late"
    AGAIN = "again"
    WHILE_THEY_SPEAK = "while_they_speak"


@dataclass(frozen=True, slots=True)
class OrderSlip:
    """A helpful technique at the wrong time, with the words that show it."""

    technique: str
    slip: Slip
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Appraisal:
    """The techniques of one reply in words and voice, and what could not be judged.

    `not_scored` names the channels that could not be known ("words", "pace", "level", "timing"): they cost nothing.
    `out_of_order` names helpful techniques that came too early or too late (a solution before the facts); `slips`
    says how. `unanswered` are well-heard words that took up nothing of what the customer said.
    """

    words: tuple[Detection, ...]
    voice: tuple[Detection, ...]
    not_scored: tuple[str, ...] = ()
    out_of_order: tuple[str, ...] = ()
    slips: tuple[OrderSlip, ...] = ()
    unanswered: tuple[Evidence, ...] = ()

    @property
    def techniques(self) -> tuple[Detection, ...]:
        return self.words + self.voice


def is_sure(found: Detection) -> bool:
    """Whether it may count: help always does, harm only where at least one piece of evidence was well heard."""
    if found.polarity is Polarity.HELPS or not found.evidence:
        return True
    return any(each.confidence is None or each.confidence >= CONFIDENT_WORD for each in found.evidence)
