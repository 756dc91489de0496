"""The patterns of a phrasebook applied to one reply."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from simulator.wording.matching import Leaf, Node, Words, first_leaves, leaves_of, required_leaves
from simulator.wording.phrasebook import Phrasebook
from simulator.wording.scope import is_negated, neighbourhood


@dataclass(frozen=True, slots=True)
class Match:
    """Tokens [start, end) that carry a technique. `pattern` is the fingerprint of the pattern that matched, 0 where
    none did."""

    technique: str
    start: int
    end: int
    pattern: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class _Prepared:
    """A node with what it needs to match at all, and what it can begin with (None: anything)."""

    node: Node
    required: frozenset[Leaf]
    first: frozenset[Leaf] | None

    def spans(self, words: Words, *, shortest: bool = False) -> list[tuple[int, int]]:
        """All places where the node matches, each as far as it goes (or no farther than it must)."""
        if not all(leaf in words.hits for leaf in self.required):
            return []
        starts: Iterable[int] = range(len(words))
        if self.first is not None:
            starts = sorted({at for leaf in self.first for at in words.hits.get(leaf, ())})
        found: list[tuple[int, int]] = []
        for start in starts:
            if ends := self.node.run(words, (start,), True):
                end = min(ends) if shortest else max(ends)
                if end > start:
                    found.append((start, end))
        return found


@dataclass(frozen=True, slots=True, eq=False)
class _Rule:
    technique: str
    fingerprint: int
    negated_too: bool
    main: _Prepared
    unless: tuple[_Prepared, ...]
    own_unless: tuple[_Prepared, ...]


class _Guards:
    """Where the `unless` patterns match in one reply, each looked up once and only when asked for."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._spans: dict[_Prepared, list[tuple[int, int]]] = {}

    def cancel(self, unless: tuple[_Prepared, ...], start: int, end: int) -> bool:
        if not unless:
            return False
        first, last = neighbourhood(self._words, start, end)
        return any(first <= begin and stop <= last for guard in unless for begin, stop in self._of(guard))

    def _of(self, guard: _Prepared) -> list[tuple[int, int]]:
        spans = self._spans.get(guard)
        if spans is None:
            spans = self._spans[guard] = guard.spans(self._words, shortest=True)
        return spans


class RuleBook:
    """Patterns indexed by the rarest word each needs, so that a reply tries only those that can match."""

    def __init__(self, book: Phrasebook) -> None:
        self._book = book
        self._by_key: dict[Leaf | None, list[_Rule]] = defaultdict(list)
        guards: dict[Node, _Prepared] = {}
        for technique, patterns in book.patterns.items():
            for pattern in patterns:
                main = _prepare(pattern.node)
                unless, own = (
                    tuple(guards.setdefault(node, _prepare(node)) for node in nodes)
                    for nodes in (pattern.unless, pattern.own_unless)
                )
                rule = _Rule(technique, pattern.fingerprint(technique), pattern.negated_too, main, unless, own)
                self._by_key[self._rarest(main.required)].append(rule)

    def leaves(self) -> Iterable[Leaf]:
        """Every leaf that must be looked up in a reply."""
        book = self._book
        yield from (book.negators, book.not_negating, book.clause_starts, book.apologies)
        yield from book.classes.values()
        patterns = [pattern for found in book.patterns.values() for pattern in found]
        nodes = dict.fromkeys(node for p in patterns for node in (p.node, *p.unless, *p.own_unless))
        for node in nodes:
            yield from leaves_of(node)

    def matches(self, words: Words) -> tuple[list[Match], list[Match]]:
        """What matched, the longest of those that overlap per technique, in order; and what was taken
        back by a negation or by the pattern's own `unless`."""
        found: dict[str, list[Match]] = defaultdict(list)
        taken_back: list[Match] = []
        negators = words.hits.get(self._book.negators, {})
        exempt = words.hits.get(self._book.not_negating, {})
        guards = _Guards(words)
        for key in (None, *words.hits):
            for rule in self._by_key.get(key, ()):
                for start, end in rule.main.spans(words):
                    match = Match(rule.technique, start, end, rule.fingerprint)
                    negated = not rule.negated_too and is_negated(words, start, negators, exempt)
                    if negated or guards.cancel(rule.own_unless, start, end):
                        taken_back.append(match)
                    elif not guards.cancel(rule.unless, start, end):
                        found[rule.technique].append(match)
        kept = sorted((match for found_here in found.values() for match in _longest(found_here)), key=_place)
        return kept, taken_back

    def _rarest(self, required: frozenset[Leaf]) -> Leaf | None:
        def commonness(leaf: Leaf) -> tuple[int, int]:
            common = sum(word in self._book.stop_words or word in self._book.light for word in leaf.words)
            return (common, len(leaf.words) + len(leaf.phrases) + 3 * len(leaf.stems))

        return min(required, key=commonness, default=None)


def _prepare(node: Node) -> _Prepared:
    first = first_leaves(node)
    return _Prepared(node, frozenset(required_leaves(node)), None if first is None else frozenset(first))


def _place(match: Match) -> tuple[int, int]:
    return (match.start, match.end)


def _longest(matches: list[Match]) -> list[Match]:
    kept: list[Match] = []
    for match in sorted(matches, key=lambda m: (m.start - m.end, m.start)):
        if all(match.end <= other.start or match.start >= other.end for other in kept):
            kept.append(match)
    return kept
