"""Recognisers without recognition: one hears what it was told (for tests and the demo), one hears nothing."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence

from simulator.domain.turn import Span
from simulator.domain.utterance import Utterance, Word
from simulator.ports import CAPTURE_RATE_HZ, Samples


class ScriptedRecogniser:
    """Gives the utterances in order, one a turn, their words spread over the sound by their length."""

    def __init__(self, utterances: Iterable[str], confidence: float | None = None) -> None:
        self._left = deque(utterances)
        self._confidence = confidence

    @property
    def name(self) -> str:
        return "scripted"

    @property
    def label(self) -> str:
        return "scripted replies"

    def begin_turn(self, phrases: Sequence[str] = ()) -> ScriptedTurn:  # noqa: ARG002  the script is fixed
        return ScriptedTurn(self._left.popleft().split() if self._left else [], self._confidence)


class ScriptedTurn:
    def __init__(self, words: Sequence[str], confidence: float | None) -> None:
        self._words = words
        self._confidence = confidence
        self._samples = 0

    def feed(self, samples: Samples) -> str:
        """One word more for every 0.3 s of sound."""
        self._samples += len(samples)
        return " ".join(self._words[: int(self._samples / CAPTURE_RATE_HZ / 0.3)])

    def finish(self) -> Utterance:
        spans = spread(self._words, self._samples / CAPTURE_RATE_HZ)
        words = tuple(Word(text, span, self._confidence) for text, span in zip(self._words, spans, strict=True))
        return Utterance(words, "scripted", confidence=self._confidence if words else None, writes_fillers=True)


class NoRecogniser:
    """`none`: the sound is measured, the words stay unknown."""

    @property
    def name(self) -> str:
        return "none"

    @property
    def label(self) -> str:
        return "no recognition"

    def begin_turn(self, phrases: Sequence[str] = ()) -> UnheardTurn:  # noqa: ARG002  there is nobody to listen
        return UnheardTurn()


class UnheardTurn:
    def feed(self, samples: Samples) -> str:  # noqa: ARG002  as above
        return ""

    def finish(self) -> Utterance:
        return Utterance((), "none")


def spread(words: Sequence[str], duration_s: float) -> list[Span]:
    """Spans that fill `duration_s`, each as long as its word's share of the letters."""
    letters = [len(word) for word in words]
    total = sum(letters) or 1
    spans: list[Span] = []
    at = 0
    for length in letters:
        spans.append(Span(at / total * duration_s, (at + length) / total * duration_s))
        at += length
    return spans
