"""The synthetic trainee of the demo: what it says, and the recogniser that knows it."""

from __future__ import annotations

import threading
from collections.abc import Sequence

from simulator.domain.scenario import Scenario
from simulator.domain.turn import Span
from simulator.domain.utterance import Utterance, Word
from simulator.ports import CAPTURE_RATE_HZ, Clip, Samples, Voice

SENTENCES_A_REPLY = 3


class WellWordedReplies:
    """Replies in the words of the scenario's own examples, in the order that the beat asks for; each said once
    before any is said again."""

    def __init__(self, scenario: Scenario) -> None:
        self._scenario = scenario
        self._said: set[str] = set()

    def reply_to(self, beat_id: str) -> str:
        expected = self._scenario.beat(beat_id).expects
        fitting = [w.text for technique in expected for w in self._scenario.better_wordings if w.technique == technique]
        others = [w.text for w in self._scenario.better_wordings]
        choices = (self._unsaid(fitting), fitting, self._unsaid(others), others)
        chosen = next((texts for texts in choices if texts), [])[:SENTENCES_A_REPLY]
        self._said.update(chosen)
        return " ".join(chosen)

    def _unsaid(self, texts: list[str]) -> list[str]:
        return [text for text in dict.fromkeys(texts) if text not in self._said]


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


class SharedVoice:
    """Fulfils `ports.Voice` for customer and trainee together: one utterance at a time."""

    def __init__(self, voice: Voice) -> None:
        self._voice = voice
        self._lock = threading.Lock()

    def render(self, voice: str, text: str, temper: float) -> Clip:
        with self._lock:
            return self._voice.render(voice, text, temper)

    def close(self) -> None:
        self._voice.close()
