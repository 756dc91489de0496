"""Hearing a moment of the call again, without holding up the window."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from simulator import ports
from simulator.domain.errors import SimulatorError
from simulator.domain.turn import Span
from simulator.practice.services import Services
from simulator.ui.bridge import Task

TRAINEE_TRACK = "trainee"
CUSTOMER_TRACK = "customer"
_LOOK_AGAIN_MS = 100
_BEFORE_S = 0.15
_AFTER_S = 0.35


class MomentPlayer(QObject):
    """Plays one stretch at a time; asking for another stops the first. `failed` carries a SimulatorError."""

    started = Signal(object)
    stopped = Signal()
    failed = Signal(object)

    def __init__(self, services: Services, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._session_id: str | None = None
        self._playback: ports.Playback | None = None
        self._task: Task | None = None
        self._watch = QTimer(self)
        self._watch.setInterval(_LOOK_AGAIN_MS)
        self._watch.timeout.connect(self._look)

    def use_session(self, session_id: str | None) -> None:
        """Where the recordings are; None: nothing was saved, so there is nothing to hear."""
        self.stop()
        self._session_id = session_id

    @property
    def can_play(self) -> bool:
        return self._session_id is not None

    @property
    def playing(self) -> bool:
        return self._playback is not None or self._task is not None

    def play(self, track: str, span: Span) -> None:
        """Read the stretch on another thread, then play it on the headset in the settings."""
        if self._session_id is None:
            return
        self.stop()
        start_s, end_s = max(0.0, span.start_s - _BEFORE_S), span.end_s + _AFTER_S
        self._task = Task(partial(self._read_and_play, self._session_id, track, start_s, end_s), self)
        self._task.finished.connect(self._on_playing)
        self._task.failed.connect(self._on_failed)
        self._task.broke.connect(self._on_broke)
        self._task.start()

    def stop(self) -> None:
        self._watch.stop()
        if self._task is not None:
            self._give_up(self._task)
            self._task = None
        if self._playback is not None:
            self._playback.stop()
            self._playback = None
            self.stopped.emit()

    def _give_up(self, task: Task) -> None:
        """The task cannot be called back; what it starts to play is stopped at once."""
        task.finished.disconnect(self._on_playing)
        task.failed.disconnect(self._on_failed)
        task.broke.disconnect(self._on_broke)
        task.finished.connect(_stop_playback)
        for over in (task.finished, task.failed, task.broke):
            over.connect(task.deleteLater)

    def _read_and_play(
        self, session_id: str, track: str, start_s: float, end_s: float, _report: object
    ) -> ports.Playback:
        settings = self._services.settings.load()
        clip = self._services.recordings.read(session_id, track, start_s, end_s)
        return self._services.speaker.play(clip, settings.output_device, settings.customer_volume, _ignore_loss)

    def _on_playing(self, playback: ports.Playback) -> None:
        self._forget_task()
        self._playback = playback
        self._watch.start()
        self.started.emit(playback)

    def _on_failed(self, error: SimulatorError) -> None:
        self._forget_task()
        self.failed.emit(error)
        self.stopped.emit()

    def _on_broke(self, _error: Exception) -> None:
        self._on_failed(
            SimulatorError(
                self.tr("This moment cannot be played."), self.tr("Its recording may be missing or damaged.")
            )
        )

    def _forget_task(self) -> None:
        if self._task is not None:
            self._task.deleteLater()
            self._task = None

    def _look(self) -> None:
        if self._playback is not None and self._playback.finished:
            self.stop()


def _ignore_loss(_reason: str) -> None:
    """The playback then reports itself finished; a replay can simply be asked for again."""


def _stop_playback(playback: ports.Playback) -> None:
    playback.stop()
