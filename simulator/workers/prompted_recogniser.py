"""The recogniser of the demo, which knows what its synthetic trainee says."""

from __future__ import annotations

from collections.abc import Sequence

from simulator.domain.turn import Span
from simulator.domain.utterance import Utterance, Word
from simulator.ports import CAPTURE_RATE_HZ, Samples


class PromptedRecogniser:
    """Fulfils `ports.Recogniser` for a trainee whose words are known beforehand; `prompt` tells the next reply."""

    name = "scripted"
    label = "demo"

    def __init__(self) -> None:
        self._text = ""

    def prompt(self, text: str) -> None:
        self._text = text

    def begin_turn(self, phrases: Sequence[str] = ()) -> PromptedTurn:  # noqa: ARG002  the words are known already
        return PromptedTurn(self._text)


class PromptedTurn:
    """Gives the words one by one while sound comes in, spread over it by their length at the end."""

    WORD_S = 0.35

    def __init__(self, text: str) -> None:
        self._words = text.split()
        self._samples = 0

    def feed(self, samples: Samples) -> str:
        self._samples += len(samples)
        return " ".join(self._words[: int(self._samples / CAPTURE_RATE_HZ / self.WORD_S)])

    def finish(self) -> Utterance:
        duration_s = self._samples / CAPTURE_RATE_HZ
        letters = sum(map(len, self._words)) or 1
        words, before = [], 0
        for word in self._words:
            start_s = before / letters * duration_s
            before += len(word)
            words.append(Word(word, Span(start_s, before / letters * duration_s), 1.0))
        return Utterance(tuple(words), "scripted", confidence=1.0 if words else None)
