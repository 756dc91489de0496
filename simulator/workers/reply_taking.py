"""The takes of one turn put together: what was said during the line, and the reply itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from simulator.acoustics.measure import turn_taking
from simulator.domain.measures import VoiceMeasures
from simulator.domain.reply import Reply
from simulator.domain.turn import CustomerTurn, Span
from simulator.domain.utterance import Utterance, Word, WordSource

# Half a second before the speech and the silence that ended it are in a take too.
LONG_TAKE_S = 2.2


@dataclass(frozen=True, slots=True)
class Take:
    """One stretch of listening that ended. Times inside count from `origin_s`, session seconds."""

    utterance: Utterance | None
    voice: VoiceMeasures | None
    origin_s: float

    @property
    def words(self) -> tuple[Word, ...]:
        """With their times on the session's time line."""
        if self.utterance is None:
            return ()
        return tuple(
            replace(word, span=word.span.shifted(self.origin_s)) if word.span is not None else word
            for word in self.utterance.words
        )

    @property
    def speech(self) -> tuple[Span, ...]:
        return tuple(span.shifted(self.origin_s) for span in self.voice.speech) if self.voice is not None else ()

    @property
    def was_long(self) -> bool:
        """Too long for a click or a cough: who spoke so long wants an answer, even if nothing could be made out."""
        return self.voice is not None and self.voice.duration_s >= LONG_TAKE_S


@dataclass(slots=True)
class TurnTakes:
    """Numbers the takes of a call and keeps those of the present turn. `open` is the take being listened to,
    `ending` the one whose reply is being worked out."""

    open: int | None = None
    ending: int | None = None
    asked_for: bool = False
    _last: int = 0
    _words: dict[int, Utterance | None] = field(default_factory=dict)
    _aside: set[int] = field(default_factory=set)
    _early: list[Take] = field(default_factory=list)

    def new_turn(self) -> None:
        self.open = self.ending = None
        self._words.clear()
        self._aside.clear()
        self._early.clear()

    def begin(self) -> int:
        self._last += 1
        self.open = self._last
        return self._last

    def set_aside(self) -> int | None:
        """End the open take as a listening signal."""
        take, self.open = self.open, None
        if take is not None:
            self._aside.add(take)
        return take

    def end(self, asked_for: bool) -> int | None:
        """End the open take as the reply; `asked_for`: the trainee said that it is over."""
        self.ending, self.open, self.asked_for = self.open, None, asked_for
        return self.ending

    def words_done(self, take: int, utterance: Utterance | None) -> bool:
        """Whether this take belongs to the turn, so that its measures are wanted."""
        if take != self.ending and take not in self._aside:
            return False
        self._words[take] = utterance
        return True

    def voice_done(self, number: int, voice: VoiceMeasures | None, origin_s: float) -> Take | None:
        """The reply's take once it is complete; None for any other."""
        take = Take(self._words.pop(number, None), voice, origin_s)
        if number in self._aside:
            self._aside.discard(number)
            self._early.append(take)
            return None
        if number != self.ending:
            return None
        self.ending = None
        return take

    def reply(self, take: Take, customer: CustomerTurn) -> Reply:
        """The reply on the session's time line, with how it met the customer's line."""
        speech = [span for early in self._early for span in early.speech] + list(take.speech)
        words = [word for early in self._early for word in early.words] + list(take.words)
        span = _span(take.speech, words, take.origin_s)
        voice = take.voice
        if voice is not None:
            pauses = tuple(pause.shifted(take.origin_s) for pause in voice.pauses)
            voice = replace(voice, speech=take.speech, pauses=pauses)
        return Reply(
            span=span,
            utterance=_joined(take.utterance, words),
            voice=voice,
            timing=turn_taking(speech, customer, span.end_s, words),
        )


def typed_reply(text: str) -> Reply:
    """A reply by keyboard: words without times, no voice, no timing."""
    words = tuple(Word(word) for word in text.split())
    return Reply(None, Utterance(words, "none", WordSource.TYPED, verbatim=text), None, None)


def _span(speech: Sequence[Span], words: Sequence[Word], origin_s: float) -> Span:
    spans = list(speech) or [word.span for word in words if word.span is not None]
    if not spans:
        return Span(origin_s, origin_s)
    return Span(min(s.start_s for s in spans), max(s.end_s for s in spans))


def _joined(utterance: Utterance | None, words: Sequence[Word]) -> Utterance | None:
    if utterance is None:
        return None
    known = [word.confidence for word in words if word.confidence is not None]
    return replace(utterance, words=tuple(words), confidence=sum(known) / len(known) if known else utterance.confidence)
