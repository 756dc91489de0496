"""The level of the microphone while a page is open, from the audio thread to the window."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from PySide6.QtCore import QObject, Qt, QThreadPool, Signal, Slot

from simulator.domain.errors import SimulatorError
from simulator.ports import Block, InputStream
from simulator.practice.services import Services
from simulator.ui.bridge import Task

SILENCE_DBFS = -90.0


def block_dbfs(block: Block) -> float:
    """Root mean square of a block in dB relative to full scale, never below -90."""
    if not len(block.samples):
        return SILENCE_DBFS
    power = float(np.mean(np.square(block.samples, dtype=np.float64)))
    return max(SILENCE_DBFS, 10.0 * math.log10(power)) if power > 0.0 else SILENCE_DBFS


class MicrophoneWatch(QObject):
    """Opens and closes the microphone away from the GUI thread; the newest `start` or `stop` wins."""

    level_moved = Signal(float)
    opened = Signal()
    failed = Signal(object)
    lost = Signal(str)
    broke = Signal(object)

    _level = Signal(int, float)
    _gone = Signal(int, str)

    def __init__(self, services: Services, lane: QThreadPool, parent: QObject | None = None) -> None:
        """`lane` is a pool of one thread, shared with everything else that touches the headset."""
        super().__init__(parent)
        self._services = services
        self._lane = lane
        self._turn = 0
        self._stream: InputStream | None = None
        self._tasks: list[Task] = []
        self._level.connect(self._on_level, Qt.ConnectionType.QueuedConnection)
        self._gone.connect(self._on_gone, Qt.ConnectionType.QueuedConnection)

    def start(self, device: str | None) -> None:
        """Listen to a microphone by its key; None: the system's default."""
        self.stop()
        turn = self._turn
        open_stream = self._services.microphone.open

        def work(_tell: object) -> InputStream:
            return open_stream(device, lambda block: self._say(turn, block), lambda why: self._say_gone(turn, why))

        self._run(work, lambda stream: self._on_open(turn, stream))

    def stop(self) -> None:
        self._turn += 1
        if self._stream is not None:
            stream, self._stream = self._stream, None
            self._run(lambda _tell: stream.close(), lambda _done: None)

    @property
    def listening(self) -> bool:
        return self._stream is not None

    def _run(self, work: Callable[[Any], Any], then: Callable[[Any], None]) -> None:
        task = Task(work, self)
        self._tasks.append(task)
        task.finished.connect(then)
        task.failed.connect(self.failed)
        task.broke.connect(self.broke)
        for over in (task.finished, task.failed, task.broke):
            over.connect(lambda _result: self._tasks.remove(task))
        task.start(self._lane)

    def _on_open(self, turn: int, stream: InputStream) -> None:
        if turn != self._turn:
            self._run(lambda _tell: stream.close(), lambda _done: None)
            return
        self._stream = stream
        self.opened.emit()

    def _say(self, turn: int, block: Block) -> None:
        try:
            self._level.emit(turn, block_dbfs(block))
        except RuntimeError:  # the page has gone; the stream is about to be closed
            return

    def _say_gone(self, turn: int, why: str) -> None:
        try:
            self._gone.emit(turn, why)
        except RuntimeError:
            return

    @Slot(int, float)
    def _on_level(self, turn: int, level_dbfs: float) -> None:
        if turn == self._turn:
            self.level_moved.emit(level_dbfs)

    @Slot(int, str)
    def _on_gone(self, turn: int, why: str) -> None:
        if turn == self._turn:
            self.stop()
            self.failed.emit(SimulatorError(why, self.tr("Plug it in again, then press “Look again”.")))
