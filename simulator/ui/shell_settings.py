"""The settings in use: one place to change them, and everyone who cares hears of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from simulator.domain.errors import SimulatorError
from simulator.practice.settings import Settings, SettingsFile


class SettingsInUse(QObject):
    """Holds the settings while the window is open. A change that cannot be saved is used all the same, and said."""

    changed = Signal(object)
    not_saved = Signal(object)

    def __init__(self, file: SettingsFile, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._file = file
        self._now = file.load()

    @property
    def now(self) -> Settings:
        return self._now

    def change(self, **fields: Any) -> None:
        """Set fields of `Settings` by name."""
        wanted = replace(self._now, **fields)
        if wanted == self._now:
            return
        self._now = wanted
        try:
            self._file.save(wanted)
        except SimulatorError as error:
            self.not_saved.emit(error)
        self.changed.emit(wanted)

    def reload(self) -> None:
        """Another part of the program may have saved settings (the volume, during a call)."""
        fresh = self._file.load()
        if fresh != self._now:
            self._now = fresh
            self.changed.emit(fresh)
