"""A small transformer encoder in numpy (Vaswani et al. 2017; distances after Raffel et al. 2020), a reply at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
HEAD_SIZE = 32
FARTHEST = 20
EPSILON = 1e-12


class Encoder:
    """Vectors of words in, vectors that know their neighbours out.

    Arrays: matrices as int8 with one scale a column (`<name>` and `<name>.scale`), biases and norms as float32.
    `pieces` (vocabulary, width) with one scale a row, `gains` (most pieces a word, width), `embedding_norm`
    (2, width), and for each layer n `n.qkv` (width, 3 width), `n.attended` (width, width), `n.norm1` (2, width),
    `n.wide` (width, inner), `n.narrow` (inner, width), `n.norm2` (2, width), each matrix with its `.bias`, and
    `n.far` (heads, 2 FARTHEST + 1), how much each head looks at words so far before and after. `longest` is how many
    words are read at once.
    """

    def __init__(self, arrays: Mapping[str, NDArray[np.generic]], longest: int) -> None:
        self._pieces = arrays["pieces"]
        self._piece_scales = arrays["pieces.scale"].astype(np.float32)
        self._gains = arrays["gains"].astype(np.float32)
        self._norm = arrays["embedding_norm"].astype(np.float32)
        self.longest, self.width = longest, self._gains.shape[1]
        count = sum(name.endswith(".qkv") for name in arrays)
        self._layers = [_Layer(arrays, number, longest) for number in range(count)]

    def word_vectors(self, words: Sequence[Sequence[int]]) -> Floats:
        """The mean of each word's pieces, each weighed by its place in the word: shape (words, width)."""
        numbers = np.array([number for pieces in words for number in pieces])
        places = np.array([place for pieces in words for place in range(len(pieces))])
        counts = np.array([len(pieces) for pieces in words])
        vectors = self._pieces[numbers] * self._piece_scales[numbers, None] * self._gains[places]
        summed = np.add.reduceat(vectors, np.cumsum(counts) - counts, axis=0)
        return np.asarray(summed / counts[:, None], dtype=np.float32)

    def run(self, vectors: Floats) -> Floats:
        """Shape (n, width) in and out; n is at most `longest`."""
        hidden = _normed(vectors, self._norm)
        for layer in self._layers:
            hidden = layer.run(hidden)
        return hidden


class _Layer:
    def __init__(self, arrays: Mapping[str, NDArray[np.generic]], number: int, longest: int) -> None:
        def matrix(name: str) -> tuple[Floats, Floats]:
            whole = f"{number}.{name}"
            scaled = arrays[whole] * arrays[f"{whole}.scale"].astype(np.float32)
            return np.ascontiguousarray(scaled, dtype=np.float32), arrays[f"{whole}.bias"].astype(np.float32)

        self._qkv, self._attended = matrix("qkv"), matrix("attended")
        for part in self._qkv:
            part[..., : len(self._qkv[0])] *= np.float32(HEAD_SIZE**-0.5)
        self._wide, self._narrow = matrix("wide"), matrix("narrow")
        self._norm1 = arrays[f"{number}.norm1"].astype(np.float32)
        self._norm2 = arrays[f"{number}.norm2"].astype(np.float32)
        at = np.arange(longest)
        distances = np.clip(at[None, :] - at[:, None], -FARTHEST, FARTHEST) + FARTHEST
        self._far = arrays[f"{number}.far"].astype(np.float32)[:, distances]

    def run(self, hidden: Floats) -> Floats:
        hidden = _normed(hidden + _linear(self._attention(hidden), self._attended), self._norm1)
        inner = _linear(hidden, self._wide)
        return _normed(hidden + _linear(np.maximum(inner, 0, out=inner), self._narrow), self._norm2)

    def _attention(self, hidden: Floats) -> Floats:
        count, width = hidden.shape
        heads = _linear(hidden, self._qkv).reshape(count, 3, width // HEAD_SIZE, HEAD_SIZE).transpose(1, 2, 0, 3)
        query, key, value = heads
        weights = query @ key.transpose(0, 2, 1)
        weights += self._far[:, :count, :count]
        weights -= weights.max(axis=-1, keepdims=True)
        np.exp(weights, out=weights)
        mixed = weights @ value
        mixed /= weights.sum(axis=-1, keepdims=True)
        return np.asarray(mixed.transpose(1, 0, 2).reshape(count, width))


def _linear(inputs: Floats, matrix: tuple[Floats, Floats]) -> Floats:
    weights, bias = matrix
    outputs = inputs @ weights
    outputs += bias
    return np.asarray(outputs)


def _normed(vectors: Floats, norm: Floats) -> Floats:
    width = np.float32(vectors.shape[1])
    centred = vectors - np.add.reduce(vectors, axis=1, keepdims=True) / width
    variance = np.einsum("ij,ij->i", centred, centred)[:, None] / width
    centred /= np.sqrt(variance + np.float32(EPSILON))
    centred *= norm[0]
    centred += norm[1]
    return np.asarray(centred)
