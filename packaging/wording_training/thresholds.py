"""How a network does on whole labelled replies, and from which score on a technique counts as heard."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import torch
from numpy.typing import NDArray

from wording_training.batches import Reader, tensors_of
from wording_training.network import Network
from wording_training.replies import LEARNED, TokenReply
from wording_training.student import Student

BATCH = 32
GRID = np.arange(-3.0, 3.01, 0.1)
FARTHEST_FROM_COMMON = 1.0
# Chosen on halves of the development replies by the other halves: it costs 0.005 of macro F1 and saves a quarter of
# the false alarms on hard negatives.
STRICTER = 0.7

Floats = NDArray[np.float32]
Truths = NDArray[np.bool_]


def reply_scores(network: Network | Student, replies: Sequence[TokenReply], reader: Reader) -> Floats:
    """The highest log-odds of any word, shape (replies, techniques)."""
    network.eval()
    rows = []
    with torch.no_grad():
        for at in range(0, len(replies), BATCH):
            batch = tensors_of(replies[at : at + BATCH], reader, None)
            odds = network(batch).masked_fill(batch["said"].unsqueeze(-1) == 0, -30.0)
            rows.append(odds.max(1).values.numpy())
    return np.concatenate(rows)


def truths_of(replies: Sequence[TokenReply]) -> Truths:
    rows = np.zeros((len(replies), len(LEARNED)), dtype=np.bool_)
    for row, reply in enumerate(replies):
        for labels in reply.labels:
            rows[row, list(labels)] = True
    return rows


def f1(said: Truths, true: Truths) -> float:
    right = int((said & true).sum())
    return 2 * right / max(1, int(said.sum()) + int(true.sum()))


def macro_f1(scores: Floats, truth: Truths, thresholds: Floats | float) -> float:
    said = scores > thresholds
    return float(np.mean([f1(said[:, column], truth[:, column]) for column in range(len(LEARNED))]))


def choose_thresholds(judged: Mapping[str, tuple[Floats, Truths]]) -> dict[str, Floats]:
    """By language, from its (scores, truths), a threshold for each technique: the mean of where F1 is best for the
    technique in this language (few positives are noisy), for the technique in all languages and for all techniques in
    this language; and stricter, as a false praise or blame costs more trust than a missed one."""
    tables = {language: _f1_by_threshold(*both) for language, both in judged.items()}
    scores, truths = (np.concatenate(parts) for parts in zip(*judged.values(), strict=True))
    everywhere = _best_near_common(_f1_by_threshold(scores, truths))
    return {
        language: np.asarray((everywhere + _common(table) + _best_near_common(table)) / 3 + STRICTER, dtype=np.float32)
        for language, table in tables.items()
    }


def _f1_by_threshold(scores: Floats, truth: Truths) -> Floats:
    """Shape (techniques, thresholds)."""
    rows = [[f1(scores[:, c] > threshold, truth[:, c]) for threshold in GRID] for c in range(len(LEARNED))]
    return np.asarray(rows, dtype=np.float32)


def _common(table: Floats) -> float:
    return float(GRID[np.convolve(table.mean(axis=0), np.ones(5) / 5, mode="valid").argmax() + 2])


def _best_near_common(table: Floats) -> Floats:
    smooth = np.array([np.convolve(row, np.ones(7) / 7, mode="valid") for row in table])
    common = _common(table)
    return np.clip(GRID[smooth.argmax(axis=1) + 3], common - FARTHEST_FROM_COMMON, common + FARTHEST_FROM_COMMON)


def report(scores: Floats, truth: Truths, thresholds: Floats) -> str:
    lines = [f"{'technique':<24}{'n':>5}{'P':>7}{'R':>7}{'F1':>7}"]
    for column, technique in enumerate(LEARNED):
        said, true = scores[:, column] > thresholds[column], truth[:, column]
        right = int((said & true).sum())
        precision, recall = right / max(1, int(said.sum())), right / max(1, int(true.sum()))
        lines.append(f"{technique:<24}{int(true.sum()):>5}{precision:>7.2f}{recall:>7.2f}{f1(said, true):>7.2f}")
    lines.append(f"{'macro F1':<43}{macro_f1(scores, truth, thresholds):>7.3f}")
    return "\n".join(lines)
