"""The level of the microphone while a page is open, from the audio thread to the window."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable
from typing import Any

import numpy as np
from PySide6.QtCore import QObject, Qt, QThreadPool, Signal

from simulator.domain.errors import SimulatorError
from simulator.ports import Block, InputStream, Microphone
from simulator.practice.services import Services
from simulator.ui.bridge import Courier, Task

SILENCE_DBFS = -90.0
_LEVEL = "level"
_LOST = "lost"


def block_dbfs(block: Block) -> float:
    """Root mean square of a block in dB relative to full scale, never below -90."""
    if not len(block.samples):
        return SILENCE_DBFS
    power = float(np.mean(np.square(block.samples, dtype=np.float64)))
    return max(SILENCE_DBFS, 10.0 * math.log10(power)) if power > 0.0 else SILENCE_DBFS


class _Listening:
    """One stream from its opening to its end, whichever thread comes first: a stream that is opened after `end` is
    closed at once, so that no microphone stays open behind a page that has gone."""

    def __init__(self, courier: Courier) -> None:
        self._lock = threading.Lock()
        self._stream: InputStream | None = None
        self._ended = False
        self._courier = courier  # a signal alone would not keep its object alive

    def open(self, microphone: Microphone, device: str | None) -> None:
        stream = microphone.open(device, self._hear, self._lose)
        with self._lock:
            if not self._ended:
                self._stream = stream
                return
        stream.close()

    def end(self) -> None:
        """From now on nothing is said; `close` follows on the headset's own thread."""
        with self._lock:
            self._ended = True

    def close(self) -> None:
        with self._lock:
            stream, self._stream = self._stream, None
        if stream is not None:
            stream.close()

    def _hear(self, block: Block) -> None:
        if not self._ended:
            self._courier.said.emit(_LEVEL, block_dbfs(block))

    def _lose(self, reason: str) -> None:
        if not self._ended:
            self._courier.said.emit(_LOST, reason)


class MicrophoneWatch(QObject):
    """Opens and closes the microphone away from the GUI thread; the newest `start` or `stop` wins."""

    level_moved = Signal(float)
    opened = Signal()
    failed = Signal(object)
    broke = Signal(object)

    def __init__(self, services: Services, lane: QThreadPool, parent: QObject | None = None) -> None:
        """`lane` is a pool of one thread, shared with everything else that touches the headset."""
        super().__init__(parent)
        self._microphone = services.microphone
        self._lane = lane
        self._now: _Listening | None = None
        self._open = False
        self._tasks: list[Task] = []

    @property
    def listening(self) -> bool:
        return self._open

    def start(self, device: str | None) -> None:
        """Listen to a microphone by its key; None: the system's default."""
        self.stop()
        courier = Courier()
        listening = _Listening(courier)
        courier.said.connect(
            lambda kind, what: self._on_news(listening, kind, what), Qt.ConnectionType.QueuedConnection
        )
        self._now = listening
        self._run(lambda _tell: listening.open(self._microphone, device), lambda _done: self._on_open(listening))

    def stop(self) -> None:
        if self._now is not None:
            ended, self._now = self._now, None
            ended.end()
            self._run(lambda _tell: ended.close(), lambda _done: None)
        self._open = False

    def _run(self, work: Callable[[Any], Any], then: Callable[[Any], None]) -> None:
        task = Task(work, self)
        self._tasks.append(task)
        task.finished.connect(then)
        task.failed.connect(self.failed)
        task.broke.connect(self.broke)
        for over in (task.finished, task.failed, task.broke):
            over.connect(lambda _result: self._tasks.remove(task))
        task.start(self._lane)

    def _on_open(self, listening: _Listening) -> None:
        if listening is self._now:
            self._open = True
            self.opened.emit()

    def _on_news(self, listening: _Listening, kind: str, what: Any) -> None:
        if listening is not self._now:
            return
        if kind == _LEVEL:
            self.level_moved.emit(what)
        else:
            self.stop()
            self.failed.emit(SimulatorError(what, self.tr("Plug it in again, then press “Look again”.")))
