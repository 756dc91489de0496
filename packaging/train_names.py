"""Learn `assets/phrasebooks/names.npz`: who is addressed in a reply, from sentences made by lot.

    PYTHONPATH=. python packaging/train_names.py [--only pl] [--replies 50000] [--out FILE]

Needs NumPy and SciPy. Sentences and names come from `training/names-<language>.txt` and from the replies in
`training/<language>*.txt`; the labelled `training/names-<language>-cases.jsonl` are learnt from as well, and of
`training/names-<language>-development.jsonl` every second line; the others are kept to check. Ten minutes a language.
"""
# ruff: noqa: S311 - chance only makes replies here

from __future__ import annotations

import argparse
import random
import time
from pathlib import Path

import numpy as np
from wording_training.name_data import ASSETS, NameData
from wording_training.name_network import NameNetwork, joined

from simulator.wording.learned import LANGUAGES

NETWORKS, TURNS, EPOCHS_A_TURN, RATE_OF_TURNS = 2, 2, 2, 5e-4
# From which probability on an own name and a wrong one count.
LEAST = (0.4, 0.8)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--only", default=",".join(LANGUAGES))
    options.add_argument("--replies", type=int, default=50_000)
    options.add_argument("--epochs", type=int, default=6)
    options.add_argument("--made-only", action="store_true", help="learn nothing from the labelled replies")
    options.add_argument("--out", type=Path, default=ASSETS / "names.npz")
    given = options.parse_args()
    arrays = dict(np.load(given.out)) if given.out.is_file() else {}
    for language in given.only.split(","):
        started = time.monotonic()
        data = NameData(language)
        networks = [learnt(data, seed, given) for seed in range(NETWORKS)]
        found = joined([network.arrays() for network in networks])
        found["least"] = np.array(LEAST, np.float32)
        found["words"] = np.array(sorted(data.no_names), np.uint32)
        arrays |= {f"names.{language}.{name}": array for name, array in found.items()}
        np.savez_compressed(given.out, **arrays)
        print(f"{language}: {time.monotonic() - started:.0f} s", flush=True)


def learnt(data: NameData, seed: int, given: argparse.Namespace) -> NameNetwork:
    """A network that has learnt from replies made by lot, then from the labelled ones as well."""
    made = data.made(given.replies, random.Random(f"names {data.language} {seed}"))
    network = NameNetwork(seed)
    network.learn(made, given.epochs)
    for turn in range(0 if given.made_only else TURNS):
        network.learn(made + data.development(network, turn), EPOCHS_A_TURN, RATE_OF_TURNS)
    return network


if __name__ == "__main__":
    main()
