"""Patterns at work: each node takes the positions where it may begin and gives those where it can end."""

from __future__ import annotations

from collections.abc import Iterable, KeysView, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from simulator.wording.positions import Positions, each, last_of, positions_of, where
from simulator.wording.tokens import HARD_BREAK, Token

MOST_LIGHT_WORDS = 3


@dataclass(slots=True)
class Hits:
    """Where each leaf was found in one reply: as a single `word`, and as a phrase (how many words -> where it begins).

    Every leaf that was found at all is among `words`, with no positions where only its phrases were.
    """

    words: dict[Leaf, Positions] = field(default_factory=dict)
    phrases: dict[Leaf, dict[int, Positions]] = field(default_factory=dict)

    def add_phrase(self, leaf: Leaf, length: int, at: int) -> None:
        self.words.setdefault(leaf, 0)
        begin = self.phrases.setdefault(leaf, {})
        begin[length] = begin.get(length, 0) | 1 << at

    def starts(self, leaf: Leaf) -> Positions:
        """Where the leaf begins."""
        positions = self.words.get(leaf, 0)
        if leaf in self.phrases:
            for begin in self.phrases[leaf].values():
                positions |= begin
        return positions

    def starts_of_any(self, leaves: Iterable[Leaf]) -> Positions:
        positions = 0
        for leaf in leaves:
            positions |= self.starts(leaf)
        return positions

    def ends(self, leaf: Leaf, starts: Positions) -> Positions:
        """After which tokens the leaf ends that begins at one of `starts`."""
        ends = (self.words.get(leaf, 0) & starts) << 1
        if leaf in self.phrases:
            for length, begin in self.phrases[leaf].items():
                ends |= (begin & starts) << length
        return ends

    def spans(self, leaf: Leaf) -> list[tuple[int, int]]:
        """Where it begins, and the farthest that it goes from there."""
        return [(at, last_of(self.ends(leaf, 1 << at))) for at in each(self.starts(leaf))]

    def covered(self, leaf: Leaf) -> Positions:
        """All tokens that are part of the leaf somewhere."""
        positions = self.words.get(leaf, 0)
        for length, begin in self.phrases.get(leaf, {}).items():
            for n in range(length):
                positions |= begin << n
        return positions


@dataclass(slots=True)
class Words:
    """The tokens of one reply as the patterns see them.

    `light` words (really, just, now) may stand between any two words of a pattern; `found` are the leaves that were
    found. A clause can begin and end at `clause_edges`, the end of the reply among them.
    """

    tokens: Sequence[Token]
    light: Sequence[bool]
    clause_starts: Sequence[bool]
    hits: Hits
    found: KeysView[Leaf] = field(init=False)
    everywhere: Positions = field(init=False)
    clause_edges: Positions = field(init=False)
    _inside: Positions = field(init=False)
    _light: Positions = field(init=False)

    def __post_init__(self) -> None:
        self.found = self.hits.words.keys()
        self.everywhere = (1 << len(self.tokens)) - 1
        self.clause_edges = where(self.clause_starts) | 1 << len(self.tokens)
        self._inside = where(token.breaks != HARD_BREAK for token in self.tokens)
        self._light = where(self.light)

    def __len__(self) -> int:
        return len(self.tokens)

    def sentence_ends_before(self, at: int) -> bool:
        return at >= len(self.tokens) or self.tokens[at].breaks == HARD_BREAK

    def reached(self, starts: Positions) -> Positions:
        """The positions themselves and those after light words from there, within the sentence."""
        reached = starts & self._inside
        passed = reached & self._light
        for _ in range(MOST_LIGHT_WORDS):
            if not passed:
                break
            following = (passed << 1) & self._inside
            reached |= following
            passed = following & self._light
        return reached

    def skipped(self, starts: Positions, most: int) -> Positions:
        """The positions and those up to `most` words further, within the sentence."""
        skipped = following = starts
        for _ in range(most):
            following = (following << 1) & self._inside
            if not following:
                break
            skipped |= following
        return skipped


@dataclass(frozen=True, slots=True, eq=False)
class Leaf:
    """One word of a pattern, or a phrase out of a class: exact words, stems (any ending), phrases, a named slot."""

    words: frozenset[str] = frozenset()
    stems: frozenset[str] = frozenset()
    phrases: frozenset[tuple[str, ...]] = frozenset()
    slot: str = ""

    def run(self, words: Words, starts: Positions, first: bool) -> Positions:
        hits = words.hits
        if self not in hits.words:
            return 0
        if not first:
            starts = words.reached(starts)
        return hits.ends(self, starts) if self in hits.phrases else (hits.words[self] & starts) << 1


@dataclass(frozen=True, eq=False)
class Chain:
    """Nodes one after the other."""

    nodes: tuple[Node, ...]

    @cached_property
    def leaves(self) -> frozenset[Leaf]:
        """Those nodes that are leaves: where one was not found, there is no need to look further."""
        return frozenset(node for node in self.nodes if isinstance(node, Leaf))

    def run(self, words: Words, starts: Positions, first: bool) -> Positions:
        if not words.found >= self.leaves:
            return 0
        here = starts
        for node in self.nodes:
            here = node.run(words, here, first)
            if not here:
                return 0
            first = first and not isinstance(node, (Leaf, Choice, Chain))
        return here


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """One of several; `optional` also allows none."""

    nodes: tuple[Node, ...]
    optional: bool = False

    def run(self, words: Words, starts: Positions, first: bool) -> Positions:
        found = starts if self.optional else 0
        for node in self.nodes:
            found |= node.run(words, starts, first)
        return found


@dataclass(frozen=True, slots=True, eq=False)
class Gap:
    """Up to `most` words that do not matter, within the sentence."""

    most: int

    def run(self, words: Words, starts: Positions, first: bool) -> Positions:  # noqa: ARG002 - one shape for all nodes
        return words.skipped(starts, self.most)


@dataclass(frozen=True, slots=True, eq=False)
class Edge:
    """The beginning or the end of a clause, where another may end or begin; takes no word."""

    def run(self, words: Words, starts: Positions, first: bool) -> Positions:  # noqa: ARG002
        return starts & words.clause_edges


@dataclass(frozen=True, slots=True, eq=False)
class Absent:
    """What follows must not match; takes no word."""

    node: Node

    def run(self, words: Words, starts: Positions, first: bool) -> Positions:
        if not self.node.run(words, starts, first):
            return starts
        return positions_of(at for at in each(starts) if not self.node.run(words, 1 << at, first))


Node = Leaf | Chain | Choice | Gap | Edge | Absent
