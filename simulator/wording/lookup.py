"""Finds, for every word of a reply, the leaves of all patterns that it matches: one look per word, not per pattern."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

from simulator.wording.matching import Hits, Leaf
from simulator.wording.tokens import HARD_BREAK, MOST_REMEMBERED, Token

Phrase = tuple[str, ...]


class LeafIndex:
    """Made once per phrasebook from all its leaves."""

    def __init__(self, leaves: Iterable[Leaf]) -> None:
        self._words: dict[str, list[Leaf]] = defaultdict(list)
        self._stems: dict[str, list[Leaf]] = defaultdict(list)
        # By the first word and the second: many phrases begin with "i" or "you".
        self._phrases: dict[str, dict[str, list[tuple[Phrase, Leaf]]]] = defaultdict(lambda: defaultdict(list))
        self._known: dict[str, tuple[Leaf, ...]] = {}
        for leaf in dict.fromkeys(leaves):
            for word in leaf.words:
                self._words[word].append(leaf)
            for stem in leaf.stems:
                self._stems[stem].append(leaf)
            for phrase in leaf.phrases:
                self._phrases[phrase[0]][phrase[1]].append((phrase, leaf))
        self._shortest = min((len(stem) for stem in self._stems), default=0)

    def __contains__(self, word: object) -> bool:
        """Whether any pattern or class knows the word."""
        return isinstance(word, str) and (bool(self._single(word)) or word in self._phrases)

    def hits(self, tokens: Sequence[Token]) -> Hits:
        found = Hits()
        words, here = found.words, 1
        for token in tokens:
            leaves = self._known.get(token.word)
            for leaf in self._single(token.word) if leaves is None else leaves:
                words[leaf] = words.get(leaf, 0) | here
            here <<= 1
        for at, (token, following) in enumerate(pairwise(tokens)):
            if token.word in self._phrases:
                for phrase, leaf in self._phrases[token.word].get(following.word, ()):
                    if _stands_at(phrase, tokens, at):
                        found.add_phrase(leaf, len(phrase), at)
        return found

    def _single(self, word: str) -> tuple[Leaf, ...]:
        known = self._known.get(word)
        if known is None:
            leaves = dict.fromkeys(self._words.get(word, ()))
            for length in range(self._shortest, len(word) + 1) if self._shortest else ():
                if stem := self._stems.get(word[:length]):
                    leaves.update(dict.fromkeys(stem))
            known = tuple(leaves)
            if len(self._known) < MOST_REMEMBERED:
                self._known[word] = known
        return known


def _stands_at(phrase: Phrase, tokens: Sequence[Token], at: int) -> bool:
    if at + len(phrase) > len(tokens):
        return False
    for n in range(1, len(phrase)):
        token = tokens[at + n]
        if token.word != phrase[n] or token.breaks == HARD_BREAK:
            return False
    return True
