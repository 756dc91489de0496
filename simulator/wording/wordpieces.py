"""Words as the pieces a language model was trained on (greedy longest match, as BERT's uncased WordPiece does).

Source: Wu et al., "Google's Neural Machine Translation System" (2016), section 4.1; the vocabulary is MiniLM's.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

LONGEST_WORD = 40
_PARTS = re.compile(r"\w+|[^\w\s]", re.UNICODE)


class Wordpieces:
    """Piece numbers of plain lower-case text. `vocabulary` lists the pieces; those inside a word begin with ##."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self._numbers = {piece: number for number, piece in enumerate(vocabulary)}
        self.nothing, self.unknown = self._numbers["[PAD]"], self._numbers["[UNK]"]
        self.start, self.end = self._numbers["[CLS]"], self._numbers["[SEP]"]

    def numbers(self, text: str) -> tuple[int, ...]:
        """The pieces of all words of `text`; a word that cannot be spelt with them is one unknown piece."""
        plain = "".join(c for c in unicodedata.normalize("NFD", text.lower()) if unicodedata.category(c) != "Mn")
        return tuple(number for part in _PARTS.findall(plain) for number in self._of_word(part))

    def _of_word(self, word: str) -> list[int]:
        if len(word) > LONGEST_WORD:
            return [self.unknown]
        found: list[int] = []
        start = 0
        while start < len(word):
            for end in range(len(word), start, -1):
                number = self._numbers.get(word[start:end] if not start else "##" + word[start:end])
                if number is not None:
                    break
            else:
                return [self.unknown]
            found.append(number)
            start = end
        return found
