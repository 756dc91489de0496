"""Is the room quiet, and does the microphone hear the headphones?"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication, QThreadPool, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from simulator.domain.errors import SimulatorError
from simulator.practice.headset_check import EchoFound, HeadsetCheck
from simulator.ui.bridge import Task
from simulator.ui.setup.check_line import CheckLine
from simulator.ui.setup.headset_choice import HeadsetState
from simulator.ui.widgets.card import Card, Line
from simulator.ui.widgets.notice import Tone

NOISY_FROM_DBFS = -45.0


class RoomCard(Card):
    """`busy` says True before the headset is taken for a check, and False when it is free again."""

    busy = Signal(bool)
    broke = Signal(object)

    def __init__(self, checks: HeadsetCheck, lane: QThreadPool, parent: QWidget | None = None) -> None:
        title = QCoreApplication.translate("RoomCard", "Room and echo")
        super().__init__(parent, title=title, icon="ear")
        self._checks = checks
        self._lane = lane
        self._state: HeadsetState | None = None
        self._task: Task | None = None
        self._stop = threading.Event()
        self.noise = CheckLine(
            self.tr("Noise"), self.tr("Three seconds of silence show how loud the room is."), self.tr("Measure")
        )
        self.noise.started.connect(self._measure_noise)
        self.noise.stopped.connect(self.stop)
        self.echo = CheckLine(
            self.tr("Echo"), self.tr("A soft tone is played; the microphone must not hear it."), self.tr("Play")
        )
        self.echo.started.connect(self._check_echo)
        self.echo.stopped.connect(self.stop)
        self.body.addWidget(self.noise)
        self.body.addWidget(Line())
        self.body.addWidget(self.echo)
        self._allow()

    def use(self, state: HeadsetState) -> None:
        """Check this headset from now on; what was found about another one no longer counts."""
        changed = self._state is None or (state.microphone, state.headphones) != (
            self._state.microphone,
            self._state.headphones,
        )
        self._state = state
        if changed and not self._running():
            self.noise.reset()
            self.echo.reset()
        self._allow()

    def stop(self) -> None:
        self._stop.set()

    def hideEvent(self, event: QHideEvent) -> None:
        self.stop()
        super().hideEvent(event)

    def _running(self) -> bool:
        return self.noise.running or self.echo.running

    def _allow(self) -> None:
        microphone = self._state is not None and self._state.microphone is not None
        headphones = self._state is not None and self._state.headphones is not None
        self.noise.button.setEnabled(microphone and not self.echo.running)
        self.echo.button.setEnabled(microphone and headphones and not self.noise.running)

    def _measure_noise(self) -> None:
        key = self._microphone()
        self.noise.begin(self.tr("Please be quiet for a moment ..."))
        self._run(
            self.noise,
            lambda tell, stopped: self._checks.measure_noise(key, tell, stopped),
            self._show_noise,
        )

    def _check_echo(self) -> None:
        key = self._microphone()
        headphones = self._state.headphones.key if self._state and self._state.headphones else None
        self.echo.begin(self.tr("Playing a soft tone. Please be quiet ..."))
        self._run(
            self.echo,
            lambda tell, stopped: self._checks.check_echo(key, headphones, tell, stopped),
            self._show_echo,
        )

    def _microphone(self) -> str | None:
        return self._state.microphone.key if self._state and self._state.microphone else None

    def _run(self, line: CheckLine, work: Callable[[Any, Any], Any], show: Callable[[Any], None]) -> None:
        self._stop = threading.Event()
        stop = self._stop
        self.busy.emit(True)
        self._allow()
        self._task = Task(lambda tell: work(tell, stop.is_set), self)
        self._task.progressed.connect(line.show_progress)
        self._task.finished.connect(show)
        self._task.failed.connect(lambda error: self._show_trouble(line, error))
        self._task.broke.connect(self.broke)
        for over in (self._task.finished, self._task.failed, self._task.broke):
            over.connect(self._on_over)
        self._task.start(self._lane)

    def _on_over(self, _result: object) -> None:
        self._allow()
        self.busy.emit(False)

    def _show_noise(self, noise_dbfs: float) -> None:
        figure = round(-noise_dbfs)
        if noise_dbfs > NOISY_FROM_DBFS:
            self.noise.end(
                Tone.WARNING,
                self.tr("The room is loud: {level} dB below full scale. A quieter place measures better.").format(
                    level=figure
                ),
            )
        else:
            self.noise.end(Tone.GOOD, self.tr("Quiet: {level} dB below full scale.").format(level=figure))

    def _show_echo(self, found: EchoFound) -> None:
        if found.heard:
            self.echo.end(
                Tone.WARNING,
                self.tr("The microphone hears the headphones. Turn them down, or use a headset that fits closely."),
            )
        else:
            self.echo.end(Tone.GOOD, self.tr("No echo: the microphone does not hear the headphones."))

    def _show_trouble(self, line: CheckLine, error: SimulatorError) -> None:
        if self._stop.is_set():
            line.reset()
        else:
            line.end(Tone.TROUBLE, str(error))
