"""The patterns of a phrasebook applied to one reply."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from simulator.wording.matching import Leaf, Node, Words, first_leaves, leaves_of, required_leaves
from simulator.wording.phrasebook import Pattern, Phrasebook
from simulator.wording.scope import is_negated, neighbourhood


@dataclass(frozen=True, slots=True)
class Match:
    """Tokens [start, end) that carry a technique."""

    technique: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Prepared:
    technique: str
    pattern: Pattern
    required: frozenset[Leaf]
    first: frozenset[Leaf] | None


class RuleBook:
    """Patterns indexed by the rarest word each needs, so that a reply tries only those that can match."""

    def __init__(self, book: Phrasebook) -> None:
        self._book = book
        self._by_key: dict[Leaf | None, list[_Prepared]] = defaultdict(list)
        for technique, patterns in book.patterns.items():
            for pattern in patterns:
                required = frozenset(required_leaves(pattern.node))
                first = first_leaves(pattern.node)
                prepared = _Prepared(technique, pattern, required, None if first is None else frozenset(first))
                self._by_key[self._rarest(required)].append(prepared)

    def leaves(self) -> Iterable[Leaf]:
        """Every leaf that must be looked up in a reply."""
        book = self._book
        yield from (book.negators, book.not_negating, book.clause_starts)
        yield from book.classes.values()
        for patterns in book.patterns.values():
            for pattern in patterns:
                for node in (pattern.node, *pattern.unless):
                    yield from leaves_of(node)

    def matches(self, words: Words) -> list[Match]:
        """All matches, the longest of those that overlap per technique, in order."""
        found: dict[str, list[Match]] = defaultdict(list)
        negators = words.hits.get(self._book.negators, {})
        exempt = words.hits.get(self._book.not_negating, {})
        for key in (None, *words.hits):
            for prepared in self._by_key.get(key, ()):
                if all(leaf in words.hits for leaf in prepared.required):
                    for start, end in _spans(prepared, words):
                        if not prepared.pattern.negated_too and is_negated(words, start, negators, exempt):
                            continue
                        if not _cancelled(prepared.pattern.unless, words, start, end):
                            found[prepared.technique].append(Match(prepared.technique, start, end))
        return sorted((match for found_here in found.values() for match in _longest(found_here)), key=_place)

    def _rarest(self, required: frozenset[Leaf]) -> Leaf | None:
        def commonness(leaf: Leaf) -> tuple[int, int]:
            common = sum(word in self._book.stop_words or word in self._book.light for word in leaf.words)
            return (common, len(leaf.words) + len(leaf.phrases) + 3 * len(leaf.stems))

        return min(required, key=commonness, default=None)


def _place(match: Match) -> tuple[int, int]:
    return (match.start, match.end)


def _spans(prepared: _Prepared, words: Words) -> Iterable[tuple[int, int]]:
    starts: Iterable[int] = range(len(words))
    if prepared.first is not None:
        starts = sorted({at for leaf in prepared.first for at in words.hits.get(leaf, ())})
    for start in starts:
        ends = prepared.pattern.node.run(words, (start,), True)
        if ends:
            end = max(ends)
            if end > start:
                yield start, end


def _cancelled(unless: tuple[Node, ...], words: Words, start: int, end: int) -> bool:
    if not unless:
        return False
    first, last = neighbourhood(words, start, end)
    return any(
        any(stop <= last for stop in node.run(words, (at,), True)) for node in unless for at in range(first, last)
    )


def _longest(matches: list[Match]) -> list[Match]:
    kept: list[Match] = []
    for match in sorted(matches, key=lambda m: (m.start - m.end, m.start)):
        if all(match.end <= other.start or match.start >= other.end for other in kept):
            kept.append(match)
    return kept


def classes_at(words: Words, classes: Mapping[str, Leaf]) -> dict[int, list[str]]:
    """For each token the names of the word classes that begin there."""
    found: dict[int, list[str]] = defaultdict(list)
    for name, leaf in classes.items():
        for at in words.hits.get(leaf, ()):
            found[at].append(name)
    return found
