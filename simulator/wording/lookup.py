"""Finds, for every word of a reply, the leaves of all patterns that it matches: one look per word, not per pattern."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from simulator.wording.matching import Leaf
from simulator.wording.tokens import HARD_BREAK, Token


class LeafIndex:
    """Made once per phrasebook from all its leaves."""

    def __init__(self, leaves: Iterable[Leaf]) -> None:
        self._words: dict[str, list[Leaf]] = defaultdict(list)
        self._stems: dict[str, list[Leaf]] = defaultdict(list)
        self._phrases: dict[str, list[tuple[tuple[str, ...], Leaf]]] = defaultdict(list)
        self._known: dict[str, tuple[Leaf, ...]] = {}
        for leaf in set(leaves):
            for word in leaf.words:
                self._words[word].append(leaf)
            for stem in leaf.stems:
                self._stems[stem].append(leaf)
            for phrase in leaf.phrases:
                self._phrases[phrase[0]].append((phrase, leaf))
        self._shortest = min((len(stem) for stem in self._stems), default=0)

    def __contains__(self, word: object) -> bool:
        """Whether any pattern or class knows the word."""
        return isinstance(word, str) and (bool(self._single(word)) or word in self._phrases)

    def hits(self, tokens: Sequence[Token]) -> dict[Leaf, dict[int, list[int]]]:
        """For each leaf, where it begins and after which tokens it ends there."""
        found: dict[Leaf, dict[int, list[int]]] = defaultdict(dict)
        for at, token in enumerate(tokens):
            for leaf in self._single(token.word):
                found[leaf].setdefault(at, []).append(at + 1)
            for phrase, leaf in self._phrases.get(token.word, ()):
                if _stands_at(phrase, tokens, at):
                    found[leaf].setdefault(at, []).append(at + len(phrase))
        return found

    def _single(self, word: str) -> tuple[Leaf, ...]:
        known = self._known.get(word)
        if known is None:
            leaves = dict.fromkeys(self._words.get(word, ()))
            for length in range(self._shortest, len(word) + 1) if self._shortest else ():
                leaves.update(dict.fromkeys(self._stems.get(word[:length], ())))
            known = tuple(leaves)
            if len(self._known) < 20_000:
                self._known[word] = known
        return known


def _stands_at(phrase: tuple[str, ...], tokens: Sequence[Token], at: int) -> bool:
    if at + len(phrase) > len(tokens):
        return False
    for n in range(1, len(phrase)):
        token = tokens[at + n]
        if token.word != phrase[n] or token.breaks == HARD_BREAK:
            return False
    return True
