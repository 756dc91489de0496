"""A reply as normalised words that remember where they stood in the text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

NO_BREAK, SOFT_BREAK, HARD_BREAK = 0, 1, 2
MOST_REMEMBERED = 20_000

_WORD = re.compile(r"[^\W_]+(?:['’ʼ`´][^\W_]+)*")
_APOSTROPHES = re.compile("[’ʼ`´]")
_HARD = re.compile(r"[.?!;:…\n]|\s[-–—]+\s")
_SOFT = re.compile(r"[,()\"„”«»–—]")
_DECIMAL = re.compile(r"(?<=\d)[.,:](?=\d)")


@dataclass(frozen=True, slots=True)
class Token:
    """A word in lower case, NFC, with contractions spelt out.

    [start, end) are character offsets into the text; the words of one contraction share them. `breaks` is
    the strength of the boundary before the word: none, a comma or the end of a sentence. `capital`: it was
    written with a capital letter, as names are where somebody typed the text.
    """

    word: str
    start: int
    end: int
    breaks: int = NO_BREAK
    capital: bool = False


@dataclass(frozen=True, slots=True)
class Spelling:
    """How a language's written words become the words that patterns name.

    `contractions` are whole words ("won't" -> "will not"), `endings` what is split off the end of any other
    word ("'ll" -> "will"); an ending that becomes nothing is cut off.
    """

    contractions: Mapping[str, tuple[str, ...]]
    endings: tuple[tuple[str, tuple[str, ...]], ...] = ()
    _remembered: dict[str, tuple[str, ...]] = field(default_factory=dict, repr=False, compare=False)

    def words(self, written: str) -> tuple[str, ...]:
        """The words that stand for a word as somebody wrote it."""
        words = self._remembered.get(written)
        if words is None:
            words = self.spelt_out(normalised(written))
            if len(self._remembered) < MOST_REMEMBERED:
                self._remembered[written] = words
        return words

    def spelt_out(self, word: str) -> tuple[str, ...]:
        whole = self.contractions.get(word)
        if whole is not None:
            return whole
        for ending, words in self.endings:
            if word.endswith(ending) and len(word) > len(ending):
                return (word[: -len(ending)], *words)
        return (word,)


def normalised(word: str) -> str:
    """Lower case, composed characters, one kind of apostrophe."""
    return _APOSTROPHES.sub("'", unicodedata.normalize("NFC", word).lower())


def tokenise(text: str, spelling: Spelling) -> list[Token]:
    """The words of `text` in order. Punctuation lives on only as the break before the next word."""
    tokens: list[Token] = []
    last_end = 0
    for found in _WORD.finditer(text):
        written, (start, end) = found.group(), found.span()
        breaks = _break_in(text[last_end:start], text, last_end) if tokens else HARD_BREAK
        last_end, capital = end, written[0].isupper()
        for word in spelling.words(written):
            tokens.append(Token(word, start, end, breaks, capital))
            breaks = NO_BREAK
    return tokens


def _break_in(gap: str, text: str, at: int) -> int:
    if gap == " ":
        return NO_BREAK
    if _HARD.search(gap):
        if gap == "." and _DECIMAL.search(text, max(0, at - 1), at + 2):
            return NO_BREAK
        return SOFT_BREAK if _after_abbreviation(text, at) and gap.strip() == "." else HARD_BREAK
    return SOFT_BREAK if _SOFT.search(gap) else NO_BREAK


def _after_abbreviation(text: str, at: int) -> bool:
    """A dot after a short capitalised word ("Mr. Novak", "Dr.") ends no sentence."""
    start = at
    while start > 0 and text[start - 1].isalpha():
        start -= 1
    word = text[start:at]
    return (
        1 < len(word) <= 3 and word[0].isupper() and word.lower() in {"mr", "mrs", "ms", "dr", "st", "p", "sz", "ifj"}
    )
