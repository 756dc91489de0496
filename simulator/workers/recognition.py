"""Recognition on a thread of its own: recognisers' objects belong to one thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from simulator.domain.errors import SimulatorError
from simulator.ports import Recogniser, RecognitionTurn, Samples
from simulator.workers.events import CallEvent, WordsDone, WordsSoFar, WorkerBroke
from simulator.workers.queue_worker import QueueWorker

QUEUE_ITEMS = 2_000


@dataclass(frozen=True, slots=True)
class BeginWords:
    take: int


@dataclass(frozen=True, slots=True)
class Sound:
    take: int
    samples: Samples


@dataclass(frozen=True, slots=True)
class FinishWords:
    take: int


@dataclass(frozen=True, slots=True)
class DropWords:
    take: int


RecognitionItem = BeginWords | Sound | FinishWords | DropWords


class RecognitionWorker(QueueWorker[RecognitionItem]):
    """Recognises one take after the other; tells the words so far, and at the end the utterance.

    With the recogniser "none" every take ends with no utterance. An engine that fails gives a take without words
    rather than a call without an end.
    """

    def __init__(self, recogniser: Recogniser, phrases: Sequence[str], tell: Callable[[CallEvent], None]) -> None:
        super().__init__("recognition", QUEUE_ITEMS)
        self._recogniser = recogniser
        self._phrases = tuple(phrases)
        self._tell = tell
        self._turn: RecognitionTurn | None = None
        self._take = -1
        self._partial = ""

    def handle(self, item: RecognitionItem) -> None:
        match item:
            case BeginWords(take):
                self._take, self._partial = take, ""
                self._turn = None if self._recogniser.name == "none" else self._begin()
            case Sound(take, samples) if take == self._take and self._turn is not None:
                self._feed(self._turn, samples)
            case FinishWords(take) if take == self._take:
                turn, self._turn = self._turn, None
                self._tell(WordsDone(take, turn.finish() if turn is not None else None))
            case FinishWords(take):
                self._tell(WordsDone(take, None))
            case DropWords(take) if take == self._take:
                self._turn = None
            case _:
                pass

    def let_go(self) -> None:
        self._turn = None

    def broke(self) -> None:
        self._tell(WorkerBroke("recognition"))

    def _begin(self) -> RecognitionTurn | None:
        try:
            return self._recogniser.begin_turn(self._phrases)
        except SimulatorError:
            return None

    def _feed(self, turn: RecognitionTurn, samples: Samples) -> None:
        text = turn.feed(samples)
        if text != self._partial:
            self._partial = text
            self._tell(WordsSoFar(self._take, text))
