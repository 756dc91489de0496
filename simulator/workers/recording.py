"""Recording on a thread of its own: both tracks of the session, on one time line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from simulator.domain.errors import SimulatorError
from simulator.ports import CAPTURE_RATE_HZ, Clip, Recordings, RecordingSink
from simulator.workers.events import CallEvent, RecordingFailed, SessionBlock, WorkerBroke
from simulator.workers.queue_worker import QueueWorker

QUEUE_ITEMS = 4_000
TRAINEE = "trainee"
CUSTOMER = "customer"


@dataclass(frozen=True, slots=True)
class LineHeard:
    """A line of the customer as it was heard: its sound, placed at the session time when it left the headphones."""

    clip: Clip
    start_s: float


@dataclass(frozen=True, slots=True)
class TryAgain:
    """There may be room on the disk again."""


RecordingItem = SessionBlock | LineHeard | TryAgain


class RecordingWorker(QueueWorker[RecordingItem]):
    """Writes what the microphone gave and what the customer said. After a failure it tells so once and waits for
    `TryAgain`; what was missed meanwhile is silence in the track, so that times stay true."""

    def __init__(self, recordings: Recordings, session_id: str, tell: Callable[[CallEvent], None]) -> None:
        super().__init__("recording", QUEUE_ITEMS)
        self._recordings = recordings
        self._session_id = session_id
        self._tell = tell
        self._sinks: dict[str, RecordingSink] = {}
        self._ends: dict[str, int] = {TRAINEE: 0, CUSTOMER: 0}
        self._failed = False
        self.finished: dict[str, Path] = {}
        self.trouble: str | None = None

    def handle(self, item: RecordingItem) -> None:
        match item:
            case TryAgain():
                self._failed = False
            case _ if self._failed:
                pass
            case SessionBlock(samples, first_sample):
                self._write(TRAINEE, Clip(samples, CAPTURE_RATE_HZ), first_sample)
            case LineHeard(clip, start_s):
                self._write(CUSTOMER, clip, round(start_s * CAPTURE_RATE_HZ))

    def let_go(self) -> None:
        """Make the lasting files. A track that cannot be finished keeps its working file, mended at the next start."""
        longest = max(self._ends.values())
        for track, sink in self._sinks.items():
            try:
                missing = longest - self._ends[track]
                if missing > 0 and not self._failed:
                    sink.write(np.zeros(missing, np.float32))
                self.finished[track] = sink.finish()
            except SimulatorError as error:
                self.trouble = str(error)

    def broke(self) -> None:
        self._tell(WorkerBroke("recording"))

    def _write(self, track: str, clip: Clip, first_sample: int) -> None:
        try:
            sink = self._sinks.get(track)
            if sink is None:
                sink = self._sinks[track] = self._recordings.start(self._session_id, track)
            self._ends[track] = sink.write_at(clip, first_sample)
        except SimulatorError as error:
            self._failed = True
            self._tell(RecordingFailed(str(error)))
