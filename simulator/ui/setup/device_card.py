"""Choosing the headset, and seeing that the microphone hears."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, QThreadPool, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from simulator.domain.errors import SimulatorError
from simulator.ports import AudioDevice
from simulator.practice.services import Services
from simulator.ui.bridge import Task
from simulator.ui.setup.headset_choice import HeadsetState, chosen_headphones, chosen_microphone, read_headset
from simulator.ui.setup.microphone_watch import MicrophoneWatch
from simulator.ui.shell_settings import SettingsInUse
from simulator.ui.theme import GRID
from simulator.ui.theme_colours import Role
from simulator.ui.widgets.buttons import Button, Kind
from simulator.ui.widgets.card import Card
from simulator.ui.widgets.choice import Choice
from simulator.ui.widgets.icon import Icon
from simulator.ui.widgets.labels import Text
from simulator.ui.widgets.meter import BandMeter
from simulator.ui.widgets.notice import Notice, Tone

METER_SCALE_DBFS = (-70.0, 0.0)
GOOD_SPEECH_DBFS = (-40.0, -12.0)
TOO_LOUD_DBFS = -6.0


class DeviceCard(Card):
    """`state_read` carries a `HeadsetState` each time the devices were looked up."""

    state_read = Signal(object)
    broke = Signal(object)

    def __init__(
        self, services: Services, settings: SettingsInUse, lane: QThreadPool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, title=QCoreApplication.translate("DeviceCard", "Headset"), icon="headphones")
        self.again = Button(self.tr("Look again"), Kind.QUIET, "refresh-cw")
        self.again.clicked.connect(self.look)
        self.head.addWidget(self.again)
        self._services = services
        self._settings = settings
        self._lane = lane
        self._task: Task | None = None
        self.state: HeadsetState | None = None
        self.notice = Notice()
        self.notice.hide()
        self.notice.action_taken.connect(lambda: self._choose(microphone_allowed=True))
        self.body.addWidget(self.notice)
        self.body.addLayout(self._choices())
        self.body.addLayout(self._level_row())
        self.watch = MicrophoneWatch(services, lane, self)
        self.watch.level_moved.connect(self.meter.move_to)
        self.watch.level_moved.connect(self._on_level)
        self.watch.failed.connect(self._on_trouble)
        self.watch.broke.connect(self.broke)

    def look(self) -> None:
        """Ask the system again which devices there are."""
        self.watch.stop()
        self.again.setEnabled(False)
        self._task = Task(lambda _tell: self._read(), self)
        self._task.finished.connect(self._show)
        self._task.failed.connect(self._on_trouble)
        self._task.broke.connect(self.broke)
        self._task.broke.connect(lambda _details: self.again.setEnabled(True))
        self._task.start(self._lane)

    def listen(self) -> None:
        """Open the chosen microphone for the meter, if there is one and the card is in sight."""
        if self.state is not None and self.state.microphone is not None and self.isVisible():
            self.watch.start(self.state.microphone.key)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.state is None:
            self.look()
        else:
            self.listen()

    def rest(self) -> None:
        """Let go of the microphone; the meter goes quiet."""
        self.watch.stop()
        self.meter.move_to(None)
        self.verdict.setText("")

    def hideEvent(self, event: QHideEvent) -> None:
        self.rest()
        super().hideEvent(event)

    def _read(self) -> HeadsetState:
        self._services.devices.refresh()
        return read_headset(self._services, self._settings.now)

    def _choices(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(2 * GRID)
        grid.setVerticalSpacing(GRID)
        grid.setColumnStretch(1, 1)
        self.microphone = Choice(self.tr("Microphone"))
        self.headphones = Choice(self.tr("Headphones"))
        for number, (words, choice) in enumerate(
            ((self.tr("Microphone"), self.microphone), (self.tr("Headphones"), self.headphones))
        ):
            label = Text(words, "body", wrap=False)
            label.setBuddy(choice)
            grid.addWidget(label, number, 0)
            grid.addWidget(choice, number, 1)
        self.microphone.activated.connect(lambda _at: self._choose(input_device=self.microphone.currentData()))
        self.headphones.activated.connect(lambda _at: self._choose(output_device=self.headphones.currentData()))
        return grid

    def _level_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(2 * GRID)
        row.addWidget(Icon("mic", Role.MUTED))
        self.meter = BandMeter(
            self.tr("Level of your microphone"),
            (self.tr("too soft"), self.tr("too loud")),
            METER_SCALE_DBFS,
            GOOD_SPEECH_DBFS,
            self.tr("good"),
            amber_from=TOO_LOUD_DBFS,
        )
        row.addWidget(self.meter, 1)
        self.verdict = Text(self.tr("Say something"), "secondary")
        self.verdict.setFixedWidth(17 * GRID)
        row.addWidget(self.verdict)
        return row

    def _show(self, state: HeadsetState) -> None:
        self.state = state
        self.again.setEnabled(True)
        now = self._settings.now
        inputs = [device for device in state.devices if device.inputs]
        outputs = [device for device in state.devices if device.outputs]
        self._fill(self.microphone, inputs, chosen_microphone(inputs, None), now.input_device)
        self._fill(self.headphones, outputs, chosen_headphones(outputs, None), now.output_device)
        self._say_what_is_missing(state)
        self.listen()
        self.state_read.emit(state)

    def _fill(
        self, choice: Choice, devices: list[AudioDevice], default: AudioDevice | None, chosen: str | None
    ) -> None:
        choice.clear()
        name = self.tr("nothing found") if default is None else default.name
        choice.addItem(self.tr("As the system: {name}").format(name=name), None)
        for device in devices:
            choice.addItem(device.name, device.key)
            choice.setItemData(choice.count() - 1, device.key, Qt.ItemDataRole.ToolTipRole)
        if chosen is not None and choice.findData(chosen) < 0:
            missing = self.tr("{name} (not plugged in)").format(name=chosen.split(": ", 1)[-1])
            choice.addItem(missing, chosen)
        choice.setCurrentIndex(max(0, choice.findData(chosen)) if chosen is not None else 0)

    def _say_what_is_missing(self, state: HeadsetState) -> None:
        if state.microphone_off:
            self.notice.tell(
                self.tr("The microphone is off in the settings."),
                Tone.INFO,
                self.tr("You type your replies, and nothing is recorded."),
                self.tr("Use it"),
            )
        elif state.microphone is None and state.missing is None:
            self.notice.tell(
                self.tr("No microphone was found."),
                Tone.WARNING,
                self.tr("Plug in a headset and look again, or type your replies in the call."),
            )
        elif state.missing is not None:
            self.notice.tell(
                self.tr("{name} is not plugged in.").format(name=state.missing),
                Tone.WARNING,
                self.tr("Plug it in and look again, or choose another one."),
            )
        else:
            self.notice.hide()

    def _choose(self, **chosen: str | bool | None) -> None:
        self._settings.change(**chosen)
        self.look()

    def _on_trouble(self, error: SimulatorError) -> None:
        self.again.setEnabled(True)
        self.meter.move_to(None)
        self.notice.tell_error(error)

    def _on_level(self, _level_dbfs: float) -> None:
        words = {
            "low": self.tr("Say something"),
            "band": self.tr("Heard well"),
            "high": self.tr("A little loud"),
            "amber": self.tr("Too loud: turn the microphone down"),
        }.get(self.meter.zone, "")
        if self.verdict.text() != words:
            self.verdict.setText(words)
