"""How a reply changes the customer's temper, each change with its cause. Pure and deterministic."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from simulator.domain.appraisal import Appraisal, Cause, Slip, is_sure
from simulator.domain.history import History, ever_used, times_used
from simulator.domain.scenario import CustomerType, Difficulty
from simulator.domain.technique import CATALOGUE, Channel, Detection, Evidence
from simulator.domain.temperament import Temperament, temperament

FURIOUS, SATISFIED = 10.0, 0.0
EXPECTED = 1.25
WORDS_AGAIN = 0.5
VOICE_AGAIN = 0.8
MOST_CALMED_AT_ONCE = 2.5
NO_ANSWER = 0.5
SLIP_TAKES_BACK = {
    Slip.BEFORE_ACKNOWLEDGING: 1.0,
    Slip.BEFORE_THE_FACTS: 0.6,
    Slip.LATE: 0.5,
    Slip.AGAIN: 1.0,
    Slip.WHILE_THEY_SPEAK: 1.0,
}
_CALMING = {Difficulty.GUIDED: 1.25, Difficulty.STANDARD: 1.0, Difficulty.HARD: 0.8}
_ANGERING = {Difficulty.GUIDED: 0.8, Difficulty.STANDARD: 1.0, Difficulty.HARD: 1.25}
_GIFTS_ARE_LIMITED_BY = frozenset({"set_scope_boundary", "explain_procedure", "set_respect_boundary"})


@dataclass(frozen=True, slots=True)
class TemperChange:
    """`temper` is the old temper plus the sum of the causes' changes, held within 0 to 10."""

    temper: float
    causes: tuple[Cause, ...]


def next_temper(
    temper: float,
    appraisal: Appraisal,
    customer_type: CustomerType,
    difficulty: Difficulty,
    expected: Sequence[str],
    history: History = (),
) -> TemperChange:
    """The customer's temper after a reply.

    What helps counts for more where the beat expects it, for half of it each time it is said again (a voice
    that stays good: four fifths), and for nothing where it came at the wrong time ("order"). At standard
    difficulty nobody is calmed by more than 2.5 points at once. A harm in words that were heard with little
    confidence costs nothing.
    """
    manner = temperament(customer_type)
    causes = [_cause(found, manner, expected, appraisal, history) for found in appraisal.techniques if is_sure(found)]
    causes = _only_so_much_at_once([cause for cause in causes if cause.change])
    causes += _order(causes, appraisal)
    if appraisal.unanswered:
        causes.append(Cause("no_answer", NO_ANSWER, shown(appraisal.unanswered)))
    causes += _difficulty(causes, difficulty)
    causes = [cause for cause in (replace(each, change=round(each.change, 2)) for each in causes) if cause.change]
    after = temper + sum(cause.change for cause in causes)
    return TemperChange(round(min(FURIOUS, max(SATISFIED, after)), 2), tuple(causes))


def _cause(
    found: Detection, manner: Temperament, expected: Sequence[str], appraisal: Appraisal, history: History
) -> Cause:
    effect = manner.effect(found.technique)
    if found.technique == "offer_compensation" and manner.unlimited_gifts is not None:
        said = ever_used(history) | {each.technique for each in appraisal.words}
        effect = effect if said & _GIFTS_ARE_LIMITED_BY else manner.unlimited_gifts
    effect *= found.strength
    if effect < 0:
        effect *= EXPECTED if found.technique in expected else 1.0
        words = CATALOGUE[found.technique].channel is Channel.WORDS
        effect *= (WORDS_AGAIN if words else VOICE_AGAIN) ** times_used(found.technique, history)
    return Cause(found.technique, effect, shown(found.evidence))


def shown(evidence: Iterable[Evidence]) -> str:
    """The evidence as one text: each different piece once."""
    return " … ".join(dict.fromkeys(each.text for each in evidence if each.text))


def _order(causes: Sequence[Cause], appraisal: Appraisal) -> list[Cause]:
    earned = {cause.cause: cause.change for cause in causes}
    taken_back: dict[str, Cause] = {}
    for slip in appraisal.slips:
        back = -SLIP_TAKES_BACK[slip.slip] * min(0.0, earned.get(slip.technique, 0.0))
        if back:
            taken_back[slip.technique] = Cause("order", back, shown(slip.evidence))
    return list(taken_back.values())


def _only_so_much_at_once(causes: list[Cause]) -> list[Cause]:
    calmed = -sum(cause.change for cause in causes if cause.change < 0)
    if calmed <= MOST_CALMED_AT_ONCE:
        return causes
    share = MOST_CALMED_AT_ONCE / calmed
    return [replace(cause, change=cause.change * share) if cause.change < 0 else cause for cause in causes]


def _difficulty(causes: Sequence[Cause], difficulty: Difficulty) -> list[Cause]:
    """What the difficulty adds to or takes from everything else, as one cause, so that the sum stays true."""
    calmed = sum(cause.change for cause in causes if cause.change < 0)
    angered = sum(cause.change for cause in causes if cause.change > 0)
    extra = calmed * (_CALMING[difficulty] - 1.0) + angered * (_ANGERING[difficulty] - 1.0)
    return [Cause("difficulty", extra, difficulty.value)] if extra else []
