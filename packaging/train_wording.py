"""Learn `assets/phrasebooks/<language>.npz` from the language's training sentences.

    python packaging/train_wording.py en [--folds 3 | --held-out en-many-trades] [--check-only]

Needs the `bench` extra (scikit-learn). Every sentence is also read inside invented replies of several sentences, more
than half of them without punctuation, and with words dropped and letters changed, as a recogniser would write it.
Thresholds come from replies made of sentences not learnt from: folds, or a batch written in another style.
Evaluation sets are never read here.
"""
# ruff: noqa: S311 - chance only invents replies here

from __future__ import annotations

import argparse
import random
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from simulator.adapters.phrasebook_files import PhrasebookFiles
from simulator.wording.context import ReplyContext
from simulator.wording.detect import WordingDetector, detector_for
from simulator.wording.features import BUCKETS, segment_features
from simulator.wording.learned import LearnedWording
from simulator.wording.phrasebook import COUNTED, WORD_TECHNIQUES
from simulator.wording.segments import segments

ASSETS = Path(__file__).resolve().parent.parent / "assets" / "phrasebooks"
LEARNED = tuple(technique for technique in WORD_TECHNIQUES if technique not in COUNTED)
SEED = 20
# Strength 3 to 40 and positive weights 1 to 10 differed by less than 0.003 in macro F1.
STRENGTH = 12.0
POSITIVE_WEIGHT = 4.0
WORDS_DROPPED, LETTERS_CHANGED = 0.07, 0.05
PSEUDO_FACT = 0.3
FILLINGS = 4
RULES_HIDDEN = 0.5


@dataclass(frozen=True, slots=True)
class Sentence:
    """`only`: nothing is known but whether it carries this one technique (an example of the phrasebook)."""

    text: str
    labels: frozenset[str]
    context: ReplyContext
    only: str = ""


@dataclass(frozen=True, slots=True)
class Sample:
    """A segment: its features, and for each technique 1 (carries it), 0 (does not) or -1 (not known)."""

    buckets: NDArray[np.int64]
    values: NDArray[np.float32]
    targets: NDArray[np.int8]


def read_sentences(paths: Sequence[Path]) -> list[Sentence]:
    """The labelled sentences of training files; SystemExit names file and line of a mistake."""
    return [sentence for path in paths for sentence in _sentences_in(path)]


def _sentences_in(path: Path) -> Iterator[Sentence]:
    labels: frozenset[str] | None = None
    line = ""
    fillings: dict[str, list[str]] = {}
    chance = random.Random(SEED)
    for number, written in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        text = written.strip()
        if not text or text.startswith("#"):
            continue
        if text.startswith("line:"):
            line = text[5:].strip()
        elif named := re.fullmatch(r"(\w+) = (.+)", text):
            fillings[named.group(1)] = [filling.strip() for filling in named.group(2).split("|")]
        elif section := re.fullmatch(r"\[([\w, ]+)\]", text):
            labels = _labels(section.group(1), f"{path}:{number}")
        elif labels is None:
            raise SystemExit(f"{path}:{number}: a sentence before the first [technique]")
        else:
            for filled in _filled(text, fillings, chance, f"{path}:{number}"):
                yield Sentence(filled, labels, ReplyContext(line=line))


def _labels(written: str, where: str) -> frozenset[str]:
    names = {name.strip() for name in written.split(",")} - {"none"}
    if unknown := names - set(WORD_TECHNIQUES):
        raise SystemExit(f"{where}: unknown technique {', '.join(sorted(unknown))}")
    return frozenset(names & set(LEARNED))


def _filled(text: str, fillings: dict[str, list[str]], chance: random.Random, where: str) -> set[str]:
    """The sentence itself, or, where it has gaps `{name}`, a few times with different fillings."""
    if "{" not in text:
        return {text}

    def fill(gap: re.Match[str]) -> str:
        if gap.group(1) not in fillings:
            raise SystemExit(f"{where}: {gap.group(0)} has no fillings above")
        return chance.choice(fillings[gap.group(1)])

    return {re.sub(r"\{(\w+)\}", fill, text) for _ in range(FILLINGS)}


def training_files(language: str) -> list[Path]:
    """`<language>.txt` and any `<language>-<something>.txt`."""
    return sorted(path for path in (ASSETS / "training").glob("*.txt") if path.stem.split("-")[0] == language)


class Sampler:
    """Turns sentences into samples, by the very code that reads replies."""

    def __init__(self, detector: WordingDetector, seed: int) -> None:
        self._detector = detector
        self._chance = random.Random(seed)

    def samples(self, sentences: Sequence[Sentence]) -> Iterator[Sample]:
        """Each sentence alone, damaged, and in an invented reply. What the patterns matched is hidden half of the
        time: they were written with these sentences in sight, and will match less of what others say."""
        for sentence in sentences:
            yield from self._from_reply([sentence], [sentence.text])
            yield from self._from_reply([sentence], [self._damaged(sentence.text)])
        for reply in invented_replies(sentences, self._chance):
            plain = self._chance.random() < 0.6
            yield from self._from_reply(reply, [_bare(s.text) if plain else _punctuated(s.text) for s in reply])

    def _from_reply(self, reply: Sequence[Sentence], texts: Sequence[str]) -> Iterator[Sample]:
        context = _context_of(reply)
        if not context.line:
            context = ReplyContext(line=self._pseudo_facts(" ".join(texts)))
        text = " ".join(texts)
        borders, at = [], 0
        for part in texts:
            borders.append((at, at + len(part)))
            at += len(part) + 1
        reading = self._detector.read(text, context)
        if not len(reading.words):
            return
        features = self._detector.features(reading)
        for start, end in segments(reading.words):
            first, last = reading.words.tokens[start].start, reading.words.tokens[end - 1].end
            touched = [n for n, (begin, stop) in enumerate(borders) if first < stop and begin < last]
            exact = len(touched) == 1 and self._covers(reading.words.tokens, start, end, borders[touched[0]])
            buckets, values = segment_features(features, start, end)
            if self._chance.random() < RULES_HIDDEN:
                seen = buckets >= len(WORD_TECHNIQUES)
                buckets, values = buckets[seen], values[seen]
            yield Sample(buckets, values, _targets([reply[n] for n in touched], exact))

    @staticmethod
    def _covers(tokens: Sequence[object], start: int, end: int, border: tuple[int, int]) -> bool:
        before = tokens[start - 1].end if start else -1  # type: ignore[attr-defined]
        after = tokens[end].start if end < len(tokens) else 1 << 30  # type: ignore[attr-defined]
        return before <= border[0] and after >= border[1]

    def _damaged(self, text: str) -> str:
        words = []
        for word in _bare(text).split():
            if self._chance.random() < WORDS_DROPPED:
                continue
            if self._chance.random() < LETTERS_CHANGED and len(word) > 2:
                at = self._chance.randrange(len(word))
                word = word[:at] + self._chance.choice("aeioustrnlk") + word[at + 1 :]
            words.append(word)
        return " ".join(words) or text

    def _pseudo_facts(self, text: str) -> str:
        """Facts that any sentence may happen to mention, so that a fact alone is not taken for a summary."""
        if self._chance.random() < 0.5:
            return ""
        return " ".join(word for word in _bare(text).split() if self._chance.random() < PSEUDO_FACT)


def _targets(touched: Sequence[Sentence], exact: bool) -> NDArray[np.int8]:
    carried = frozenset().union(*(s.labels for s in touched)) if touched else frozenset()
    only = {s.only for s in touched if s.only}
    targets = [(1 if exact else -1) if t in carried else -1 if only and only != {t} else 0 for t in LEARNED]
    return np.array(targets, dtype=np.int8)


def _context_of(reply: Sequence[Sentence]) -> ReplyContext:
    return next((s.context for s in reply if s.context.line), ReplyContext())


def fingerprints_of(detector: WordingDetector) -> set[int]:
    return {p.fingerprint(technique) for technique, ps in detector.book.patterns.items() for p in ps}


def examples_of(detector: WordingDetector) -> list[Sentence]:
    """The phrasebook's own examples and counter-examples."""
    return [
        Sentence(e.text, frozenset({e.technique} if e.present else ()), e.context, e.technique)
        for e in detector.book.examples
        if e.technique in LEARNED
    ]


def invented_replies(sentences: Sequence[Sentence], chance: random.Random) -> Iterator[list[Sentence]]:
    """All sentences once, in random company of two or three."""
    order = list(sentences)
    chance.shuffle(order)
    while order:
        count = chance.choice((1, 2, 2, 3, 3, 4))
        yield order[:count]
        del order[:count]


def _bare(text: str) -> str:
    return re.sub(r"[^\w' ]+", " ", text.lower())


def _punctuated(text: str) -> str:
    return text if text[-1] in ".?!" else text[0].upper() + text[1:] + "."


def matrix(samples: Sequence[Sample]) -> tuple[csr_matrix, NDArray[np.int8]]:
    lengths = [len(s.buckets) for s in samples]
    pointer = np.concatenate([[0], np.cumsum(lengths)])
    columns = np.concatenate([s.buckets for s in samples])
    values = np.concatenate([s.values for s in samples])
    return csr_matrix((values, columns, pointer), shape=(len(samples), BUCKETS)), np.stack([s.targets for s in samples])


def fit(samples: Sequence[Sample], fingerprints: Iterable[int] = ()) -> dict[str, NDArray[np.generic]]:
    """One logistic regression a technique, on the samples where it is known."""
    inputs, targets = matrix(samples)
    weights = np.zeros((BUCKETS, len(LEARNED)), dtype=np.float32)
    bias = np.full(len(LEARNED), -20.0, dtype=np.float32)
    for column in range(len(LEARNED)):
        known = targets[:, column] >= 0
        labels = targets[known, column]
        if not labels.any():
            continue
        model = LogisticRegression(C=STRENGTH, solver="liblinear", class_weight={0: 1.0, 1: POSITIVE_WEIGHT}, tol=0.01)
        model.fit(inputs[known], labels)
        weights[:, column] = model.coef_[0]
        bias[column] = model.intercept_[0]
    return {
        "techniques": np.array(LEARNED),
        "weights": weights.astype(np.float16),
        "bias": bias,
        "thresholds": np.zeros(len(LEARNED), dtype=np.float32),
        "patterns": np.array(sorted(fingerprints), dtype=np.int64),
    }


def best_scores(
    detector: WordingDetector, arrays: dict[str, NDArray[np.generic]], replies: Sequence[Sequence[Sentence]], seed: int
) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """For whole replies: the highest score of any segment per technique, and what the replies carry."""
    model = LearnedWording(arrays)
    chance = random.Random(seed)
    scores, truth = [], []
    for reply in replies:
        plain = chance.random() < 0.5
        text = " ".join(_bare(s.text) if plain else _punctuated(s.text) for s in reply)
        reading = detector.read(text, _context_of(reply))
        if not len(reading.words):
            continue
        scores.append(model.scores(detector.features(reading), segments(reading.words)).max(axis=0))
        carried = frozenset().union(*(s.labels for s in reply))
        truth.append([t in carried for t in LEARNED])
    return np.array(scores), np.array(truth)


def choose_thresholds(scores: NDArray[np.float32], truth: NDArray[np.bool_]) -> NDArray[np.float32]:
    """Per technique where F1 is best, drawn halfway to the one threshold best for all (few positives are noisy)."""
    grid = np.arange(-4.0, 4.01, 0.1)
    table = np.array([[f1(scores[:, c] > t, truth[:, c]) for t in grid] for c in range(len(LEARNED))])
    common = grid[table.mean(axis=0).argmax()]
    smooth = np.array([np.convolve(row, np.ones(7) / 7, mode="same") for row in table])
    own = np.clip(grid[smooth[:, 3:-3].argmax(axis=1) + 3], common - 1.5, common + 1.5)
    return np.asarray((own + common) / 2, dtype=np.float32)


def f1(said: NDArray[np.bool_], true: NDArray[np.bool_]) -> float:
    right = int((said & true).sum())
    return 2 * right / max(1, int(said.sum()) + int(true.sum()))


def measure(
    detector: WordingDetector, rest: Sequence[Sentence], held: Sequence[Sentence], seed: int
) -> tuple[NDArray[np.float32], NDArray[np.bool_], NDArray[np.bool_]]:
    """Learn from `rest`; scores, truth and the patterns' own answers for replies made of `held`."""
    arrays = fit(list(Sampler(detector, SEED + seed).samples([*rest, *examples_of(detector)])))
    replies = list(invented_replies(held, random.Random(seed)))
    scores, truth = best_scores(detector, arrays, replies, seed)
    return scores, truth, _rules_alone(detector, replies, seed)


def cross_validate(detector: WordingDetector, sentences: Sequence[Sentence], folds: int) -> NDArray[np.float32]:
    """Thresholds from sentences that each fold has not seen; prints F1 per technique."""
    order = sorted(sentences, key=lambda s: s.text)
    random.Random(SEED).shuffle(order)
    parts = [
        measure(detector, [s for n, s in enumerate(order) if n % folds != fold], order[fold::folds], fold)
        for fold in range(folds)
    ]
    scores, truth, rules = (np.concatenate(columns) for columns in zip(*parts, strict=True))
    thresholds = choose_thresholds(scores, truth)
    report(scores - thresholds > 0, truth, rules)
    return thresholds


def _rules_alone(detector: WordingDetector, replies: Sequence[Sequence[Sentence]], seed: int) -> NDArray[np.bool_]:
    chance = random.Random(seed)
    rows = []
    for reply in replies:
        plain = chance.random() < 0.5
        text = " ".join(_bare(s.text) if plain else _punctuated(s.text) for s in reply)
        matched = {m.technique for m in detector.read(text, _context_of(reply)).matches}
        rows.append([t in matched for t in LEARNED])
    return np.array(rows)


def report(said: NDArray[np.bool_], truth: NDArray[np.bool_], rules: NDArray[np.bool_]) -> None:
    print(f"{'technique':<24}{'n':>5}{'P':>7}{'R':>7}{'F1':>7}{'rules F1':>10}")
    totals: dict[str, list[float]] = defaultdict(list)
    for column, technique in enumerate(LEARNED):
        true, here = truth[:, column], said[:, column]
        right = int((here & true).sum())
        precision, recall = right / max(1, int(here.sum())), right / max(1, int(true.sum()))
        value, rule_value = f1(here, true), f1(rules[:, column], true)
        totals["model"].append(value)
        totals["rules"].append(rule_value)
        print(f"{technique:<24}{int(true.sum()):>5}{precision:>7.2f}{recall:>7.2f}{value:>7.2f}{rule_value:>10.2f}")
    print(f"{'macro F1':<43}{np.mean(totals['model']):>7.3f}{np.mean(totals['rules']):>10.3f}")


def main() -> None:
    parser = argparse.ArgumentParser(description="Learn a language's wording from its training sentences.")
    parser.add_argument("language")
    parser.add_argument("--folds", type=int, default=3)
    parser.add_argument("--held-out", help="choose thresholds on this training file alone, learning from the others")
    parser.add_argument("--stricter", type=float, default=0.0, help="raise every threshold: fewer false alarms")
    parser.add_argument("--check-only", action="store_true", help="measure, write nothing")
    options = parser.parse_args()
    detector = detector_for(PhrasebookFiles(ASSETS).load(options.language))
    paths = training_files(options.language)
    sentences = read_sentences(paths)
    print(f"{len(sentences)} sentences from {', '.join(path.name for path in paths)}")
    if options.held_out:
        held = [path for path in paths if path.stem == options.held_out]
        rest = [path for path in paths if path.stem != options.held_out]
        scores, truth, rules = measure(detector, read_sentences(rest), read_sentences(held), 0)
        thresholds = choose_thresholds(scores, truth)
        report(scores - thresholds > 0, truth, rules)
    else:
        thresholds = cross_validate(detector, sentences, options.folds)
    if options.check_only:
        return
    arrays = fit(list(Sampler(detector, SEED).samples([*sentences, *examples_of(detector)])), fingerprints_of(detector))
    arrays["thresholds"] = thresholds + np.float32(options.stricter)
    target = ASSETS / f"{options.language}.npz"
    np.savez_compressed(target, **arrays)  # type: ignore[arg-type]
    print(f"{target.name}: {target.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
