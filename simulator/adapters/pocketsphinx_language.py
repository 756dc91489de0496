"""The language model for basic recognition: the wheel's English, bent towards what is said in these calls."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

import numpy as np
import pocketsphinx
from numpy.typing import NDArray

from simulator.adapters.sphinx_trie import Floats, Ints, Trigrams, read_trigrams, write_trigrams

# Fewer words are faster and are mistaken for each other less: these are 97 % of running English.
COMMON_WORDS = 10_000
DOMAIN_SHARE = 0.5
MIX_WITHIN_S = 120.0
_DISCOUNT = 0.7
_FEW = 2.0
_VERSION = "1"
_WORD = re.compile(r"[a-z]+(?:'[a-z]+)*")
_START, _END = "<s>", "</s>"


def mixed_language_model(sentences: Sequence[str], folder: Path) -> Path | None:
    """The file for `PocketSphinxRecogniser`, made once for these sentences and kept in `folder` under their hash
    (about 3 s, then nothing); files of other sentences are removed. None where it cannot be written: recognition
    then uses the wheel's own model.
    """
    key = hashlib.sha256("\n".join([_VERSION, str(COMMON_WORDS), *sentences]).encode()).hexdigest()[:16]
    path = folder / f"english-{key}.lm.bin"
    if path.is_file():
        return path
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # In a child process: mixing takes 370 MB, which would stay with the program for good.
        made = subprocess.run(  # noqa: S603  our own program
            [*child_command(), os.fspath(path)],
            input=json.dumps(list(sentences)),
            encoding="utf-8",
            stderr=subprocess.DEVNULL,
            check=False,
            timeout=MIX_WITHIN_S,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    if made.returncode != 0 or not path.is_file():
        return None
    for old in folder.glob("english-*.lm.bin"):
        if old != path:
            with suppress(OSError):
                old.unlink()
    return path


def child_command() -> tuple[str, ...]:
    """How to start the child: this Python, or the frozen program with `--language-child`."""
    if getattr(sys, "frozen", False):
        return (sys.executable, "--language-child")
    return (sys.executable, "-m", "simulator.adapters.pocketsphinx_language")


def main() -> int:
    """The child: a JSON list of sentences on standard input, the model into the file named last; 1 where that fails."""
    path = Path(sys.argv[-1])
    sentences: list[str] = json.load(sys.stdin)
    base_file = Path(pocketsphinx.get_model_path("en-us/en-us.lm.bin"))
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        write_trigrams(mix(read_trigrams(base_file), [words_in(text) for text in sentences]), part)
        part.replace(path)
    except (OSError, ValueError):
        return 1
    return 0


def words_in(text: str) -> list[str]:
    """Lower-case words as the dictionary writes them; what is no letter or apostrophe separates."""
    return _WORD.findall(text.lower().replace("’", "'"))


def mix(base: Trigrams, sentences: Iterable[Sequence[str]]) -> Trigrams:
    """Linear interpolation of `base`, cut to its common words and those of `sentences` that it knows, with a model
    of the sentences (trigrams, absolute discounting). The share of the sentences grows with how often they have the
    words before: where they never do, the base stays as it is. Back-off weights are made anew, so that the
    probabilities after any words sum to 1.
    """
    known = set(base.words)
    runs = [[_START, *(w for w in sentence if w in known), _END] for sentence in sentences]
    kept = _vocabulary(base, {word for run in runs for word in run})
    small = _restricted(base, kept)
    del base  # 100 MB that would stay until the end
    number = {word: n for n, word in enumerate(small.words)}
    domain = _Domain([[number[word] for word in run] for run in runs], len(small.words))
    return _Mixture(small, domain, number[_START]).model()


def _vocabulary(base: Trigrams, wanted: set[str]) -> Ints:
    common = np.argsort(-base.one_prob, kind="stable")[:COMMON_WORDS]
    also = [n for n, word in enumerate(base.words) if word in wanted or word in (_START, _END)]
    return np.union1d(common, np.array(also, dtype=np.int64))


def _restricted(base: Trigrams, kept: Ints) -> Trigrams:
    new = np.full(len(base.words), -1, dtype=np.int64)
    new[kept] = np.arange(len(kept))
    twos = (new[base.two_word] >= 0) & (new[base.two_before] >= 0)
    two_number = np.cumsum(twos) - 1
    threes = twos[base.three_two] & (new[base.three_before2] >= 0)
    return Trigrams(
        words=tuple(base.words[n] for n in kept),
        one_prob=base.one_prob[kept],
        one_backoff=base.one_backoff[kept],
        two_word=new[base.two_word[twos]],
        two_before=new[base.two_before[twos]],
        two_prob=base.two_prob[twos],
        two_backoff=base.two_backoff[twos],
        three_two=two_number[base.three_two[threes]],
        three_before2=new[base.three_before2[threes]],
        three_prob=base.three_prob[threes],
    )


class _Domain:
    """The sentences' own model: interpolated absolute discounting over counts of one, two and three words.

    Keys are one number for some words: word * size + before, and before * size + before2 for the words before.
    """

    def __init__(self, runs: Sequence[Sequence[int]], size: int) -> None:
        counts = np.zeros(size)
        for run in runs:
            np.add.at(counts, run[1:], 1.0)
        self.one_prob: Floats = counts / max(1.0, counts.sum())
        self.two_keys, self.two_counts = _counted(w * size + b for run in runs for b, w in pairwise(run))
        self.after_one = np.bincount(self.two_keys % size, self.two_counts, size)
        self._left_one = _DISCOUNT * np.bincount(self.two_keys % size, minlength=size) / np.maximum(1, self.after_one)
        threes = Counter((w * size + b, b * size + a) for run in runs for a, b, w in zip(run, run[1:], run[2:]))  # noqa: B905
        self.three_two = np.array([two for two, _ in threes], dtype=np.int64)
        self.three_history = np.array([history for _, history in threes], dtype=np.int64)
        self.three_counts = np.array(list(threes.values()), dtype=np.float64)
        self.histories, which = np.unique(self.three_history, return_inverse=True)
        self.after_two: Floats = np.bincount(which, self.three_counts, len(self.histories)).astype(np.float64)
        self.left_two: Floats = (
            _DISCOUNT * np.bincount(which, minlength=len(self.histories)) / np.maximum(1, self.after_two)
        )
        self._size = size

    def prob_two(self, keys: Ints) -> Floats:
        """Probability of each bigram, listed or not; what is never seen before anything has the unigram's."""
        word, before = keys // self._size, keys % self._size
        total = self.after_one[before]
        seen = np.maximum(0.0, _looked_up(self.two_keys, self.two_counts, keys) - _DISCOUNT)
        left = np.where(total > 0, self._left_one[before], 1.0)
        return np.asarray(seen / np.maximum(1.0, total) + left * self.one_prob[word])


class _Mixture:
    """The union of both models' n-grams with mixed probabilities; arrays as in `Trigrams`."""

    def __init__(self, base: Trigrams, domain: _Domain, start: int) -> None:
        self._base, self._domain, self._start = base, domain, start
        self._size = len(base.words)
        self._base_one = np.exp(base.one_prob)
        self._base_one[start] = 0.0
        self._base_one /= self._base_one.sum()
        self._base_keys = base.two_word * self._size + base.two_before

    def model(self) -> Trigrams:
        base, size = self._base, self._size
        one = (1 - DOMAIN_SHARE) * self._base_one + DOMAIN_SHARE * self._domain.one_prob
        keys, two, domain_two = self._twos()
        word, before = keys // size, keys % size
        one_backoff = _backoff(before, two, one[word], size)
        three_two, before2, three = self._threes(keys, domain_two)
        # The words before a trigram's last are themselves a bigram: its back-off is made from what follows them.
        history = np.searchsorted(keys, before[three_two] * size + before2)
        two_backoff = _backoff(history, three, two[three_two], len(two))
        one_prob = np.log(np.maximum(one, 1e-12))
        one_prob[self._start] = base.one_prob[self._start]
        parts = (one_prob, one_backoff, word, before, np.log(two), two_backoff, three_two, before2, np.log(three))
        return Trigrams(base.words, *parts)

    def _twos(self) -> tuple[Ints, Floats, Floats]:
        """Keys of all bigrams, sorted, their mixed probabilities, and those in the sentences alone."""
        new = self._domain.two_keys[~_listed(self._base_keys, self._domain.two_keys)]
        keys = np.concatenate([self._base_keys, new])
        prob = np.concatenate([np.exp(self._base.two_prob), self._base_backed_off_two(new)])
        order = np.argsort(keys, kind="stable")
        keys, prob = keys[order], prob[order]
        share = _share(self._domain.after_one[keys % self._size])
        domain = self._domain.prob_two(keys)
        return keys, np.clip((1 - share) * prob + share * domain, 1e-12, 1.0), domain

    def _threes(self, two_keys: Ints, domain_two: Floats) -> tuple[Ints, Ints, Floats]:
        """For all trigrams the bigram they hang under, the word two before, and the mixed probability; sorted."""
        base, domain, size = self._base, self._domain, self._size
        keys = np.searchsorted(two_keys, self._base_keys)[base.three_two] * size + base.three_before2
        domain_keys = np.searchsorted(two_keys, domain.three_two) * size + domain.three_history % size
        is_new = ~_listed(keys, domain_keys)
        backed_off = self._base_backed_off_three(domain.three_two[is_new], domain.three_history[is_new])
        prob = np.concatenate([np.exp(base.three_prob), backed_off])
        keys = np.concatenate([keys, domain_keys[is_new]])
        order = np.argsort(keys, kind="stable")
        keys, prob = keys[order], prob[order]
        under, before2 = keys // size, keys % size
        history = two_keys[under] % size * size + before2
        total = _looked_up(domain.histories, domain.after_two, history)
        by_key = np.argsort(domain_keys)
        seen = np.maximum(0.0, _looked_up(domain_keys[by_key], domain.three_counts[by_key], keys) - _DISCOUNT)
        left = _looked_up(domain.histories, domain.left_two, history)
        of_domain = seen / np.maximum(1.0, total) + left * domain_two[under]
        share = _share(total)
        return under, before2, np.clip((1 - share) * prob + share * of_domain, 1e-12, 1.0)

    def _base_backed_off_two(self, keys: Ints) -> Floats:
        """What the base gives bigrams that it does not list."""
        backoff = np.exp(self._base.one_backoff[keys % self._size])
        return np.asarray(backoff * self._base_one[keys // self._size])

    def _base_backed_off_three(self, two_keys: Ints, histories: Ints) -> Floats:
        """The same for trigrams: the bigram's probability, and the back-off of the two words before where listed."""
        listed = _looked_up(self._base_keys, np.exp(self._base.two_prob), two_keys)
        lower = np.where(listed > 0, listed, self._base_backed_off_two(two_keys))
        weight = _looked_up(self._base_keys, np.exp(self._base.two_backoff), histories)
        return np.asarray(lower * np.where(weight > 0, weight, 1.0))


def _share(count: Floats) -> Floats:
    return DOMAIN_SHARE * count / (count + _FEW)


def _counted(keys: Iterable[int]) -> tuple[Ints, Floats]:
    found, counts = np.unique(np.fromiter(keys, dtype=np.int64), return_counts=True)
    return found, counts.astype(np.float64)


def _listed(sorted_keys: Ints, keys: Ints) -> NDArray[np.bool_]:
    return np.asarray(_looked_up(sorted_keys, np.ones(len(sorted_keys)), keys) > 0)


def _looked_up(sorted_keys: Ints, values: Floats, keys: Ints) -> Floats:
    """The value of each key, 0 where it is not there."""
    if len(sorted_keys) == 0:
        return np.zeros(len(keys))
    at = np.minimum(np.searchsorted(sorted_keys, keys), len(sorted_keys) - 1)
    return np.asarray(np.where(sorted_keys[at] == keys, values[at], 0.0))


def _backoff(history: Ints, prob: Floats, lower: Floats, size: int) -> Floats:
    """Logarithms of the weights that make what follows each of `size` histories sum to 1; 0 where nothing is listed."""
    listed = np.bincount(history, prob, size)
    below = np.bincount(history, lower, size)
    weight = np.maximum(1e-4, 1 - listed) / np.maximum(1e-4, 1 - below)
    return np.asarray(np.where(listed > 0, np.log(weight), 0.0))


if __name__ == "__main__":
    sys.exit(main())
