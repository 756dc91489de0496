"""PocketSphinx's binary n-gram files ("Trie Language Model"), read and written as arrays.

The library's Python side can look a probability up, but neither lists the n-grams nor writes trigrams (NGramModel.write
crashes on them). Layout, little-endian: the magic, the order (1 byte), the counts (4 bytes each), a quantiser kind
(4 bytes, 1 is 16 bits), its tables of 65,536 float32 (bigram probability, bigram back-off, trigram probability), the
unigrams (float32 probability and back-off, uint32 first bigram) and one more that ends the last, the bigrams and the
trigrams packed bit by bit, the length of the words (4 bytes) and the words, each ended by a zero byte. Bigrams hang
under the word they predict and trigrams under such a bigram: the path is word, word before, word before that, each
level sorted by word number. Logarithms are to the base 1.0001.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

_MAGIC = b"Trie Language Model"
_BINS = 1 << 16
_LOG_BASE = float(np.log(1.0001))
_UNIGRAM = np.dtype([("prob", "<f4"), ("backoff", "<f4"), ("first", "<u4")])
_SPARE_BYTES = 8
_PACKED_AT_ONCE = 1 << 13


@dataclass(frozen=True)
class Trigrams:
    """A trigram model: natural logarithms, word numbers index `words`.

    `two_*` are the bigrams, sorted by (word, before); `three_*` the trigrams, sorted by (bigram, before2), where
    `three_two` is the number of the bigram (word, before) that each hangs under.
    """

    words: tuple[str, ...]
    one_prob: Floats
    one_backoff: Floats
    two_word: Ints
    two_before: Ints
    two_prob: Floats
    two_backoff: Floats
    three_two: Ints
    three_before2: Ints
    three_prob: Floats


def read_trigrams(path: Path) -> Trigrams:
    """Raises ValueError where the file is no trigram trie quantised to 16 bits, OSError where it cannot be read."""
    raw = path.read_bytes()
    if raw[: len(_MAGIC) + 1] != _MAGIC + b"\x03":
        raise ValueError("not a trigram trie")
    at = len(_MAGIC) + 1
    ones, twos, threes = struct.unpack_from("<3I", raw, at)
    (kind,) = struct.unpack_from("<i", raw, at + 12)
    if kind != 1:
        raise ValueError("not quantised to 16 bits")
    at += 16
    tables = np.frombuffer(raw, "<f4", 3 * _BINS, at).astype(np.float64).reshape(3, _BINS) * _LOG_BASE
    at += 12 * _BINS
    unigrams = np.frombuffer(raw, _UNIGRAM, ones + 1, at)
    at += unigrams.nbytes
    word_bits, next_bits = ones.bit_length(), threes.bit_length()
    stride = word_bits + 32 + next_bits
    packed = np.frombuffer(raw, np.uint8, -1, at)
    first_two = unigrams["first"].astype(np.int64)
    # The header counts duplicates that the file does not hold.
    held = int(first_two[-1])
    two_before = _field(packed, held, stride, 0, word_bits)
    bins = _field(packed, held, stride, word_bits, 32)
    first_three = _field(packed, held + 1, stride, word_bits + 32, next_bits)
    at += _packed_bytes(twos, stride)
    packed = packed[_packed_bytes(twos, stride) :]
    held3 = int(first_three[-1])
    three_before2 = _field(packed, held3, word_bits + 16, 0, word_bits)
    bins3 = _field(packed, held3, word_bits + 16, word_bits, 16)
    at += _packed_bytes(threes, word_bits + 16)
    words = raw[at + 4 :].split(b"\0")[:ones]
    return Trigrams(
        words=tuple(word.decode("utf-8") for word in words),
        one_prob=unigrams["prob"][:-1].astype(np.float64) * _LOG_BASE,
        one_backoff=unigrams["backoff"][:-1].astype(np.float64) * _LOG_BASE,
        two_word=np.repeat(np.arange(ones), np.diff(first_two)),
        two_before=two_before,
        two_prob=tables[0][bins >> 16],
        two_backoff=tables[1][bins & 0xFFFF],
        three_two=np.repeat(np.arange(held), np.diff(first_three)),
        three_before2=three_before2,
        three_prob=tables[2][bins3],
    )


def write_trigrams(model: Trigrams, path: Path) -> None:
    """The opposite; probabilities are rounded to 65,536 steps between the lowest and the highest."""
    ones, twos, threes = len(model.words), len(model.two_word), len(model.three_two)
    word_bits, next_bits = ones.bit_length(), threes.bit_length()
    tables, bins = zip(*(_quantised(x) for x in (model.two_prob, model.two_backoff, model.three_prob)), strict=True)
    unigrams = np.zeros(ones + 1, _UNIGRAM)
    unigrams["prob"][:-1] = model.one_prob / _LOG_BASE
    unigrams["backoff"][:-1] = model.one_backoff / _LOG_BASE
    unigrams["first"] = np.searchsorted(model.two_word, np.arange(ones + 1))
    first_three = np.searchsorted(model.three_two, np.arange(twos + 1))
    ended = np.append(model.two_before, 0)
    middle = _pack([(ended, word_bits), (np.append((bins[0] << 16) | bins[1], 0), 32), (first_three, next_bits)])
    longest = _pack([(model.three_before2, word_bits), (bins[2], 16)])
    words = b"".join(word.encode("utf-8") + b"\0" for word in model.words)
    with path.open("wb") as out:
        out.write(_MAGIC + struct.pack("<B3Ii", 3, ones, twos, threes, 1))
        for table in tables:
            out.write((table / _LOG_BASE).astype("<f4").tobytes())
        out.write(unigrams.tobytes())
        out.write(middle.ljust(_packed_bytes(twos, word_bits + 32 + next_bits), b"\0"))
        out.write(longest.ljust(_packed_bytes(threes, word_bits + 16), b"\0"))
        out.write(struct.pack("<I", len(words)) + words)


def _packed_bytes(entries: int, stride: int) -> int:
    return ((1 + entries) * stride + 7) // 8 + _SPARE_BYTES


def _field(packed: NDArray[np.uint8], entries: int, stride: int, offset: int, bits: int) -> Ints:
    place = np.arange(entries, dtype=np.uint64) * np.uint64(stride) + np.uint64(offset)
    # The eight bytes from each place on as one number: unaligned, so by strides over the bytes.
    windows = np.lib.stride_tricks.as_strided(packed.view("<u1"), (len(packed) - 7, 8), (1, 1), writeable=False)
    value = windows[(place >> np.uint64(3)).astype(np.int64)].view("<u8")[:, 0]
    return np.asarray((value >> (place & np.uint64(7))) & np.uint64((1 << bits) - 1), dtype=np.int64)


def _pack(fields: list[tuple[Ints, int]]) -> bytes:
    packed = []
    # A multiple of 8 entries ends on a whole byte; a few at a time, since each bit is a byte on the way.
    for start in range(0, len(fields[0][0]), _PACKED_AT_ONCE):
        bits = [
            ((values[start : start + _PACKED_AT_ONCE, None] >> np.arange(width)) & 1).astype(np.uint8)
            for values, width in fields
        ]
        packed.append(np.packbits(np.concatenate(bits, axis=1).ravel(), bitorder="little").tobytes())
    return b"".join(packed)


def _quantised(values: Floats) -> tuple[Floats, Ints]:
    table = np.linspace(values.min(initial=0.0), values.max(initial=0.0), _BINS)
    step = (table[-1] - table[0]) / (_BINS - 1) or 1.0
    return table, np.clip(np.rint((values - table[0]) / step), 0, _BINS - 1).astype(np.int64)
