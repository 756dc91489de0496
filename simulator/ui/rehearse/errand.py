"""Work sent to another thread by a page that may be gone before it is done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import shiboken6
from PySide6.QtCore import QCoreApplication, QObject

from simulator.domain.errors import SimulatorError
from simulator.ui.bridge import Task


def _forget(_result: object) -> None:
    return None


class Errand:
    """Runs `work`; `then` gets its result and `trouble` a SimulatorError, on the GUI thread, while `owner` lives.

    The task belongs to nobody until its news has arrived: a thread must never speak through an object that is
    being deleted. `abandon` makes it silent; `late` then gets what it still brings.
    """

    def __init__(
        self,
        owner: QObject,
        work: Callable[[], Any],
        then: Callable[[Any], None] = _forget,
        trouble: Callable[[SimulatorError], None] = _forget,
        late: Callable[[Any], None] = _forget,
    ) -> None:
        self._owner = owner
        self._then = then
        self._trouble = trouble
        self._late = late
        self._wanted = True
        self._task: Task | None = Task(lambda _report: work())
        # A bound method would be held weakly: the functions keep the errand until its news has arrived.
        self._task.finished.connect(lambda result: self._on_finished(result))
        self._task.failed.connect(lambda error: self._on_failed(error))
        self._task.broke.connect(lambda error: self._on_broke(error))
        self._task.start()

    @property
    def done(self) -> bool:
        return self._task is None

    def abandon(self) -> None:
        self._wanted = False

    def _on_finished(self, result: object) -> None:
        self._end()
        if self._wanted and shiboken6.isValid(self._owner):
            self._then(result)
        else:
            self._late(result)

    def _on_failed(self, error: SimulatorError) -> None:
        self._end()
        if self._wanted and shiboken6.isValid(self._owner):
            self._trouble(error)

    def _on_broke(self, _error: Exception) -> None:
        self._on_failed(
            SimulatorError(
                QCoreApplication.translate("Errand", "This did not work."),
                QCoreApplication.translate("Errand", "What was recorded may be missing or damaged."),
            )
        )

    def _end(self) -> None:
        if self._task is not None:
            self._task.deleteLater()
            self._task = None
