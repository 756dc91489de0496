"""What the learned part sees of a reply: hashed words, letters and word-class sequences, each with its place.

The features of a segment are those that lie inside it, so one pass over a reply serves all its segments.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.wording.matching import Words
from simulator.wording.phrasebook import WORD_TECHNIQUES, Phrasebook
from simulator.wording.rules import Match

BUCKETS = 1 << 15
RESERVED = 128
LETTERS = 4
SHORTEST_SPELT = 4
MOST_FACTS = 5
LENGTH_STEPS = (2, 4, 6, 9, 13, 18, 25)
EDGE_VALUE, RULE_VALUE, COUNT_VALUE = 0.35, 1.0, 0.35

_SEED, _STEP = np.uint64(0x9E3779B97F4A7C15), np.uint64(0x100000001B3)
Ints = NDArray[np.int64]


def _hash(text: str) -> int:
    return zlib.crc32(text.encode("utf-8"))


def _bucket(kind: int, *hashes: NDArray[np.uint64]) -> Ints:
    """Buckets of features of one kind from the hashes of their parts, element by element."""
    with np.errstate(over="ignore"):
        mixed = np.full(hashes[0].shape, np.uint64(kind) * _SEED, dtype=np.uint64)
        for part in hashes:
            mixed = (mixed ^ part) * _STEP
            mixed ^= mixed >> np.uint64(29)
    return (RESERVED + mixed % np.uint64(BUCKETS - RESERVED)).astype(np.int64)


@dataclass(frozen=True, slots=True)
class ReplyFeatures:
    """Features of a whole reply: `bucket`, and the tokens [`first`, `end`) each covers; all shape (n,).

    `word_hash` and `tag_hash` (one per token) make the features of a segment's edges; `fact` marks facts.
    """

    bucket: Ints
    first: Ints
    end: Ints
    word_hash: NDArray[np.uint64]
    tag_hash: NDArray[np.uint64]
    fact: NDArray[np.bool_]
    matches: Sequence[Match]


class Featuriser:
    """Keeps what is the same in every reply: hashes of words and of their letters."""

    def __init__(self, book: Phrasebook) -> None:
        self._book = book
        self._class_hash = {name: _hash(f"<{name}>") for name in book.classes}
        self._words: dict[str, tuple[int, Ints]] = {}
        self._number, self._fact, self._other = _hash("<#>"), _hash("<fact>"), _hash("<>")

    def reply(self, words: Words, facts: Iterable[int], matches: Sequence[Match]) -> ReplyFeatures:
        """The features of one reply; `facts` are the tokens that say a fact of the complaint."""
        count = len(words)
        fact = np.zeros(count, dtype=np.bool_)
        fact[list(facts)] = True
        known = [self._word(token.word) for token in words.tokens]
        hashes = np.array([entry[0] for entry in known], dtype=np.uint64)
        tags, starts, ends, tag_at = self._tags(words, fact, hashes)
        parts = [*_grams(1, hashes, np.arange(count), np.arange(1, count + 1)), *_grams(20, tags, starts, ends)]
        parts += self._class_unigrams(words)
        letters = [entry[1] for entry in known]
        place = np.repeat(np.arange(count), [len(entry) for entry in letters])
        if len(place):
            parts.append((np.concatenate(letters), place, place + 1))
        return ReplyFeatures(
            np.concatenate([part[0] for part in parts]),
            np.concatenate([part[1] for part in parts]),
            np.concatenate([part[2] for part in parts]),
            hashes,
            tag_at,
            fact,
            matches,
        )

    def _word(self, word: str) -> tuple[int, Ints]:
        known = self._words.get(word)
        if known is None:
            framed = f"<{word}>"
            spelt = len(word) >= SHORTEST_SPELT and word not in self._book.stop_words
            grams = {framed[at : at + LETTERS] for at in range(len(framed) - LETTERS + 1)} if spelt else set()
            letters = np.array(sorted(_hash(gram) for gram in grams), dtype=np.uint64)
            known = (_hash(word), _bucket(90, letters) if len(letters) else np.empty(0, dtype=np.int64))
            if len(self._words) < 20_000:
                self._words[word] = known
        return known

    def _tags(
        self, words: Words, fact: NDArray[np.bool_], hashes: NDArray[np.uint64]
    ) -> tuple[NDArray[np.uint64], Ints, Ints, NDArray[np.uint64]]:
        """The reply as a sequence of word classes: function words stand for themselves, light words are left out."""
        best: dict[int, tuple[int, int]] = {}
        for name, leaf in self._book.classes.items():
            for at, ends in words.hits.get(leaf, {}).items():
                if at not in best or max(ends) > best[at][1]:
                    best[at] = (self._class_hash[name], max(ends))
        tags: list[int] = []
        starts: list[int] = []
        ends_: list[int] = []
        tag_at = np.zeros(len(words), dtype=np.uint64)
        at = 0
        while at < len(words):
            tag, end = best.get(at) or (self._plain_tag(words, at, fact, hashes), at + 1)
            tag_at[at:end] = tag
            if at in best or not words.light[at]:
                tags.append(tag)
                starts.append(at)
                ends_.append(end)
            at = end
        return (
            np.array(tags, dtype=np.uint64),
            np.array(starts, dtype=np.int64),
            np.array(ends_, dtype=np.int64),
            tag_at,
        )

    def _plain_tag(self, words: Words, at: int, fact: NDArray[np.bool_], hashes: NDArray[np.uint64]) -> int:
        word = words.tokens[at].word
        if word[0].isdigit():
            return self._number
        if word in self._book.stop_words or words.light[at]:
            return int(hashes[at])
        return self._fact if fact[at] else self._other

    def _class_unigrams(self, words: Words) -> list[tuple[Ints, Ints, Ints]]:
        """Every class at every place, also those that the tag sequence passed over."""
        entries = [
            (self._class_hash[name], at, max(ends))
            for name, leaf in self._book.classes.items()
            for at, ends in words.hits.get(leaf, {}).items()
        ]
        if not entries:
            return []
        array = np.array(entries, dtype=np.int64)
        return [(_bucket(40, array[:, 0].astype(np.uint64)), array[:, 1], array[:, 2])]


def _grams(kind: int, hashes: NDArray[np.uint64], first: Ints, end: Ints) -> list[tuple[Ints, Ints, Ints]]:
    """Runs of one to three (four of classes), and pairs with one or two left out between."""
    parts = [(_bucket(kind, hashes), first, end)]
    shapes: list[tuple[int, ...]] = [(0, 1), (0, 1, 2), (0, 2), (0, 3)]
    if kind >= 20:
        shapes += [(0, 1, 2, 3), (0, 1, 3), (0, 2, 3)]
    for number, shape in enumerate(shapes, 1):
        reach = shape[-1]
        if len(hashes) > reach:
            columns = [hashes[offset : len(hashes) - reach + offset] for offset in shape]
            parts.append((_bucket(kind + number, *columns), first[: len(hashes) - reach], end[reach:]))
    return parts


def segment_features(reply: ReplyFeatures, start: int, end: int) -> tuple[Ints, NDArray[np.float32]]:
    """Buckets and values of the features of tokens [start, end): repeated ones counted once, scaled to unit length,
    then the edges, the number of facts, the length and the patterns that matched inside."""
    inside = (reply.first >= start) & (reply.end <= end)
    buckets = np.unique(reply.bucket[inside])
    values = np.full(len(buckets), 1.0 / max(1.0, np.sqrt(len(buckets))), dtype=np.float32)
    extra, extra_values = _whole_segment(reply, start, end)
    return np.concatenate([buckets, extra]), np.concatenate([values, extra_values])


def _whole_segment(reply: ReplyFeatures, start: int, end: int) -> tuple[Ints, NDArray[np.float32]]:
    second, last = min(start + 1, end - 1), end - 1
    words, tags = reply.word_hash, reply.tag_hash
    edges = np.array([words[start], words[last], tags[start], tags[last]], dtype=np.uint64)
    kinds = np.array([60, 61, 62, 63], dtype=np.uint64)
    pair = _bucket(64, words[start : start + 1], words[second : second + 1])
    tag_pair = _bucket(65, tags[start : start + 1], tags[second : second + 1])
    fact_count = min(MOST_FACTS, int(reply.fact[start:end].sum()))
    length = sum(end - start > step for step in LENGTH_STEPS)
    counts = [len(WORD_TECHNIQUES) + fact_count, len(WORD_TECHNIQUES) + MOST_FACTS + 1 + length]
    rules = sorted({WORD_TECHNIQUES.index(m.technique) for m in reply.matches if m.start >= start and m.end <= end})
    buckets = np.concatenate([_bucket(66, edges, kinds), pair, tag_pair, np.array(counts + rules, dtype=np.int64)])
    values = np.array([EDGE_VALUE] * 6 + [COUNT_VALUE] * 2 + [RULE_VALUE] * len(rules), dtype=np.float32)
    return buckets, values
