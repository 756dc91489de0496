"""The network of `simulator.wording.name_judge` while it learns: a sparse layer, hidden units, three outcomes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from simulator.wording.name_features import FEATURES

UNITS, OUTCOMES = 24, 3
BATCH, HIDDEN_AWAY, DECAY = 512, 0.1, 2e-6
FIRST, SECOND, TINY = 0.9, 0.99, 1e-8

Floats = NDArray[np.float32]


class NameNetwork:
    """Learns with Adam; features are hidden at random."""

    def __init__(self, seed: int) -> None:
        self._chance = np.random.default_rng(seed)
        shapes = {
            "hidden": (FEATURES, UNITS),
            "hidden.bias": (UNITS,),
            "out": (UNITS, OUTCOMES),
            "out.bias": (OUTCOMES,),
        }
        self._weights = {
            name: self._chance.normal(0, 0.05 if name == "hidden" else 0.3, shape).astype(np.float32)
            * (not name.endswith("bias"))
            for name, shape in shapes.items()
        }
        self._moments = {name: (np.zeros(s, np.float32), np.zeros(s, np.float32)) for name, s in shapes.items()}
        self._steps = 0

    def learn(self, examples: Sequence[tuple[list[int], int]], epochs: int, rate: float = 2e-3) -> None:
        """`examples` are features and an outcome."""
        features = _sparse([found for found, _ in examples])
        outcomes = np.array([outcome for _, outcome in examples])
        steps, step = epochs * (len(examples) // BATCH + 1), 0
        for _ in range(epochs):
            order, total = self._chance.permutation(len(examples)), 0.0
            for at in range(0, len(order), BATCH):
                rows = order[at : at + BATCH]
                total += self._step(features[rows], outcomes[rows], rate * (1 - step / steps) + 1e-5) * len(rows)
                step += 1
            print(f"  loss {total / len(order):.4f}", flush=True)

    def probabilities(self, features: Sequence[Sequence[int]]) -> Floats:
        return self._forward(_sparse(features))[1]

    def _forward(self, features: csr_matrix) -> tuple[Floats, Floats]:
        weights = self._weights
        hidden = np.maximum(features @ weights["hidden"] + weights["hidden.bias"], 0)
        odds = hidden @ weights["out"] + weights["out.bias"]
        odds = np.exp(odds - odds.max(axis=1, keepdims=True))
        return hidden, odds / odds.sum(axis=1, keepdims=True)

    def _step(self, features: csr_matrix, outcomes: NDArray[np.int64], rate: float) -> float:
        features.data *= self._chance.random(len(features.data)) >= HIDDEN_AWAY
        hidden, odds = self._forward(features)
        rows = np.arange(len(outcomes))
        loss = float(-np.log(odds[rows, outcomes] + TINY).mean())
        odds[rows, outcomes] -= 1
        odds /= len(outcomes)
        back = (odds @ self._weights["out"].T) * (hidden > 0)
        gradients = {
            "out": hidden.T @ odds,
            "out.bias": odds.sum(axis=0),
            "hidden": (features.T @ back) + DECAY * self._weights["hidden"],
            "hidden.bias": back.sum(axis=0),
        }
        self._steps += 1
        for name, gradient in gradients.items():
            first, second = self._moments[name]
            first += (1 - FIRST) * (gradient - first)
            second += (1 - SECOND) * (gradient**2 - second)
            right = np.sqrt(1 - SECOND**self._steps) / (1 - FIRST**self._steps)
            self._weights[name] -= (rate * right) * first / (np.sqrt(second) + TINY)
        return loss

    def arrays(self) -> dict[str, NDArray[np.generic]]:
        """As `NameJudge` reads them."""
        hidden = self._weights["hidden"]
        scale = np.abs(hidden).max(axis=0) / 127 + 1e-12
        return {
            "hidden": np.round(hidden / scale).astype(np.int8),
            "hidden.scale": scale.astype(np.float32),
            **{name: self._weights[name] for name in ("hidden.bias", "out", "out.bias")},
        }


def joined(networks: Sequence[dict[str, NDArray[np.generic]]]) -> dict[str, NDArray[np.generic]]:
    """Several networks as one, whose odds are the mean of theirs."""
    side_by_side = {
        name: np.concatenate([arrays[name] for arrays in networks], axis=-1)
        for name in ("hidden", "hidden.scale", "hidden.bias")
    }
    out = np.concatenate([arrays["out"] for arrays in networks]) / len(networks)
    bias = np.mean([arrays["out.bias"] for arrays in networks], axis=0)
    return side_by_side | {"out": out.astype(np.float32), "out.bias": bias.astype(np.float32)}


def _sparse(features: Sequence[Sequence[int]]) -> csr_matrix:
    counts = np.cumsum([0, *map(len, features)])
    numbers = np.fromiter((number for found in features for number in found), np.int32, counts[-1])
    return csr_matrix((np.ones(len(numbers), np.float32), numbers, counts), shape=(len(features), FEATURES))
