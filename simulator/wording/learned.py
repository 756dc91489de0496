"""The learned part: for each word of a reply and each technique, how likely it is that the word carries it."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.domain.errors import BadInputError
from simulator.wording.encoder import Encoder, Floats
from simulator.wording.glossary import Glossary
from simulator.wording.rules import Match
from simulator.wording.tokens import Token
from simulator.wording.wordpieces import Wordpieces

ENGLISH = "en"
LANGUAGES = (ENGLISH, "pl", "uk", "hu")
FLAGS = 12
STEMS, STEM_LETTERS = 4096, 6
MOST_PIECES_A_WORD, MOST_WORDS, WINDOW_STEP = 8, 80, 60
MOST_WORDS_KEPT = 5_000

Arrays = Mapping[str, NDArray[np.generic]]


@dataclass(frozen=True, slots=True)
class Learned:
    """What was learnt: one network for all languages (packaging/train_wording.py), and the language in English words.

    Of English itself the `glossary` is empty.
    """

    arrays: Arrays
    glossary: Mapping[str, str]


class LearnedWording:
    """A small transformer that reads a reply word by word, in English.

    A word comes to it as the sum of what is known: the pieces of its meaning, the break before it, whether it is a
    number or a fact, its beginning, the patterns that matched over it, the language.
    Arrays besides the encoder's: `vocabulary` (pieces), `techniques` (k,), `flags` (FLAGS, width), `stems`
    (STEMS, width) as int8 with `stems.scale`, `languages`, `rules` (k, width), `out` (width, k), `out.bias` (k,),
    `thresholds.<language>` (k,), and `patterns.<language>` (p,), the fingerprints of the patterns it was trained
    beside: one that was added or changed since counts by itself.
    """

    def __init__(self, learned: Learned, language: str) -> None:
        arrays = learned.arrays
        try:
            self.techniques: tuple[str, ...] = tuple(str(name) for name in arrays["techniques"])
            self._encoder = Encoder(arrays, MOST_WORDS)
            self._pieces = Wordpieces(bytes(arrays["vocabulary"].astype(np.uint8)).decode("utf-8").split("\n"))
            self._flags, self._rules = arrays["flags"].astype(np.float32), arrays["rules"].astype(np.float32)
            self._stems, self._stem_scales = arrays["stems"].astype(np.int8), arrays["stems.scale"].astype(np.float32)
            self._language = arrays["languages"].astype(np.float32)[LANGUAGES.index(language)]
            self._out, self._bias = arrays["out"].astype(np.float32), arrays["out.bias"].astype(np.float32)
            self._thresholds = arrays[f"thresholds.{language}"].astype(np.float32)
            self._patterns = frozenset(int(number) for number in arrays[f"patterns.{language}"].astype(np.int64))
        except KeyError as error:
            raise BadInputError(f"The learnt weights lack {error}.", "Train them anew.") from None
        if self._out.shape != (self._encoder.width, len(self.techniques)) or len(self._flags) != FLAGS:
            raise BadInputError("The learnt weights are of another version.", "Train them anew.")
        self._code = language
        self._glossary = Glossary(learned.glossary) if learned.glossary else None
        self._known: dict[str, Floats] = {}

    def knows(self, pattern: int) -> bool:
        return pattern in self._patterns

    def scores(self, tokens: Sequence[Token], facts: Iterable[int], matches: Sequence[Match]) -> Floats:
        """Log-odds above the technique's threshold, shape (tokens, techniques): positive means heard.

        `facts` are the tokens that say a fact of the complaint, `matches` what the patterns found. A long reply is
        read in overlapping windows.
        """
        said = set(facts)
        vectors = self._vectors_of([token.word for token in tokens])
        vectors += self._flags[[flags_of(token.word, token.breaks, at in said) for at, token in enumerate(tokens)]]
        for match in matches:
            if match.technique in self.techniques:
                vectors[match.start : match.end] += self._rules[self.techniques.index(match.technique)]
        scores = np.full((len(tokens), len(self.techniques)), -np.inf, dtype=np.float32)
        for start in range(0, max(1, len(tokens) - (MOST_WORDS - WINDOW_STEP)), WINDOW_STEP):
            window = slice(start, start + MOST_WORDS)
            heard = self._encoder.run(vectors[window]) @ self._out + self._bias
            scores[window] = np.maximum(scores[window], heard)
        return np.asarray(scores - self._thresholds, dtype=np.float32)

    def _vectors_of(self, words: Sequence[str]) -> Floats:
        """What is known of each word by itself, shape (words, width)."""
        new = [word for word in dict.fromkeys(words) if word not in self._known]
        if new:
            if len(self._known) + len(new) > MOST_WORDS_KEPT:
                self._known.clear()
                new = list(dict.fromkeys(words))
            pieces = [pieces_of(word, self._pieces, self._glossary) for word in new]
            stems = [stem_of(word, self._code) for word in new]
            vectors = self._encoder.word_vectors(pieces) + self._stems[stems] * self._stem_scales[stems, None]
            self._known.update(zip(new, vectors + self._language, strict=True))
        return np.array([self._known[word] for word in words])


def flags_of(word: str, breaks: int, fact: bool) -> int:
    """What is known of a word besides its meaning: the break before it, whether it is a number and a fact."""
    return breaks + 3 * fact + 6 * word[0].isdigit()


def stem_of(word: str, language: str) -> int:
    """The number of a word's beginning, which tells apart what one English word may stand for; 0 for English itself."""
    if language == ENGLISH:
        return 0
    return 1 + zlib.crc32(f"{language}:{word[:STEM_LETTERS]}".encode()) % (STEMS - 1)


def pieces_of(word: str, pieces: Wordpieces, glossary: Glossary | None) -> tuple[int, ...]:
    """The pieces of a word, or of what it means in English; never none."""
    meaning = word if glossary is None or word[0].isdigit() else glossary.meaning(word)
    if meaning is None:
        return (pieces.unknown,)
    return pieces.numbers(meaning)[:MOST_PIECES_A_WORD] or (pieces.nothing,)
