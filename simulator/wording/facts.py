"""The facts of this complaint: content words of the customer's line and of the case, as stems."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from simulator.wording.context import ReplyContext
from simulator.wording.phrasebook import Phrasebook
from simulator.wording.tokens import tokenise

STEM_LETTERS = 5
SHORTEST_FACT = 3


def stem(word: str) -> str:
    """A language-neutral stem: the first letters, without a final s where the word is shorter."""
    if len(word) > STEM_LETTERS:
        return word[:STEM_LETTERS]
    return word.rstrip("s") if len(word) > SHORTEST_FACT else word


@lru_cache(maxsize=64)
def stems_of(texts: tuple[str, ...], book: Phrasebook) -> frozenset[str]:
    """Stems of the content words in `texts`."""
    words = (token.word for text in texts for token in tokenise(text, book.spelling))
    return frozenset(stem(word) for word in words if _says_something(word, book))


def fact_stems(context: ReplyContext, book: Phrasebook) -> frozenset[str]:
    """Stems of all that the customer's line, the facts of the case and the demand say."""
    return stems_of((context.line, *context.facts, context.demand), book)


def fact_positions(words: Iterable[str], stems: frozenset[str], book: Phrasebook) -> list[int]:
    """Which of the words say a fact of this complaint."""
    return [at for at, word in enumerate(words) if _says_something(word, book) and stem(word) in stems]


def _says_something(word: str, book: Phrasebook) -> bool:
    return word not in book.stop_words and (len(word) >= SHORTEST_FACT or word.isdigit())
