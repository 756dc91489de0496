"""How well a detector does on labelled replies: precision, recall and F1 per technique, and where it went wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from simulator.domain.errors import BadInputError
from simulator.wording.batch import context_of, text_of
from simulator.wording.context import ReplyContext
from simulator.wording.phrasebook import WORD_TECHNIQUES


@dataclass(frozen=True, slots=True)
class LabelledReply:
    """`labels` are the techniques it carries; `absent` those it seems to carry and does not (a hard negative)."""

    id: str
    text: str
    context: ReplyContext
    labels: frozenset[str]
    absent: frozenset[str]


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of one technique over all replies. `tempting` hard negatives, `tempted` of them taken for it."""

    right: int = 0
    missed: int = 0
    false: int = 0
    tempting: int = 0
    tempted: int = 0

    @property
    def positives(self) -> int:
        return self.right + self.missed

    @property
    def precision(self) -> float | None:
        """None where the technique was never heard."""
        heard = self.right + self.false
        return self.right / heard if heard else None

    @property
    def recall(self) -> float | None:
        """None where no reply carries the technique."""
        return self.right / self.positives if self.positives else None

    @property
    def f1(self) -> float | None:
        """None where no reply carries the technique."""
        return 2 * self.right / (2 * self.right + self.missed + self.false) if self.positives else None


@dataclass(frozen=True, slots=True)
class Mistake:
    """One reply that was not heard as labelled."""

    id: str
    text: str
    missed: tuple[str, ...]
    false: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """`confusions` counts (technique missed, technique heard instead in the same reply)."""

    replies: int
    tallies: Mapping[str, Tally]
    confusions: Sequence[tuple[str, str, int]]
    mistakes: Sequence[Mistake]

    @property
    def macro_f1(self) -> float | None:
        """The mean of F1 over the techniques that occur; None where none does."""
        values = [tally.f1 for tally in self.tallies.values() if tally.f1 is not None]
        return sum(values) / len(values) if values else None

    @property
    def false_alarms(self) -> float | None:
        """The share of hard negatives that were taken for the technique; None where there are none."""
        tempting = sum(tally.tempting for tally in self.tallies.values())
        return sum(tally.tempted for tally in self.tallies.values()) / tempting if tempting else None


def labelled_reply(record: Mapping[str, Any], where: str) -> LabelledReply:
    """From a record of a labelled file: as `detect --batch`, with `labels` and `absent`. Raises BadInputError."""
    marks: list[frozenset[str]] = []
    for key in ("labels", "absent"):
        value = record.get(key) or []
        if not isinstance(value, list):
            raise BadInputError(f"{where}: {key}: should be a list of technique ids.")
        unknown = [name for name in value if name not in WORD_TECHNIQUES]
        if unknown:
            raise BadInputError(f"{where}: {key}: {unknown[0]!r} is not a technique heard in words.")
        marks.append(frozenset(value))
    if both := marks[0] & marks[1]:
        raise BadInputError(f"{where}: absent: '{min(both)}' is among the labels too.")
    return LabelledReply(str(record.get("id", where)), text_of(record, where), context_of(record, where), *marks)


def evaluate(replies: Iterable[tuple[LabelledReply, frozenset[str]]]) -> Evaluation:
    """Each reply with the techniques that were heard in it. A technique that is not among its labels is not carried,
    except `use_name` beside `overuse_name`, which may be given or not."""
    counts = {technique: Counter[str]() for technique in WORD_TECHNIQUES}
    confused: Counter[tuple[str, str]] = Counter()
    mistakes: list[Mistake] = []
    number = 0
    for reply, heard in replies:
        number += 1
        missed, false = _compare(reply, heard, counts)
        confused.update((here, there) for here in missed for there in false)
        if missed or false:
            mistakes.append(Mistake(reply.id, reply.text, missed, false))
    tallies = {technique: Tally(**counter) for technique, counter in counts.items()}
    ranked = [(here, there, count) for (here, there), count in confused.most_common()]
    return Evaluation(number, tallies, ranked, mistakes)


def _compare(
    reply: LabelledReply, heard: frozenset[str], counts: Mapping[str, Counter[str]]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    free = {"use_name"} if "overuse_name" in reply.labels else set()
    for technique in reply.labels - free:
        counts[technique]["right" if technique in heard else "missed"] += 1
    false = heard - reply.labels - free
    for technique in false:
        counts[technique]["false"] += 1
    for technique in reply.absent:
        counts[technique]["tempting"] += 1
        counts[technique]["tempted"] += technique in heard
    return tuple(sorted(reply.labels - heard - free)), tuple(sorted(false))
