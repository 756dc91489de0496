"""Where clauses begin in words without punctuation, and what a negation governs."""

from __future__ import annotations

from collections.abc import Sequence

from simulator.wording.lookup import LeafIndex
from simulator.wording.matching import Words
from simulator.wording.phrasebook import Phrasebook
from simulator.wording.positions import Positions, each
from simulator.wording.tokens import HARD_BREAK, NO_BREAK, SOFT_BREAK, Token

NEGATION_REACH = 5
UNLESS_REACH = 8


class Clauses:
    """Finds where clauses begin. Made once per phrasebook."""

    def __init__(self, book: Phrasebook) -> None:
        self._starts, self._glue, self._light = book.clause_starts, book.clause_glue, book.light
        self._index = LeafIndex([book.clause_starts])

    def light(self, tokens: Sequence[Token]) -> list[bool]:
        """Whether each token says nothing by itself, so that it may stand between any two words of a pattern."""
        return [token.word in self._light for token in tokens]

    def starts(self, tokens: Sequence[Token]) -> list[bool]:
        """Whether a clause begins at each token: at punctuation, or where a phrase that opens clauses ("i will",
        "could you") stands after a word that does not lead into it ("that", "because")."""
        found = [at == 0 or token.breaks >= SOFT_BREAK for at, token in enumerate(tokens)]
        for at in each(self._index.hits(tokens).starts(self._starts)):
            found[at] = found[at] or not self._is_led_into(tokens, at)
        return found

    def _is_led_into(self, tokens: Sequence[Token], at: int) -> bool:
        before = at - 1
        while before > 0 and tokens[before].word in self._light and tokens[before].breaks == NO_BREAK:
            before -= 1
        return tokens[at - 1].word in self._glue or tokens[before].word in self._glue


def is_negated(words: Words, start: int, negators: Positions) -> bool:
    """Whether one of the negators stands before `start` in the same clause and near enough to govern it."""
    if words.tokens[start].breaks >= SOFT_BREAK:
        return False
    for at in range(start - 1, max(start - NEGATION_REACH, 0) - 1, -1):
        if negators >> at & 1:
            return True
        if words.clause_edges >> at & 1:
            return False
    return False


def neighbourhood(words: Words, start: int, end: int) -> tuple[int, int]:
    """The tokens around [start, end) that can cancel a match: the same sentence, a few words each way."""
    first = start
    while first > 0 and start - first < UNLESS_REACH and words.tokens[first].breaks != HARD_BREAK:
        first -= 1
    last = end
    while last < len(words.tokens) and last - end < UNLESS_REACH and words.tokens[last].breaks != HARD_BREAK:
        last += 1
    return first, last
