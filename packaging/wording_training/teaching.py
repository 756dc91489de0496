"""The large network learns from the labelled replies of all languages."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional

from wording_training.batches import Reader, batches_of, targets_of, tensors_of
from wording_training.network import Network
from wording_training.replies import TokenReply

SEED = 20
WORD_SHARE = 0.5
WARM_UP = 0.06
RATE, RATE_OF_NEW = 2e-4, 1e-3


def loss_of(odds: Tensor, replies: Sequence[TokenReply], said: Tensor) -> Tensor:
    """Cross-entropy of each word's labels, and of the whole reply's by its most likely word."""
    by_word, by_reply, known = targets_of(replies, odds.shape[1])
    cost = functional.binary_cross_entropy_with_logits
    words = (cost(odds, by_word, reduction="none") * known.unsqueeze(1)).sum(-1) * said
    highest = odds.masked_fill(said.unsqueeze(-1) == 0, -30.0).max(1).values
    whole = (cost(highest, by_reply, reduction="none") * known).sum(-1)
    return WORD_SHARE * words.sum() / said.sum() + whole.mean()


def take_step(network: nn.Module, optimiser: torch.optim.Optimizer, loss: Tensor) -> float:
    """One step down the loss, never a leap; returns the loss."""
    optimiser.zero_grad()
    loss.backward()
    torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
    optimiser.step()
    return loss.item()


def teach(
    network: Network,
    replies: Sequence[Sequence[TokenReply]],
    reader: Reader,
    epochs: int,
    rate: float,
    after_epoch: Callable[[], None],
) -> None:
    """`replies` by language; the rate rises over the first steps and falls to nothing over the rest."""
    chance = random.Random(SEED)  # noqa: S311 - chance only orders and damages replies
    added = (network.flags, network.stems, network.languages, network.rules, network.out)
    new = {id(p) for part in added for p in part.parameters()}
    groups = [[p for p in network.parameters() if (id(p) in new) is own] for own in (False, True)]
    optimiser = torch.optim.AdamW([{"params": group} for group in groups], weight_decay=0.01)
    began = time.monotonic()
    for epoch in range(epochs):
        network.train()
        batches, total = batches_of(replies, chance), 0.0
        for number, batch_replies in enumerate(batches):
            done = (epoch + number / len(batches)) / epochs
            for group, highest in zip(optimiser.param_groups, (rate, RATE_OF_NEW * rate / RATE), strict=True):
                group["lr"] = highest * min(1.0, done / WARM_UP) * (1 - done)
            batch = tensors_of(batch_replies, reader, chance)
            with torch.autocast("cpu", torch.bfloat16):
                odds = network(batch)
            loss = loss_of(odds, batch_replies, batch["said"])
            total += take_step(network, optimiser, loss)
        print(f"epoch {epoch + 1}: loss {total / len(batches):.3f}, {time.monotonic() - began:.0f} s", flush=True)
        after_epoch()
