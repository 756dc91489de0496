"""Hearing a moment of the call again, without holding up the window."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from simulator import ports
from simulator.domain.errors import SimulatorError
from simulator.domain.turn import Span
from simulator.practice.services import Services
from simulator.ui.rehearse.errand import Errand

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
        self._errand: Errand | None = None
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
        return self._playback is not None or self._errand is not None

    def play(self, track: str, span: Span) -> None:
        """Read the stretch on another thread, then play it on the headset in the settings."""
        if self._session_id is None:
            return
        self.stop()
        start_s, end_s = max(0.0, span.start_s - _BEFORE_S), span.end_s + _AFTER_S
        self._errand = Errand(
            self,
            partial(_read_and_play, self._services, self._session_id, track, start_s, end_s),
            self._on_playing,
            self._on_failed,
            late=_stop_playback,
        )

    def stop(self) -> None:
        self._watch.stop()
        if self._errand is not None:
            self._errand.abandon()
            self._errand = None
        if self._playback is not None:
            self._playback.stop()
            self._playback = None
            self.stopped.emit()

    def _on_playing(self, playback: ports.Playback) -> None:
        self._errand = None
        self._playback = playback
        self._watch.start()
        self.started.emit(playback)

    def _on_failed(self, error: SimulatorError) -> None:
        self._errand = None
        self.failed.emit(error)
        self.stopped.emit()

    def _look(self) -> None:
        if self._playback is not None and self._playback.finished:
            self.stop()


def _read_and_play(services: Services, session_id: str, track: str, start_s: float, end_s: float) -> ports.Playback:
    settings = services.settings.load()
    clip = services.recordings.read(session_id, track, start_s, end_s)
    return services.speaker.play(clip, settings.output_device, settings.customer_volume, _ignore_loss)


def _ignore_loss(_reason: str) -> None:
    """The playback then reports itself finished; a replay can simply be asked for again."""


def _stop_playback(playback: ports.Playback) -> None:
    playback.stop()
