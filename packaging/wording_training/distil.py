"""The small network learns: from what the large one says of each word of damaged and joined replies, and from labels.

Sources: Hinton, Vinyals and Dean, "Distilling the knowledge in a neural network" (2015); of what is seen between the
layers, Jiao et al., "TinyBERT" (2020).
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from wording_training.batches import Reader, batches_of, tensors_of
from wording_training.network import Network
from wording_training.replies import TokenReply
from wording_training.student import Student
from wording_training.teaching import loss_of, take_step

TEACHER_SHARE, SEEN_SHARE = 4.0, 4.0
WARM_UP = 0.05


@dataclass(frozen=True, slots=True)
class Lesson:
    """A batch of replies, the large network's log-odds of each word, (replies, words, techniques), and how it saw
    the words halfway and at the end, (replies, words, its width)."""

    replies: Sequence[TokenReply]
    batch: dict[str, Tensor]
    odds: Tensor
    seen: Sequence[Tensor]


def lessons_of(
    teacher: Network, replies: Sequence[Sequence[TokenReply]], reader: Reader, chance: random.Random
) -> list[Lesson]:
    """All replies once, in company and damaged as in training. Making them costs more than learning from them once."""
    teacher.eval()
    lessons = []
    for batch_replies in batches_of(replies, chance):
        batch = tensors_of(batch_replies, reader, chance)
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
            odds, seen = teacher.read(batch)
        lessons.append(Lesson(batch_replies, batch, odds.to(torch.float16), [view.to(torch.float16) for view in seen]))
    return lessons


def distil(
    student: Student, sets: Sequence[Sequence[Lesson]], epochs: int, rate: float, after_epoch: Callable[[], None]
) -> None:
    """One set of lessons an epoch, in turn."""
    optimiser = torch.optim.AdamW(student.parameters(), weight_decay=0.01)
    chance = random.Random(epochs)  # noqa: S311 - chance only orders lessons
    began = time.monotonic()
    for epoch in range(epochs):
        student.train()
        lessons, total = list(sets[epoch % len(sets)]), 0.0
        chance.shuffle(lessons)
        for number, lesson in enumerate(lessons):
            done = (epoch + number / len(lessons)) / epochs
            for group in optimiser.param_groups:
                group["lr"] = rate * min(1.0, done / WARM_UP) * (1 - done)
            with torch.autocast("cpu", torch.bfloat16):
                odds, seen = student.read(lesson.batch)
            said = lesson.batch["said"]
            loss = TEACHER_SHARE * _apart(odds, lesson.odds, said) + loss_of(odds, lesson.replies, said)
            for mine, theirs in zip(seen, lesson.seen, strict=True):
                loss = loss + SEEN_SHARE * _unlike(mine, theirs, said)
            total += take_step(student, optimiser, loss)
        print(f"epoch {epoch + 1}: loss {total / len(lessons):.3f}, {time.monotonic() - began:.0f} s", flush=True)
        after_epoch()


def _apart(odds: Tensor, taught: Tensor, said: Tensor) -> Tensor:
    cost = functional.binary_cross_entropy_with_logits(odds, torch.sigmoid(taught.float()), reduction="none")
    return (cost.sum(-1) * said).sum() / said.sum()


def _unlike(mine: Tensor, theirs: Tensor, said: Tensor) -> Tensor:
    """The mean squared difference in units of the teacher's own scatter."""
    taught = theirs.float()
    squares = ((mine.float() - taught) ** 2).mean(-1) / taught.var()
    return (squares * said).sum() / said.sum()
