"""The small transformer in numpy: the same numbers as the formulas, written out word by word and head by head."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
import pytest
from numpy.typing import NDArray

from simulator.wording.encoder import FARTHEST, HEAD_SIZE, Encoder

WIDTH, INNER, LAYERS, LONGEST, VOCABULARY, PIECES = 2 * HEAD_SIZE, 96, 2, 30, 50, 4

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
        "gains": chance.uniform(0.5, 1.5, (PIECES, WIDTH)).astype(np.float32),
        "embedding_norm": norm(),
    }
    for layer in range(LAYERS):
        made |= matrix(f"{layer}.qkv", WIDTH, 3 * WIDTH) | matrix(f"{layer}.attended", WIDTH, WIDTH)
        made |= matrix(f"{layer}.wide", WIDTH, INNER) | matrix(f"{layer}.narrow", INNER, WIDTH)
        made |= {f"{layer}.norm1": norm(), f"{layer}.norm2": norm()}
        far = chance.normal(0, 1, (WIDTH // HEAD_SIZE, 2 * FARTHEST + 1))
        made[f"{layer}.far"] = far.astype(np.float32)
    return made


def textbook(arrays: Mapping[str, NDArray[np.generic]], vectors: NDArray[np.float32]) -> NDArray[np.float64]:
    def linear(name: str, x: NDArray[np.float64]) -> NDArray[np.float64]:
        product = x @ (arrays[name].astype(float) * arrays[f"{name}.scale"].astype(float))
        return np.asarray(product + arrays[f"{name}.bias"])

    def normed(x: NDArray[np.float64], scale_and_shift: NDArray[np.generic]) -> NDArray[np.float64]:
        scale, shift = scale_and_shift.astype(float)
        return np.array([(row - row.mean()) / row.std() * scale + shift for row in x])

    hidden = normed(vectors.astype(float), arrays["embedding_norm"])
    for layer in range(LAYERS):
        query, key, value = np.split(linear(f"{layer}.qkv", hidden), 3, axis=1)
        mixed = np.zeros_like(hidden)
        for head in range(WIDTH // HEAD_SIZE):
            own = slice(head * HEAD_SIZE, (head + 1) * HEAD_SIZE)
            for at in range(len(hidden)):
                far = [arrays[f"{layer}.far"][head, _distance(other - at)] for other in range(len(hidden))]
                alike = [query[at, own] @ other / math.sqrt(HEAD_SIZE) for other in key[:, own]]
                likeness = np.exp(np.add(alike, far))
                mixed[at, own] = likeness / likeness.sum() @ value[:, own]
        hidden = normed(hidden + linear(f"{layer}.attended", mixed), arrays[f"{layer}.norm1"])
        inner = np.maximum(linear(f"{layer}.wide", hidden), 0)
        hidden = normed(hidden + linear(f"{layer}.narrow", inner), arrays[f"{layer}.norm2"])
    return hidden


def _distance(words: int) -> int:
    return min(max(words, -FARTHEST), FARTHEST) + FARTHEST


def test_a_word_is_the_mean_of_its_pieces_each_weighed_by_its_place(arrays: Arrays) -> None:
    def piece(number: int, place: int) -> NDArray[np.float64]:
        whole = arrays["pieces"][number].astype(float) * arrays["pieces.scale"][number]
        return np.asarray(whole * arrays["gains"][place])

    one, three = Encoder(arrays, LONGEST).word_vectors([[3], [17, 4, 49]])
    assert one == pytest.approx(piece(3, 0), rel=1e-5)
    assert three == pytest.approx((piece(17, 0) + piece(4, 1) + piece(49, 2)) / 3, rel=1e-5, abs=1e-6)


def test_it_computes_what_the_textbook_says(arrays: Arrays) -> None:
    encoder = Encoder(arrays, LONGEST)
    vectors = encoder.word_vectors([[number] for number in range(LONGEST)])
    assert np.abs(encoder.run(vectors) - textbook(arrays, vectors)).max() < 5e-3


def test_a_word_is_read_by_its_neighbours_and_how_far_they_are(arrays: Arrays) -> None:
    encoder = Encoder(arrays, LONGEST)

    def read(*numbers: int) -> NDArray[np.float32]:
        return encoder.run(encoder.word_vectors([[number] for number in numbers]))

    assert np.abs(read(7)[0] - read(7, 8)[0]).max() > 0.01
    assert np.abs(read(7, 8)[0] - read(8, 7)[1]).max() > 0.01


def test_its_width_is_read_from_the_arrays(arrays: Arrays) -> None:
    assert Encoder(arrays, LONGEST).width == WIDTH
