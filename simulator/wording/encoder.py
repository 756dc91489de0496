"""A small transformer encoder in numpy (BERT's architecture: Devlin et al. 2019), for one reply at a time."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
HEAD_SIZE = 32
EPSILON = 1e-12


class Encoder:
    """Vectors of pieces in, vectors that know their neighbours out.

    Arrays: matrices as int8 with one scale a column (`<name>` and `<name>.scale`), biases and norms as float32.
    `pieces` (vocabulary, width), `places` (longest, width), `embedding_norm` (2, width), and for each layer n
    `n.qkv` (width, 3 width), `n.attended` (width, width), `n.norm1` (2, width), `n.wide` (width, inner),
    `n.narrow` (inner, width), `n.norm2` (2, width), each matrix with its `.bias`.
    """

    def __init__(self, arrays: Mapping[str, NDArray[np.generic]]) -> None:
        self._pieces = arrays["pieces"]
        self._piece_scales = arrays["pieces.scale"].astype(np.float32)
        self._places = arrays["places"].astype(np.float32)
        self._norm = arrays["embedding_norm"].astype(np.float32)
        self.longest, self.width = self._places.shape
        count = sum(name.endswith(".qkv") for name in arrays)
        self._layers = [_Layer(arrays, number) for number in range(count)]

    def piece_vectors(self, numbers: NDArray[np.int64]) -> Floats:
        """Shape (n, width), before place and norm; `run` takes their sum with whatever else is known of a word."""
        return np.asarray(self._pieces[numbers].astype(np.float32) * self._piece_scales[numbers, None])

    def run(self, vectors: Floats) -> Floats:
        """Shape (n, width) in and out; n is at most `longest`."""
        hidden = _normed(vectors + self._places[: len(vectors)], self._norm)
        for layer in self._layers:
            hidden = layer.run(hidden)
        return hidden


class _Layer:
    def __init__(self, arrays: Mapping[str, NDArray[np.generic]], number: int) -> None:
        def matrix(name: str) -> tuple[Floats, Floats]:
            whole = f"{number}.{name}"
            scaled = arrays[whole].astype(np.float32) * arrays[f"{whole}.scale"].astype(np.float32)
            return np.ascontiguousarray(scaled, dtype=np.float32), arrays[f"{whole}.bias"].astype(np.float32)

        self._qkv, self._attended = matrix("qkv"), matrix("attended")
        self._wide, self._narrow = matrix("wide"), matrix("narrow")
        self._norm1 = arrays[f"{number}.norm1"].astype(np.float32)
        self._norm2 = arrays[f"{number}.norm2"].astype(np.float32)

    def run(self, hidden: Floats) -> Floats:
        hidden = _normed(hidden + _linear(self._attention(hidden), self._attended), self._norm1)
        return _normed(hidden + _linear(_gelu(_linear(hidden, self._wide)), self._narrow), self._norm2)

    def _attention(self, hidden: Floats) -> Floats:
        count, width = hidden.shape
        heads = _linear(hidden, self._qkv).reshape(count, 3, width // HEAD_SIZE, HEAD_SIZE).transpose(1, 2, 0, 3)
        query, key, value = heads
        weights = query @ key.transpose(0, 2, 1) * np.float32(HEAD_SIZE**-0.5)
        weights = np.exp(weights - weights.max(axis=-1, keepdims=True))
        weights /= weights.sum(axis=-1, keepdims=True)
        return np.asarray((weights @ value).transpose(1, 0, 2).reshape(count, width))


def _linear(inputs: Floats, matrix: tuple[Floats, Floats]) -> Floats:
    weights, bias = matrix
    return np.asarray(inputs @ weights + bias)


def _normed(vectors: Floats, norm: Floats) -> Floats:
    centred = vectors - vectors.mean(axis=-1, keepdims=True)
    spread = np.sqrt(np.square(centred).mean(axis=-1, keepdims=True) + np.float32(EPSILON))
    return np.asarray(centred / spread * norm[0] + norm[1])


def _gelu(x: Floats) -> Floats:
    """x times the normal distribution function, by the tanh formula (Hendrycks and Gimpel 2016)."""
    inner = x * np.float32(0.7978845608) * (1 + np.float32(0.044715) * x * x)
    return np.asarray(np.float32(0.5) * x * (1 + np.tanh(inner)))
