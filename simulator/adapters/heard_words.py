"""What the recognisers share: samples as they want them, and words put together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

import numpy as np
from numpy.typing import NDArray

from simulator.domain.turn import Span
from simulator.domain.utterance import Word
from simulator.ports import Samples

REMEDY_FOR_MODELS = "Install one with: unruffled models install en."
_WRITTEN_OUT = {"mr": "mister", "ms": "miss", "mrs": "missus", "dr": "doctor"}
_TITLES = frozenset(
    "mister miss missus doctor pan pani panie пан пані пане добродію úr asszony".split()  # noqa: SIM905  a word list
)
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")


def as_int16(samples: Samples) -> NDArray[np.int16]:
    """Float32 in [-1, 1], shape (n,), as 16-bit; what lies outside is clipped, what is not a number is silence."""
    whole = np.nan_to_num(samples, nan=0.0, posinf=1.0, neginf=-1.0)
    return np.asarray(np.clip(np.rint(whole * 32767.0), -32768, 32767), dtype=np.int16)


def mean_confidence(words: Sequence[Word]) -> float | None:
    """The mean over the words that have one; None where none has."""
    known = [word.confidence for word in words if word.confidence is not None]
    return float(np.mean(known)) if known else None


def spoken(text: str) -> str:
    """Lower case, letters and apostrophes only, titles written out: "Ms. Novak" is "miss novak"."""
    words = _WORD.findall(text.lower().replace("’", "'"))
    return " ".join(_WRITTEN_OUT.get(word, word) for word in words)


def name_phrases(phrases: Iterable[str]) -> list[str]:
    """Those that are a title with a name ("Ms Novak"), as spoken, each once: bare names give many false alarms."""
    found = dict.fromkeys(spoken(phrase) for phrase in phrases)
    return [phrase for phrase in found if 2 <= len(phrase.split()) <= 4 and not _TITLES.isdisjoint(phrase.split())]


def whole_names(heard: Sequence[Word], names: Sequence[str], words: Sequence[Word]) -> list[Word]:
    """Of the words heard by a grammar of `names`, those that make up a whole name that can be believed.

    A grammar with nothing else to choose hears names everywhere: so a name counts only where it is long enough to be
    said (0.03 s a letter) and where the free pass (`words`) heard something like it.
    """
    found: list[Word] = []
    for name in names:
        parts = name.split()
        for at in range(len(heard) - len(parts) + 1):
            run = heard[at : at + len(parts)]
            if [word.text for word in run] == parts and _believable(run, words):
                found += run
    return found


def _believable(run: Sequence[Word], words: Sequence[Word]) -> bool:
    spans = [word.span for word in run if word.span is not None]
    if len(spans) < len(run):
        return False
    span = Span(spans[0].start_s, spans[-1].end_s)
    name = "".join(word.text for word in run)
    under = "".join(
        word.text for word in words if word.span is not None and word.span.overlap_s(span) > word.span.duration_s / 2
    )
    return span.duration_s >= 0.03 * len(name) and SequenceMatcher(None, name, under).ratio() >= 0.5


def replace_spans(words: Sequence[Word], better: Sequence[Word]) -> list[Word]:
    """`words` with the words of `better` in the place of those that lie mostly (by more than half) under them; what
    sticks out of the others is cut, so that no two words share time."""
    runs = _runs(better)
    kept = []
    for word in words:
        span = word.span
        if span is not None and any(span.overlap_s(run) > span.duration_s / 2 for run in runs):
            continue
        kept.append(word if span is None else replace(word, span=_clear_of(span, runs)))
    return sorted([*kept, *better], key=lambda word: word.span.start_s if word.span else 0.0)


def _clear_of(span: Span, runs: Sequence[Span]) -> Span:
    for run in runs:
        if span.overlap_s(run) > 0:
            before = span.start_s < run.start_s
            span = Span(span.start_s, run.start_s) if before else Span(run.end_s, max(run.end_s, span.end_s))
    return span


def _runs(words: Sequence[Word]) -> list[Span]:
    """Neighbouring words as one stretch, so that what was heard across them goes too."""
    runs: list[Span] = []
    for word in words:
        if word.span is None:
            continue
        if runs and word.span.start_s - runs[-1].end_s < 0.2:
            runs[-1] = Span(runs[-1].start_s, word.span.end_s)
        else:
            runs.append(word.span)
    return runs
