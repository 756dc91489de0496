"""The patterns of a phrasebook applied to one reply."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from simulator.wording.matching import Leaf, Node, Words
from simulator.wording.needs import Rarest, first_leaves, leaves_of, rarest_leaves, required_leaves
from simulator.wording.phrasebook import Phrasebook
from simulator.wording.positions import each, first_of, last_of
from simulator.wording.scope import is_negated, neighbourhood

# How much oftener a stop word is met than another word in as many patterns, and how many words a stem stands for.
COMMON_WORD, WORDS_OF_A_STEM = 10, 3

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Match:
    """Tokens [start, end) that carry a technique. `pattern` is the fingerprint of the pattern that matched, 0 where
    none did."""

    technique: str
    start: int
    end: int
    pattern: int = 0


@dataclass(frozen=True, eq=False)
class _Sought:
    """A node to be looked for; what that takes is worked out once it is."""

    node: Node

    @cached_property
    def required(self) -> frozenset[Leaf]:
        return required_leaves(self.node)

    @cached_property
    def first(self) -> frozenset[Leaf] | None:
        return first_leaves(self.node)

    def spans(self, words: Words, *, shortest: bool = False) -> list[Span]:
        """All places where the node matches, each as far as it goes (or no farther than it must)."""
        if not words.found >= self.required or not self.node.run(words, words.everywhere, True):
            return []
        found: list[Span] = []
        for start in each(words.everywhere if self.first is None else words.hits.starts_of_any(self.first)):
            if ends := self.node.run(words, 1 << start, True):
                end = first_of(ends) if shortest else last_of(ends)
                if end > start:
                    found.append((start, end))
        return found


_Unless = tuple[_Sought, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Rule:
    technique: str
    fingerprint: int
    negated_too: bool
    main: _Sought
    unless: _Unless
    own_unless: _Unless


class _Guards:
    """Where the `unless` patterns match in one reply, looked up once and only when asked for."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._spans: dict[_Unless, list[Span]] = {}

    def cancel(self, unless: _Unless, start: int, end: int) -> bool:
        spans = self._of(unless)
        if not spans:
            return False
        first, last = neighbourhood(self._words, start, end)
        return any(first <= begin and stop <= last for begin, stop in spans)

    def _of(self, unless: _Unless) -> list[Span]:
        spans = self._spans.get(unless)
        if spans is None:
            spans = [span for guard in unless for span in guard.spans(self._words, shortest=True)]
            self._spans[unless] = spans
        return spans


class RuleBook:
    """Patterns in the order of the book, indexed by the rarest words that each needs, so that a reply tries only those
    that can match."""

    def __init__(self, book: Phrasebook) -> None:
        self._book = book
        self._rules: list[_Rule] = []
        self._always: list[int] = []
        self._by_leaf: dict[Leaf, list[int]] = defaultdict(list)
        commonness = _commonness(book)
        patterns = [pattern for found in book.patterns.values() for pattern in found]
        unless = {nodes for pattern in patterns for nodes in (pattern.unless, pattern.own_unless)}
        guards = {nodes: tuple(map(_Sought, nodes)) for nodes in unless}
        for technique, found in book.patterns.items():
            for pattern in found:
                self._add(
                    _Rule(
                        technique,
                        pattern.fingerprint(technique),
                        pattern.negated_too,
                        _Sought(pattern.node),
                        guards[pattern.unless],
                        guards[pattern.own_unless],
                    ),
                    rarest_leaves(pattern.node, commonness),
                )

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
        """What matched, the longest of those that overlap per technique, in order; and what a pattern's own `unless`
        took back. What is negated is neither."""
        found: dict[str, list[Match]] = defaultdict(list)
        taken_back: list[Match] = []
        negators = words.hits.starts(self._book.negators) & ~words.hits.covered(self._book.not_negating)
        guards = _Guards(words)
        for rule in self._that_may_match(words):
            for start, end in rule.main.spans(words):
                match = Match(rule.technique, start, end, rule.fingerprint)
                if guards.cancel(rule.own_unless, start, end):
                    taken_back.append(match)
                    continue
                holds = rule.negated_too or not is_negated(words, start, negators)
                if holds and not guards.cancel(rule.unless, start, end):
                    found[rule.technique].append(match)
        kept = sorted((match for found_here in found.values() for match in _longest(found_here)), key=_place)
        return kept, taken_back

    def _that_may_match(self, words: Words) -> list[_Rule]:
        numbers = set(self._always)
        for leaf in words.found & self._by_leaf.keys():
            numbers.update(self._by_leaf[leaf])
        return [self._rules[number] for number in sorted(numbers)]

    def _add(self, rule: _Rule, rarest: Rarest | None) -> None:
        for numbers in [self._by_leaf[leaf] for leaf in rarest.leaves] if rarest else [self._always]:
            numbers.append(len(self._rules))
        self._rules.append(rule)


def _commonness(book: Phrasebook) -> dict[Leaf, int]:
    """How often each leaf of the patterns may be met, guessed by how often the patterns name its words."""
    leaves = Counter(leaf for found in book.patterns.values() for p in found for leaf in leaves_of(p.node))
    words: Counter[str] = Counter()
    for leaf, times in leaves.items():
        for word in leaf.words:
            words[word] += times * (COMMON_WORD if word in book.stop_words or word in book.light else 1)
    return {
        leaf: sum(words[word] for word in leaf.words) + len(leaf.phrases) + WORDS_OF_A_STEM * len(leaf.stems)
        for leaf in leaves
    }


def _place(match: Match) -> tuple[int, int]:
    return (match.start, match.end)


def _longest(matches: list[Match]) -> list[Match]:
    kept: list[Match] = []
    for match in sorted(matches, key=lambda m: (m.start - m.end, m.start)):
        if all(match.end <= other.start or match.start >= other.end for other in kept):
            kept.append(match)
    return kept
