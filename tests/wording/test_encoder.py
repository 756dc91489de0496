"""The small transformer in numpy: the same numbers as the textbook formulas, written out head by head."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
import pytest
from numpy.typing import NDArray

from simulator.wording.encoder import HEAD_SIZE, Encoder

WIDTH, INNER, LAYERS, LONGEST, VOCABULARY = 2 * HEAD_SIZE, 96, 2, 16, 50

Arrays = dict[str, NDArray[np.generic]]


@pytest.fixture
def arrays() -> Arrays:
    chance = np.random.default_rng(5)

    def matrix(name: str, rows: int, columns: int) -> Arrays:
        return {
            name: chance.integers(-127, 128, (rows, columns)).astype(np.int8),
            f"{name}.scale": chance.uniform(5e-4, 2e-3, columns).astype(np.float32),
            f"{name}.bias": chance.normal(0, 0.1, columns).astype(np.float32),
        }

    def norm() -> NDArray[np.float32]:
        return np.stack([chance.uniform(0.5, 1.5, WIDTH), chance.normal(0, 0.1, WIDTH)]).astype(np.float32)

    made: Arrays = {
        "pieces": chance.integers(-127, 128, (VOCABULARY, WIDTH)).astype(np.int8),
        "pieces.scale": chance.uniform(1e-3, 1e-2, VOCABULARY).astype(np.float32),
        "places": chance.normal(0, 0.3, (LONGEST, WIDTH)).astype(np.float16),
        "embedding_norm": norm(),
    }
    for layer in range(LAYERS):
        made |= matrix(f"{layer}.qkv", WIDTH, 3 * WIDTH) | matrix(f"{layer}.attended", WIDTH, WIDTH)
        made |= matrix(f"{layer}.wide", WIDTH, INNER) | matrix(f"{layer}.narrow", INNER, WIDTH)
        made |= {f"{layer}.norm1": norm(), f"{layer}.norm2": norm()}
    return made


def textbook(arrays: Mapping[str, NDArray[np.generic]], vectors: NDArray[np.float32]) -> NDArray[np.float64]:
    def linear(name: str, x: NDArray[np.float64]) -> NDArray[np.float64]:
        return x @ (arrays[name].astype(float) * arrays[f"{name}.scale"].astype(float)) + arrays[f"{name}.bias"]

    def normed(x: NDArray[np.float64], scale_and_shift: NDArray[np.generic]) -> NDArray[np.float64]:
        scale, shift = scale_and_shift.astype(float)
        return np.array([(row - row.mean()) / row.std() * scale + shift for row in x])

    def gelu(value: float) -> float:
        return value * 0.5 * (1 + math.erf(value / math.sqrt(2)))

    hidden = normed(vectors.astype(float) + arrays["places"][: len(vectors)].astype(float), arrays["embedding_norm"])
    for layer in range(LAYERS):
        query, key, value = np.split(linear(f"{layer}.qkv", hidden), 3, axis=1)
        mixed = np.zeros_like(hidden)
        for head in range(WIDTH // HEAD_SIZE):
            own = slice(head * HEAD_SIZE, (head + 1) * HEAD_SIZE)
            for at in range(len(hidden)):
                likeness = np.exp([query[at, own] @ other / math.sqrt(HEAD_SIZE) for other in key[:, own]])
                mixed[at, own] = likeness / likeness.sum() @ value[:, own]
        hidden = normed(hidden + linear(f"{layer}.attended", mixed), arrays[f"{layer}.norm1"])
        inner = np.vectorize(gelu)(linear(f"{layer}.wide", hidden))
        hidden = normed(hidden + linear(f"{layer}.narrow", inner), arrays[f"{layer}.norm2"])
    return hidden


def test_it_computes_what_the_textbook_says(arrays: Arrays) -> None:
    encoder = Encoder(arrays)
    vectors = encoder.piece_vectors(np.array([3, 17, 4, 49, 3]))
    assert vectors[0] == pytest.approx(arrays["pieces"][3].astype(float) * float(arrays["pieces.scale"][3]), rel=1e-5)
    assert np.abs(encoder.run(vectors) - textbook(arrays, vectors)).max() < 5e-3


def test_a_word_is_read_by_its_neighbours_and_its_place(arrays: Arrays) -> None:
    encoder = Encoder(arrays)
    alone, beside, later = (encoder.run(encoder.piece_vectors(np.array(numbers))) for numbers in ([7], [7, 8], [8, 7]))
    assert np.abs(alone[0] - beside[0]).max() > 0.01
    assert np.abs(beside[0] - later[1]).max() > 0.01


def test_its_size_is_read_from_the_arrays(arrays: Arrays) -> None:
    encoder = Encoder(arrays)
    assert (encoder.longest, encoder.width) == (LONGEST, WIDTH)
