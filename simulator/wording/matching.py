"""Patterns at work: each node takes the places where it may begin and gives the places where it can end."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from simulator.wording.tokens import HARD_BREAK, SOFT_BREAK, Token

Ends = Mapping[int, Sequence[int]]
MOST_LIGHT_WORDS = 3


@dataclass(slots=True)
class Words:
    """The tokens of one reply as the patterns see them.

    `light` words (really, just, now) may stand between any two words of a pattern. `hits` says for each leaf
    at which token it matches and the tokens after which the match ends.
    """

    tokens: Sequence[Token]
    light: Sequence[bool]
    clause_starts: Sequence[bool]
    hits: dict[Leaf, dict[int, list[int]]] = field(default_factory=dict)
    _reachable: list[tuple[int, ...]] | None = None

    def __len__(self) -> int:
        return len(self.tokens)

    def sentence_ends_before(self, at: int) -> bool:
        return at >= len(self.tokens) or self.tokens[at].breaks == HARD_BREAK

    def clause_ends_before(self, at: int) -> bool:
        return at >= len(self.tokens) or self.tokens[at].breaks >= SOFT_BREAK or self.clause_starts[at]

    @property
    def reachable(self) -> Sequence[tuple[int, ...]]:
        """For each place, that place and those after light words from there, within the sentence."""
        if self._reachable is None:
            self._reachable = [self._reach(at) for at in range(len(self.tokens) + 1)]
        return self._reachable

    def _reach(self, at: int) -> tuple[int, ...]:
        places: list[int] = []
        while at < len(self.tokens) and self.tokens[at].breaks != HARD_BREAK:
            places.append(at)
            if len(places) > MOST_LIGHT_WORDS or not self.light[at]:
                break
            at += 1
        return tuple(places)


@dataclass(frozen=True, slots=True, eq=False)
class Leaf:
    """One word of a pattern, or a phrase out of a class: exact words, stems (any ending), phrases, a named slot."""

    words: frozenset[str] = frozenset()
    stems: frozenset[str] = frozenset()
    phrases: frozenset[tuple[str, ...]] = frozenset()
    slot: str = ""

    def run(self, words: Words, starts: Collection[int], first: bool) -> set[int]:
        hits = words.hits.get(self)
        if not hits:
            return set()
        found: set[int] = set()
        if first:
            for start in starts:
                if start in hits:
                    found.update(hits[start])
            return found
        reachable = words.reachable
        for start in starts:
            for at in reachable[start]:
                if at in hits:
                    found.update(hits[at])
        return found


@dataclass(frozen=True, slots=True, eq=False)
class Chain:
    """Nodes one after the other."""

    nodes: tuple[Node, ...]

    def run(self, words: Words, starts: Collection[int], first: bool) -> set[int]:
        here = set(starts)
        for node in self.nodes:
            here = node.run(words, here, first)
            if not here:
                return here
            first = first and not isinstance(node, (Leaf, Choice, Chain))
        return here


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """One of several; `optional` also allows none."""

    nodes: tuple[Node, ...]
    optional: bool = False

    def run(self, words: Words, starts: Collection[int], first: bool) -> set[int]:
        found = set(starts) if self.optional else set()
        for node in self.nodes:
            found |= node.run(words, starts, first)
        return found


@dataclass(frozen=True, slots=True, eq=False)
class Gap:
    """Up to `most` words that do not matter, within the sentence."""

    most: int

    def run(self, words: Words, starts: Collection[int], first: bool) -> set[int]:  # noqa: ARG002 - one shape for all nodes
        found: set[int] = set()
        for start in starts:
            found.add(start)
            for at in range(start + 1, min(start + self.most, len(words) - 1) + 1):
                if words.tokens[at - 1].breaks == HARD_BREAK and at - 1 > start:
                    break
                if words.sentence_ends_before(at):
                    break
                found.add(at)
        return found


@dataclass(frozen=True, slots=True, eq=False)
class Edge:
    """The beginning (or the end) of a clause; takes no word."""

    at_start: bool

    def run(self, words: Words, starts: Collection[int], first: bool) -> set[int]:  # noqa: ARG002
        if self.at_start:
            return {at for at in starts if at == 0 or words.clause_ends_before(at)}
        return {at for at in starts if words.clause_ends_before(at)}


@dataclass(frozen=True, slots=True, eq=False)
class Absent:
    """What follows must not match; takes no word."""

    node: Node

    def run(self, words: Words, starts: Collection[int], first: bool) -> set[int]:
        return {at for at in starts if not self.node.run(words, (at,), first)}


Node = Leaf | Chain | Choice | Gap | Edge | Absent


def required_leaves(node: Node) -> set[Leaf]:
    """Leaves without which the node cannot match."""
    if isinstance(node, Leaf):
        return {node}
    if isinstance(node, Chain):
        return {leaf for part in node.nodes for leaf in required_leaves(part)}
    if isinstance(node, Choice) and not node.optional and node.nodes:
        return set.intersection(*(required_leaves(part) for part in node.nodes))
    return set()


def leaves_of(node: Node) -> Iterator[Leaf]:
    if isinstance(node, Leaf):
        yield node
    elif isinstance(node, (Chain, Choice)):
        for part in node.nodes:
            yield from leaves_of(part)
    elif isinstance(node, Absent):
        yield from leaves_of(node.node)


def first_leaves(node: Node) -> set[Leaf] | None:
    """The leaves a match can begin with; None where it may begin with anything."""
    if isinstance(node, Leaf):
        return {node}
    if isinstance(node, Choice):
        return None if node.optional else _joined(first_leaves(part) for part in node.nodes)
    return _first_of_chain(node) if isinstance(node, Chain) else None


def _first_of_chain(chain: Chain) -> set[Leaf] | None:
    found: set[Leaf] = set()
    for part in chain.nodes:
        if isinstance(part, (Edge, Absent)):
            continue
        optional = isinstance(part, Choice) and part.optional
        leaves = (
            _joined(first_leaves(inner) for inner in part.nodes) if isinstance(part, Choice) else first_leaves(part)
        )
        if leaves is None:
            return None
        found |= leaves
        if not optional:
            return found
    return None


def _joined(parts: Iterable[set[Leaf] | None]) -> set[Leaf] | None:
    found: set[Leaf] = set()
    for leaves in parts:
        if leaves is None:
            return None
        found |= leaves
    return found
