"""How a network does on whole labelled replies, and from which score on a technique counts as heard."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray

from wording_training.batches import Reader, tensors_of
from wording_training.network import Network
from wording_training.replies import LEARNED, TokenReply

BATCH = 32
GRID = np.arange(-3.0, 3.01, 0.1)
FARTHEST_FROM_COMMON = 1.0
# On the development replies this costs 0.001 of macro F1 and saves one false alarm in seven.
STRICTER = 0.3

Floats = NDArray[np.float32]
Truths = NDArray[np.bool_]


def reply_scores(network: Network, replies: Sequence[TokenReply], reader: Reader) -> Floats:
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


def choose_thresholds(scores: Floats, truth: Truths) -> Floats:
    """Per technique where F1 is best, drawn halfway to the one threshold best for all (few positives are noisy), and a
    little stricter, as a false praise or blame costs more trust than a missed one."""
    table = np.array([[f1(scores[:, c] > t, truth[:, c]) for t in GRID] for c in range(len(LEARNED))])
    common = GRID[table.mean(axis=0).argmax()]
    smooth = np.array([np.convolve(row, np.ones(7) / 7, mode="same") for row in table])
    own = GRID[smooth[:, 3:-3].argmax(axis=1) + 3]
    own = np.clip(own, common - FARTHEST_FROM_COMMON, common + FARTHEST_FROM_COMMON)
    return np.asarray((own + common) / 2 + STRICTER, dtype=np.float32)


def report(scores: Floats, truth: Truths, thresholds: Floats) -> str:
    lines = [f"{'technique':<24}{'n':>5}{'P':>7}{'R':>7}{'F1':>7}"]
    for column, technique in enumerate(LEARNED):
        said, true = scores[:, column] > thresholds[column], truth[:, column]
        right = int((said & true).sum())
        precision, recall = right / max(1, int(said.sum())), right / max(1, int(true.sum()))
        lines.append(f"{technique:<24}{int(true.sum()):>5}{precision:>7.2f}{recall:>7.2f}{f1(said, true):>7.2f}")
    lines.append(f"{'macro F1':<43}{macro_f1(scores, truth, thresholds):>7.3f}")
    return "\n".join(lines)
