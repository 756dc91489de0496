"""Candidates for names with their features and whom they name, as the program itself would see them."""

from __future__ import annotations

import json
import random
import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from simulator.adapters.phrasebook_files import PhrasebookFiles
from simulator.wording.batch import context_of
from simulator.wording.context import ReplyContext
from simulator.wording.detect import WordingDetector, detector_for
from simulator.wording.name_candidates import Candidate
from simulator.wording.tokens import normalised
from tests.wording.noise import noised
from wording_training.name_network import NameNetwork
from wording_training.name_replies import NOBODY, OWN, WRONG, Frames, NamedReply, ReplyMaker

ASSETS = Path(__file__).resolve().parents[2] / "assets" / "phrasebooks"
# How replies are written: as typed (None), or as heard with so many word errors; and how often.
WRITTEN = ((None, 30), (0.0, 20), (0.1, 20), (0.2, 25), (0.3, 5))
DEVELOPMENT_SEEDS = 6
# Names are split more often than other words, as recognisers do not know them.
SPLIT_ONE_IN, LEAST_SPLIT = 12, 5

Example = tuple[list[int], int]


class NameData:
    """One language's replies."""

    def __init__(self, language: str) -> None:
        files = PhrasebookFiles(ASSETS)
        self.language = language
        self.detector: WordingDetector = detector_for(files.load(language))
        plain = list(plain_replies(language))
        names = self.detector.book.names
        path = ASSETS / "training" / f"names-{language}.txt"
        self._frames = Frames(language, path, plain, names.called, names.ranks)
        words = {normalised(word) for text in plain for word in re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)*", text)}
        words |= {word for word, meaning in files.glossary(language).items() if meaning not in "-?"}
        self.words = words - names.surnames - names.first_names - names.titles
        self.no_names = frozenset(zlib.crc32(word.encode()) for word in self.words)

    def made(self, count: int, chance: random.Random) -> list[Example]:
        """The candidates of so many replies made by lot."""
        examples: list[Example] = []
        rates, shares = zip(*WRITTEN, strict=True)
        for number, reply in enumerate(ReplyMaker(self._frames, chance).replies(count)):
            rate = chance.choices(rates, shares)[0]
            text, spans = written(reply, rate, self.language, number)
            tokens, candidates = self.detector.name_candidates(text, reply.context, self.no_names)
            for candidate, features in candidates:
                start = tokens[candidate.name].start
                end = tokens[candidate.name_end - 1].end
                kinds = {kind for first, last, kind in spans if first < end and start < last}
                examples.append((features, max(kinds, default=NOBODY)))
        return examples

    def _labelled(self) -> Iterator[tuple[str, ReplyContext, frozenset[str]]]:
        """The labelled cases, and every second one of the development cases; the others are kept to check."""
        for kind, every in (("cases", 1), ("development", 2)):
            path = ASSETS / "training" / f"names-{self.language}-{kind}.jsonl"
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                if line.strip() and number % every == 0:
                    record = json.loads(line)
                    context = context_of(record, f"{path}:{number}")
                    forms = tuple(record.get("name_forms") or ())
                    yield record["text"], replace(context, name_forms=forms), frozenset(record["labels"])

    def development(self, network: NameNetwork, turn: int) -> list[Example]:
        """Labelled replies, where it is known what they carry and not where: what the network finds likeliest."""
        examples: list[Example] = []
        for text, context, labels in self._labelled():
            for rate, seeds in ((None, 3), (0.0, 3), (0.1, 2), (0.2, DEVELOPMENT_SEEDS)):
                for seed in range(seeds):
                    heard = text if rate is None else noised(text, rate, self.language, 1000 + 100 * turn + seed)
                    _, candidates = self.detector.name_candidates(heard, context, self.no_names)
                    if candidates:
                        examples += _assigned(candidates, labels, network)
        return examples


def _assigned(
    candidates: Sequence[tuple[Candidate, list[int]]], labels: frozenset[str], network: NameNetwork
) -> Iterator[Example]:
    odds = network.probabilities([features for _, features in candidates])
    kinds = [NOBODY] * len(candidates)
    for which, label in ((OWN, "use_name"), (WRONG, "wrong_name")):
        if label not in labels and not (which == OWN and "overuse_name" in labels):
            odds[:, which] = 0
    for at, row in enumerate(odds):
        kinds[at] = int(row.argmax())
    for which, label in ((OWN, "use_name"), (WRONG, "wrong_name")):
        likeliest = int(odds[:, which].argmax())
        if label in labels and which not in kinds and odds[likeliest, which] > 0.02:
            kinds[likeliest] = which
    return ((features, kind) for (_, features), kind in zip(candidates, kinds, strict=True))


def written(reply: NamedReply, rate: float | None, language: str, seed: int) -> tuple[str, list[tuple[int, int, int]]]:
    """The text of a reply, and (start, end, kind) of the names in it."""
    text, spans = "", []
    for number, (word, kind) in enumerate(reply.words):
        heard = word if rate is None else noised(word, rate, language, seed * 100 + number)
        if kind and rate and (seed + number) % SPLIT_ONE_IN == 0 and len(heard) > LEAST_SPLIT:
            at = 2 + (seed * 7 + number) % (len(heard) - 3)
            heard = f"{heard[:at]} {heard[at:]}"
        if not heard:
            continue
        start = len(text) + bool(text)
        text = f"{text} {heard}" if text else heard
        if kind:
            spans.append((start, len(text), kind))
    return text, spans


def plain_replies(language: str) -> Iterator[str]:
    """What is said in the training replies, without its labels."""
    for path in sorted((ASSETS / "training").glob(f"{language}*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            text = line.strip()
            if not text or text[0] == "#" or text.startswith(("line:", "facts:")) or re.fullmatch(r"\[[\w, ]+\]", text):
                continue
            if re.fullmatch(r"\w+ = .+", text) or "{" in text:
                continue
            said = (
                [re.sub(r"^\[[\w, ]*\]\s*", "", part.strip()) for part in text.split("|")] if text[0] == "[" else [text]
            )
            yield " ".join(said)
