"""How alike two words are, by their letters and by their sound: what a recogniser may have made of a word."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby

from rapidfuzz import process
from rapidfuzz.distance import Indel, Levenshtein

from simulator.wording.phrasebook import NameWords

# A word this long is still known with a letter lost or put in.
LETTER_MAY_GO = 5
# Words that sound roughly alike and share fewer letters than this are two words.
LEAST_ALIKE = 0.6
LEAST_ALIKE_ONE_OFF = 0.75
SHORTEST = 2
MOST_REMEMBERED = 20_000
# As spelt and as they sound words may be of different lengths; beyond this they cannot be alike.
LENGTHS_MAY_DIFFER = 0.12
_ARTICULATED = {
    "p": "pbпб",
    "t": "tdтд",
    "k": "kgqкгґх",
    "f": "fvwфв",
    "s": "szxcсзцшщжч",
    "n": "mnмн",
    "r": "lrłлр",
    "a": "aeiouyjаеиіоуюяєїыэё",
    "": "'ьъ",
}
"""Sounds that are taken for one another: made at the same place, voiced or not; nasals, liquids, vowels."""
_CLASS_OF = str.maketrans({letter: sound for sound, letters in _ARTICULATED.items() for letter in letters})


@lru_cache(maxsize=16_384)
def sound_of(word: str, names: NameWords) -> str:
    """A key of how a word sounds: the language's replacements, then no accents, and doubled letters once."""
    for old, new in names.sounds:
        word = word.replace(old, new)
    bare = word
    if not word.isascii():
        bare = "".join(letter for letter in unicodedata.normalize("NFD", word) if not unicodedata.combining(letter))
    return "".join(letter for letter, _ in groupby(bare))


@lru_cache(maxsize=16_384)
def outline_of(word: str, names: NameWords) -> str:
    """A coarser key: sounds that are easily taken for one another are one."""
    return "".join(letter for letter, _ in groupby(sound_of(word, names).translate(_CLASS_OF)))


def joined_outline(words: Iterable[str], names: NameWords) -> str:
    """Nearly the outline of the words said as one, from those of each."""
    return "".join(letter for letter, _ in groupby("".join(outline_of(word, names) for word in words)))


@lru_cache(maxsize=32_768)
def likeness(heard: str, name: str, names: NameWords) -> float:
    """0 to 1: how alike two names are as written, as they sound, or roughly as they sound."""
    if heard == name:
        return 1.0
    by_sound = Indel.normalized_similarity(sound_of(heard, names), sound_of(name, names))
    close = max(Indel.normalized_similarity(heard, name), by_sound * 0.99)
    outlines = Levenshtein.normalized_similarity(outline_of(heard, names), outline_of(name, names))
    return float(max(close, (close + outlines) / 2))


class Outlines:
    """Words by their outlines, to find the few that are worth a closer look."""

    def __init__(self, words: Iterable[str], names: NameWords) -> None:
        self._words: dict[str, list[str]] = {}
        for word in sorted(words):
            self._words.setdefault(outline_of(word, names), []).append(word)
        self._outlines = list(self._words)

    def same(self, outline: str) -> list[str]:
        return self._words.get(outline, [])

    def one_off(self, outline: str) -> Iterator[str]:
        """Words whose outline has one sound more, less or exchanged."""
        for other, distance, _ in process.extract(
            outline, self._outlines, scorer=Levenshtein.distance, score_cutoff=1, limit=None
        ):
            if distance == 1:
                yield from self._words[other]

    def alike(self, outline: str, least: float) -> Iterator[str]:
        """All words that can be `least` alike by `likeness`, and some that are not."""
        scorer = Levenshtein.normalized_similarity
        for other, _, _ in process.extract(
            outline, self._outlines, scorer=scorer, score_cutoff=max(0.0, 2 * least - 1), limit=None
        ):
            yield from self._words[other]


class Misheard:
    """Finds which of some words a recogniser may have meant. Only to be asked of what is no word itself."""

    def __init__(self, words: Iterable[str], names: NameWords, letter_may_go: int = LETTER_MAY_GO) -> None:
        self._names = names
        self._letter_may_go = letter_may_go
        self._words = Outlines(words, names)
        self._known: dict[str, tuple[str, ...]] = {}

    def meant(self, heard: str) -> str:
        """The word most likely meant, "" where it is none of them."""
        return next(iter(self.all_meant(heard)), "")

    def all_meant(self, heard: str) -> tuple[str, ...]:
        """All words that may have been meant, the most alike first."""
        known = self._known.get(heard)
        if known is None:
            known = tuple(word for _, word in sorted(self._candidates(heard), reverse=True))
            if len(self._known) < MOST_REMEMBERED:
                self._known[heard] = known
        return known

    def _candidates(self, heard: str) -> Iterator[tuple[float, str]]:
        """Words with how alike they are by their letters."""
        outline = outline_of(heard, self._names)
        for word in self._words.same(outline):
            score = Indel.normalized_similarity(heard, word)
            if score >= LEAST_ALIKE or (len(heard) <= SHORTEST and len(word) == len(heard)):
                yield score, word
        if len(heard) < self._letter_may_go - 1:
            return
        for word in self._words.one_off(outline):
            score = Indel.normalized_similarity(heard, word)
            if score >= LEAST_ALIKE_ONE_OFF and len(word) >= self._letter_may_go:
                yield score, word
