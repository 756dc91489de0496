"""Settings: headset and talking, recognition, voices, look, privacy and storage."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from simulator.practice.services import Services
from simulator.ui.settings.look_section import LookSection
from simulator.ui.settings.models_section import ModelsSection
from simulator.ui.settings.storage_section import StorageSection
from simulator.ui.settings.talk_section import TalkSection
from simulator.ui.settings.voices_section import VoicesSection
from simulator.ui.shell_settings import SettingsInUse
from simulator.ui.theme import GRID, READING_WIDTH
from simulator.ui.widgets.page import Page

_TWO_COLUMNS_FROM = 1240


class SettingsPage(Page):
    """Every change is used and kept at once; there is nothing to confirm."""

    headset_wanted = Signal()
    broke = Signal(object)

    def __init__(self, services: Services, settings: SettingsInUse, parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("Settings"), self.tr("Changes are used and kept at once."), parent, column_width=READING_WIDTH
        )
        self.talk = TalkSection(settings)
        self.talk.headset_wanted.connect(self.headset_wanted)
        self.models = ModelsSection(services.models, settings)
        self.voices = VoicesSection(services, settings)
        self.look = LookSection(settings)
        self.storage = StorageSection(settings, services.data_folder)
        self._columns = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._columns.setSpacing(2 * GRID)
        for sections in ((self.talk, self.models), (self.voices, self.look, self.storage)):
            column = QVBoxLayout()
            column.setSpacing(2 * GRID)
            for section in sections:
                column.addWidget(section)
            column.addStretch(1)
            self._columns.addLayout(column, 1)
        self.body.addLayout(self._columns)
        for section in (self.models, self.voices, self.storage):
            section.broke.connect(self.broke)
        self.body.addStretch(1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        wide = self.width() >= _TWO_COLUMNS_FROM
        self._columns.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)
        self.limit_column(2 * READING_WIDTH if wide else READING_WIDTH)
        super().resizeEvent(event)
