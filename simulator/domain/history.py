"""What has happened in the call before the reply that is being judged."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from simulator.domain.appraisal import Appraisal, is_sure
from simulator.domain.reply import Reply


@dataclass(frozen=True, slots=True)
class PastTurn:
    """An earlier reply of the call and how it was judged."""

    reply: Reply
    appraisal: Appraisal


History = Sequence[PastTurn]


def techniques_used(appraisal: Appraisal) -> tuple[str, ...]:
    """The ids of all techniques of a reply that may count, words first, each once."""
    return tuple(dict.fromkeys(found.technique for found in appraisal.techniques if is_sure(found)))


def times_used(technique: str, history: Iterable[PastTurn]) -> int:
    """In how many earlier replies the technique was used."""
    return sum(1 for past in history if technique in techniques_used(past.appraisal))


def ever_used(history: Iterable[PastTurn]) -> frozenset[str]:
    return frozenset(used for past in history for used in techniques_used(past.appraisal))
