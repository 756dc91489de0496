"""Techniques have an order: feelings before solutions, facts before solutions, one apology and not a late one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from simulator.domain.appraisal import OrderSlip, Slip
from simulator.domain.history import History, ever_used, times_used
from simulator.domain.measures import OverlapKind, TurnTaking
from simulator.domain.technique import Detection

SOLUTIONS = ("offer_solution", "offer_alternative", "offer_compensation")
FEELINGS = frozenset({"acknowledge_feelings", "name_need", "apologise"})
FACTS = frozenset({"ask_facts", "summarise", "ask_expectation", "check_understanding"})
UPSET = 5.0
LATE_AFTER_REPLIES = 2
APOLOGIES_BORNE = 2


def order_slips(
    words: Sequence[Detection], timing: TurnTaking | None, temper: float, history: History
) -> tuple[OrderSlip, ...]:
    """The helpful techniques of a reply that came at the wrong time.

    A calm customer (temper under 5) may be offered a solution at once. Within one reply the order of the words
    counts; a technique without a place in the words (ticked) is taken to have come in good time.
    """
    return (
        *_hasty_solutions(words, temper, history),
        *_apologies(words, temper, history),
        *_name_over_their_voice(words, timing),
    )


def _hasty_solutions(words: Sequence[Detection], temper: float, history: History) -> Iterator[OrderSlip]:
    if temper < UPSET:
        return
    before = ever_used(history)
    for found in words:
        if found.technique not in SOLUTIONS:
            continue
        if not (before & FEELINGS or _comes_before(FEELINGS, found, words)):
            yield OrderSlip(found.technique, Slip.BEFORE_ACKNOWLEDGING, found.evidence)
        elif not (before & FACTS or _comes_before(FACTS, found, words)):
            yield OrderSlip(found.technique, Slip.BEFORE_THE_FACTS, found.evidence)


def _comes_before(wanted: frozenset[str], found: Detection, words: Sequence[Detection]) -> bool:
    at = _first_place(found)
    return any(_first_place(other) <= at for other in words if other.technique in wanted)


def _first_place(found: Detection) -> int:
    return min((evidence.start for evidence in found.evidence if evidence.start is not None), default=-1)


def _apologies(words: Sequence[Detection], temper: float, history: History) -> Iterator[OrderSlip]:
    for found in words:
        if found.technique != "apologise":
            continue
        earlier = times_used("apologise", history)
        if earlier >= APOLOGIES_BORNE:
            yield OrderSlip("apologise", Slip.AGAIN, found.evidence)
        elif earlier == 0 and len(history) >= LATE_AFTER_REPLIES and temper >= UPSET:
            yield OrderSlip("apologise", Slip.LATE, found.evidence)


def _name_over_their_voice(words: Sequence[Detection], timing: TurnTaking | None) -> Iterator[OrderSlip]:
    if timing is None or timing.timely_entry or timing.overlap_kind is not OverlapKind.INTERRUPTION:
        return
    for found in words:
        if found.technique != "use_name":
            continue
        spans = [evidence.span for evidence in found.evidence if evidence.span is not None]
        if spans and all(any(span.overlap_s(over) > 0.0 for over in timing.overlaps) for span in spans):
            yield OrderSlip("use_name", Slip.WHILE_THEY_SPEAK, found.evidence)
