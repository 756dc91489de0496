"""The calm voice: fifteen seconds of reading aloud, against which everything else is measured."""

from __future__ import annotations

import threading
from dataclasses import replace

from PySide6.QtCore import QCoreApplication, QThreadPool, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from simulator.domain.errors import SimulatorError
from simulator.domain.measures import Baseline
from simulator.practice.headset_check import HeadsetCheck
from simulator.practice.services import Services
from simulator.ui.bridge import Task
from simulator.ui.setup.check_line import CheckLine
from simulator.ui.setup.headset_choice import HeadsetState
from simulator.ui.shell_settings import SettingsInUse
from simulator.ui.theme import GRID
from simulator.ui.widgets.card import Card
from simulator.ui.widgets.labels import Text
from simulator.ui.widgets.notice import Tone


class CalmVoiceCard(Card):
    """Saves the calibration for the person who is here and the headset that was used; `calibrated` carries it."""

    busy = Signal(bool)
    calibrated = Signal(object)
    broke = Signal(object)

    def __init__(
        self,
        services: Services,
        settings: SettingsInUse,
        checks: HeadsetCheck,
        lane: QThreadPool,
        parent: QWidget | None = None,
    ) -> None:
        title = QCoreApplication.translate("CalmVoiceCard", "Your calm voice")
        super().__init__(parent, title=title, icon="activity")
        self._services = services
        self._settings = settings
        self._checks = checks
        self._lane = lane
        self._state: HeadsetState | None = None
        self._task: Task | None = None
        self._stop = threading.Event()
        self.body.addWidget(
            Text(
                self.tr("Read this aloud as you would speak to a good colleague. Only the differences from it count."),
                "secondary",
            )
        )
        self.body.addWidget(self._passage())
        self.line = CheckLine(
            self.tr("Fifteen seconds"), self.tr("Press the button, then read at your own pace."), self.tr("Start")
        )
        self.line.started.connect(self._start)
        self.line.stopped.connect(self.stop)
        self.line.button.setEnabled(False)
        self.body.addWidget(self.line)

    def use(self, state: HeadsetState) -> None:
        """Calibrate over this headset; what is known already is shown."""
        if self.line.running:
            return
        self._state = state
        self.line.button.setEnabled(state.microphone is not None)
        if state.microphone is None:
            self.line.reset()
        elif state.baseline is not None:
            self.line.end(Tone.GOOD, self._in_figures(state.baseline))
        else:
            self.line.reset()

    def stop(self) -> None:
        self._stop.set()

    def hideEvent(self, event: QHideEvent) -> None:
        self.stop()
        super().hideEvent(event)

    def _passage(self) -> QFrame:
        frame = QFrame()
        frame.setProperty("role", "sunken")
        box = QVBoxLayout(frame)
        box.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        box.addWidget(
            Text(
                self.tr(
                    "Thank you for waiting. I have your order in front of me now. It left the warehouse on Tuesday, "
                    "and it should be with you by the end of the week. Let me check the address with you, and then "
                    "I will tell you what happens next. If anything is still open after that, I will call you back "
                    "myself."
                ),
                "body",
            )
        )
        return frame

    def _start(self) -> None:
        assert self._state is not None
        assert self._state.microphone is not None
        key = self._state.microphone.key
        self._stop = threading.Event()
        stop = self._stop
        self.line.begin(self.tr("Please read now ..."))
        self.busy.emit(True)
        self._task = Task(lambda tell: self._calibrate(key, tell, stop.is_set), self)
        self._task.progressed.connect(self.line.show_progress)
        self._task.finished.connect(self._show)
        self._task.failed.connect(self._show_trouble)
        self._task.broke.connect(self.broke)
        for over in (self._task.finished, self._task.failed, self._task.broke):
            over.connect(lambda _result: self.busy.emit(False))
        self._task.start(self._lane)

    def _calibrate(self, key: str, tell, cancelled) -> Baseline:
        found = self._checks.calibrate(key, tell, cancelled)
        baseline = replace(found, device=key, measured_at=self._services.clock.now_iso())
        self._services.store.save_baseline(self._settings.now.trainee_id, key, baseline)
        return baseline

    def _show(self, baseline: Baseline) -> None:
        self.line.end(Tone.GOOD, self._in_figures(baseline))
        self.calibrated.emit(baseline)

    def _show_trouble(self, error: SimulatorError) -> None:
        if self._stop.is_set():
            self.line.reset()
        else:
            self.line.end(Tone.TROUBLE, str(error))

    def _in_figures(self, baseline: Baseline) -> str:
        parts = [self.tr("Known:")]
        if baseline.level_dba_fs is not None:
            parts.append(self.tr("level {level} dB,").format(level=round(baseline.level_dba_fs)))
        pace = baseline.articulation_rate_syl_per_s or baseline.sound_rate_syl_per_s
        if pace is not None:
            parts.append(self.tr("pace {pace} syllables/s,").format(pace=f"{pace:.1f}"))
        if baseline.pitch_median_hz is not None:
            parts.append(self.tr("pitch {pitch} Hz,").format(pitch=round(baseline.pitch_median_hz)))
        parts.append(self.tr("from {seconds} s of speech.").format(seconds=round(baseline.speech_s)))
        return " ".join(parts)
