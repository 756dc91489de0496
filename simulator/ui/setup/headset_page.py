"""The headset: choose it, hear whether it works, and record the calm voice."""

from __future__ import annotations

from PySide6.QtCore import Qt, QThreadPool, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from simulator.practice.headset_check import HeadsetCheck
from simulator.practice.services import Services
from simulator.ui.setup.calm_voice_card import CalmVoiceCard
from simulator.ui.setup.device_card import DeviceCard
from simulator.ui.setup.room_card import RoomCard
from simulator.ui.shell_settings import SettingsInUse
from simulator.ui.theme import GRID, READING_WIDTH
from simulator.ui.widgets.buttons import Button, Kind
from simulator.ui.widgets.icon import IconButton
from simulator.ui.widgets.page import Page

_TWO_COLUMNS_FROM = 1000


class HeadsetPage(Page):
    """`left` when the person is done. One thread, `lane`, has the headset for itself, so that nothing overlaps."""

    left = Signal()
    broke = Signal(object)

    def __init__(self, services: Services, settings: SettingsInUse, parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("Set up the headset"),
            self.tr("Once for each headset. What is measured in a call is the difference from your calm voice."),
            parent,
            column_width=READING_WIDTH,
        )
        back = IconButton("arrow-left", self.tr("Back"))
        back.clicked.connect(self.left)
        self.head.insertWidget(0, back, 0, Qt.AlignmentFlag.AlignVCenter)
        done = Button(self.tr("Done"), Kind.PRIMARY, "check")
        done.clicked.connect(self.left)
        self.actions.addWidget(done)
        self._lane = QThreadPool(self)
        self._lane.setMaxThreadCount(1)
        checks = HeadsetCheck(services.microphone, services.speaker)
        self.devices = DeviceCard(services, settings, self._lane)
        self.room = RoomCard(checks, self._lane)
        self.calm = CalmVoiceCard(services, settings, checks, self._lane)
        self.devices.state_read.connect(self.room.use)
        self.devices.state_read.connect(self.calm.use)
        for card in (self.room, self.calm):
            card.busy.connect(self._on_busy)
        for card in (self.devices, self.room, self.calm):
            card.broke.connect(self.broke)
        self._columns = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._columns.setSpacing(2 * GRID)
        for cards in ((self.devices, self.room), (self.calm,)):
            column = QVBoxLayout()
            column.setSpacing(2 * GRID)
            for card in cards:
                column.addWidget(card)
            column.addStretch(1)
            self._columns.addLayout(column, 1)
        self.body.addLayout(self._columns)
        self.body.addStretch(1)

    def show_trainee(self, _trainee_id: str) -> None:
        """Somebody else sat down: another calm voice counts."""
        self.devices.look()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self.room.stop()
        self.calm.stop()
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        wide = self.width() >= _TWO_COLUMNS_FROM
        self._columns.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)
        self.limit_column(2 * READING_WIDTH if wide else READING_WIDTH)
        super().resizeEvent(event)

    def _on_busy(self, busy: bool) -> None:
        """A check takes the headset; the meter rests until it is over."""
        if busy:
            self.devices.rest()
        else:
            self.devices.listen()
