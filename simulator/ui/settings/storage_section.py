"""Privacy and storage: what is kept, where, and how much room it takes."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from simulator.ui.bridge import Task
from simulator.ui.settings.model_row import size_words
from simulator.ui.shell_settings import SettingsInUse
from simulator.ui.theme import GRID
from simulator.ui.widgets.buttons import Button
from simulator.ui.widgets.card import Card, Line
from simulator.ui.widgets.labels import ElidedText, Text
from simulator.ui.widgets.switch_row import SwitchRow


def folder_bytes(folder: Path) -> int:
    """All files below a folder; what disappears meanwhile counts nothing."""
    total = 0
    for path in folder.rglob("*"):
        try:
            total += path.stat().st_size if path.is_file() else 0
        except OSError:
            continue
    return total


class StorageSection(Card):
    broke = Signal(object)

    def __init__(self, settings: SettingsInUse, data_folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent, title=self.tr("Privacy and storage"), icon="shield")
        now = settings.now
        self.body.addWidget(
            Text(
                self.tr(
                    "Everything stays on this computer: nothing is sent anywhere. "
                    "The program measures level, pace, pitch and timing; it never judges what you feel."
                ),
                "secondary",
            )
        )
        self.save = SwitchRow(self.tr("Keep my calls"), self.tr("Recordings and results, for “My calls”."))
        self.save.set_on(now.save_calls)
        self.save.switched.connect(lambda on: settings.change(save_calls=on))
        self.body.addWidget(self.save)
        self.microphone = SwitchRow(
            self.tr("Use the microphone"), self.tr("Off: you type your replies and nothing is recorded.")
        )
        self.microphone.set_on(now.microphone_allowed)
        self.microphone.switched.connect(lambda on: settings.change(microphone_allowed=on))
        self.body.addWidget(self.microphone)
        self.body.addWidget(Line())
        self.body.addLayout(self._where(data_folder))

    def _where(self, folder: Path) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(2 * GRID)
        words = QVBoxLayout()
        words.setSpacing(0)
        self.used = Text(self.tr("Your data"), "body")
        words.addWidget(self.used)
        words.addWidget(ElidedText(str(folder), "secondary"))
        row.addLayout(words, 1)
        show = Button(self.tr("Open folder"), icon="folder-open")
        show.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))))
        row.addWidget(show, 0, Qt.AlignmentFlag.AlignVCenter)
        self._task = Task(lambda _tell: folder_bytes(folder), self)
        self._task.finished.connect(self._show_size)
        self._task.broke.connect(self.broke)
        self._task.start()
        return row

    def _show_size(self, size_bytes: int) -> None:
        self.used.setText(self.tr("Your data: {size}").format(size=size_words(size_bytes)))
