"""What was recognised in a reply, with how sure the recogniser is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from simulator.domain.turn import Span

CONFIDENT_WORD = 0.6


class WordSource(StrEnum):
    """Where the words come from; anything but `HEARD` stays marked for the coach."""

    HEARD = "heard"
    TYPED = "typed"
    CORRECTED = "corrected"


@dataclass(frozen=True, slots=True)
class Word:
    """One word; `span` and `confidence` (0 to 1) are None where they are not known (typed words)."""

    text: str
    span: Span | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Utterance:
    """The words of one reply in order.

    `recogniser` is "vosk", "pocketsphinx", "scripted" or "none"; `confidence` is the mean over words,
    None where it is not known. `writes_fillers` says whether this recogniser writes um and uh at all:
    where it does not, fillers cannot be known.
    """

    words: tuple[Word, ...]
    recogniser: str
    source: WordSource = WordSource.HEARD
    confidence: float | None = None
    writes_fillers: bool = False
    verbatim: str | None = None

    @property
    def text(self) -> str:
        """The reply as one string: `verbatim` (typed, with case and punctuation) or the words joined by spaces."""
        return self.verbatim if self.verbatim is not None else " ".join(word.text for word in self.words)

    def span_of(self, start: int, end: int) -> Span | None:
        """The time of the characters [start, end) of `text`; None where the words carry no times."""
        if self.verbatim is not None:
            return None
        touched: list[Span] = []
        at = 0
        for word in self.words:
            if at < end and at + len(word.text) > start and word.span is not None:
                touched.append(word.span)
            at += len(word.text) + 1
        return Span(touched[0].start_s, touched[-1].end_s) if touched else None

    def confidence_of(self, start: int, end: int) -> float | None:
        """The mean confidence of the words touched by the characters [start, end) of `text`; None where unknown."""
        if self.verbatim is not None:
            return None
        sure: list[float] = []
        at = 0
        for word in self.words:
            if at < end and at + len(word.text) > start and word.confidence is not None:
                sure.append(word.confidence)
            at += len(word.text) + 1
        return sum(sure) / len(sure) if sure else None
