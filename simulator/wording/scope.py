"""Where clauses begin in words without punctuation, and what a negation governs."""

from __future__ import annotations

from collections.abc import Sequence

from simulator.wording.matching import Words
from simulator.wording.tokens import HARD_BREAK, SOFT_BREAK, Token

NEGATION_REACH = 5
UNLESS_REACH = 8


def clause_starts(
    tokens: Sequence[Token], starts: dict[int, list[int]], glue: frozenset[str], light: Sequence[bool]
) -> list[bool]:
    """Whether a clause begins at each token: at punctuation, or where a phrase that opens clauses ("i will",
    "could you") stands after a word that does not lead into it ("that", "because")."""
    found: list[bool] = []
    for at, token in enumerate(tokens):
        if at == 0 or token.breaks >= SOFT_BREAK:
            found.append(True)
            continue
        before = at - 1
        while before > 0 and light[before] and tokens[before].breaks == 0:
            before -= 1
        opens = at in starts and tokens[at - 1].word not in glue and tokens[before].word not in glue
        found.append(opens)
    return found


def is_negated(words: Words, start: int, negators: dict[int, list[int]], exempt: dict[int, list[int]]) -> bool:
    """Whether a negator stands before `start` in the same clause and near enough to govern it."""
    at = start
    while at > 0 and start - at < NEGATION_REACH:
        if words.clause_ends_before(at) and at != start:
            return False
        if at == start and words.tokens[at].breaks >= SOFT_BREAK:
            return False
        at -= 1
        if at in negators and not any(begin <= at < end for begin, ends in exempt.items() for end in ends):
            return True
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
