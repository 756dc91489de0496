"""A language's words in plain English, so that one small model can read replies in every language."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from itertools import takewhile

SHORTEST_ALIKE, SHARE_ALIKE = 4, 0.6
NO_MEANING, NOT_KNOWN = "-", "?"


class Glossary:
    """Word form -> one to four English words, `-` where it adds nothing (a particle), `?` where nobody knows."""

    def __init__(self, entries: Mapping[str, str]) -> None:
        self._entries = entries
        self._words = sorted(entries)

    def meaning(self, word: str) -> str | None:
        """English for `word` ("" where it adds nothing). A form that is not listed means what the listed form with
        the longest common beginning means, if at least four letters and 60 % of it are shared; else None."""
        found = self._entries.get(word) or self._of_nearest(word)
        return "" if found == NO_MEANING else None if found == NOT_KNOWN else found

    def _of_nearest(self, word: str) -> str:
        at = bisect_left(self._words, word)
        longest, nearest = 0, ""
        for neighbour in self._words[max(0, at - 2) : at + 2]:
            shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(word, neighbour, strict=False)))
            if shared > longest:
                longest, nearest = shared, neighbour
        alike = longest >= max(SHORTEST_ALIKE, SHARE_ALIKE * len(word))
        return self._entries[nearest] if alike else NOT_KNOWN
