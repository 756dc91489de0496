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
MOST_WORDS_KEPT = 20_000

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

    Arrays besides the encoder's: `vocabulary` (pieces), `techniques` (k,), `flags` (FLAGS, width), `stems`
    (STEMS, width) as int8 with `stems.scale`, `languages`, `rules` (k, width), `out` (width, k), `out.bias` (k,),
    `thresholds.<language>` (k,), and `patterns.<language>` (p,), the fingerprints of the patterns it was trained
    beside: one that was added or changed since counts by itself.
    """

    def __init__(self, learned: Learned, language: str) -> None:
        arrays = learned.arrays
        try:
            self.techniques: tuple[str, ...] = tuple(str(name) for name in arrays["techniques"])
            self._encoder = Encoder(arrays)
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
        self._known: dict[str, tuple[int, ...]] = {}

    def knows(self, pattern: int) -> bool:
        return pattern in self._patterns

    def scores(self, tokens: Sequence[Token], facts: Iterable[int], matches: Sequence[Match]) -> Floats:
        """Log-odds above the technique's threshold, shape (tokens, techniques): positive means heard.

        `facts` are the tokens that say a fact of the complaint, `matches` what the patterns found. A long reply is
        read in overlapping windows.
        """
        said = set(facts)
        known = self._flags[[flags_of(token.word, token.breaks, at in said) for at, token in enumerate(tokens)]]
        stems = [stem_of(token.word, self._code) for token in tokens]
        known = known + self._stems[stems] * self._stem_scales[stems, None]
        for match in matches:
            if match.technique in self.techniques:
                known[match.start : match.end] += self._rules[self.techniques.index(match.technique)]
        scores = np.full((len(tokens), len(self.techniques)), -np.inf, dtype=np.float32)
        for start in range(0, max(1, len(tokens) - (MOST_WORDS - WINDOW_STEP)), WINDOW_STEP):
            end = min(len(tokens), start + MOST_WORDS)
            heard = self._window([token.word for token in tokens[start:end]], known[start:end])
            scores[start:end] = np.maximum(scores[start:end], heard)
        return np.asarray(scores - self._thresholds, dtype=np.float32)

    def _window(self, words: Sequence[str], known: Floats) -> Floats:
        pieces = [self._pieces_of(word) for word in words]
        counts = np.array([len(found) for found in pieces])
        room = self._encoder.longest - 2
        numbers = np.array([n for found in pieces for n in found][:room], dtype=np.int64)
        of_word = np.repeat(np.arange(len(words)), counts)[:room]
        framed = np.concatenate([[self._pieces.start], numbers, [self._pieces.end]])
        vectors = self._encoder.piece_vectors(framed) + self._language
        vectors[1:-1] += known[of_word]
        hidden = self._encoder.run(vectors)[1:-1]
        summed = np.zeros((len(words), hidden.shape[1]), dtype=np.float32)
        np.add.at(summed, of_word, hidden)
        return np.asarray(summed / counts[:, None] @ self._out + self._bias)

    def _pieces_of(self, word: str) -> tuple[int, ...]:
        found = self._known.get(word)
        if found is None:
            found = pieces_of(word, self._pieces, self._glossary)
            if len(self._known) < MOST_WORDS_KEPT:
                self._known[word] = found
        return found


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
