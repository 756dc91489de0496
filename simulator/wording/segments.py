"""The stretches of a reply that are judged: clauses and runs of clauses within a sentence."""

from __future__ import annotations

from simulator.wording.matching import Words
from simulator.wording.tokens import HARD_BREAK

LONGEST_SEGMENT = 26
MOST_CLAUSES = 4
WINDOW, WINDOW_STEP = 10, 4


def segments(words: Words) -> list[tuple[int, int]]:
    """Tokens [start, end): each clause alone (a long one in windows, too), up to four together, whole sentences."""
    count = len(words)
    if not count:
        return []
    edges = [at for at in range(count) if at == 0 or words.clause_ends_before(at)] + [count]
    found: dict[tuple[int, int], None] = {}
    for first in range(len(edges) - 1):
        for last in range(first + 1, len(edges)):
            start, end = edges[first], edges[last]
            if last - first > 1 and words.tokens[edges[last - 1]].breaks == HARD_BREAK:
                break
            if last - first > MOST_CLAUSES and not _whole_sentence(words, start, end):
                continue
            if end - start > LONGEST_SEGMENT and last - first > 1:
                break
            found[start, end] = None
            if last - first == 1:
                found.update(dict.fromkeys(_windows(start, end)))
    return list(found)


def _windows(start: int, end: int) -> list[tuple[int, int]]:
    """Windows over a long stretch in which no boundary was seen: without punctuation it may be two sentences."""
    if end - start <= WINDOW + 2:
        return []
    return [(at, at + WINDOW) for at in (*range(start, end - WINDOW + 1, WINDOW_STEP), end - WINDOW)]


def _whole_sentence(words: Words, start: int, end: int) -> bool:
    return (start == 0 or words.tokens[start].breaks == HARD_BREAK) and words.sentence_ends_before(end)
