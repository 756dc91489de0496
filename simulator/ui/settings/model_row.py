"""One speech model: what it is, whether it is here, and how to get it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from simulator.ports import InstallProgress, ModelInfo
from simulator.ui.theme import GRID
from simulator.ui.theme_colours import Role
from simulator.ui.widgets.buttons import Button, Kind
from simulator.ui.widgets.card import Tag
from simulator.ui.widgets.case_words import language_name
from simulator.ui.widgets.labels import Text


def size_words(size_bytes: int) -> str:
    """A size in MB or GB, as packages are advertised."""
    return QLocale().formattedDataSize(size_bytes, 0, QLocale.DataSizeFormat.DataSizeSIFormat)


class ModelRow(QWidget):
    """`download_wanted`, `file_wanted` and `cancel_wanted` carry the model's language."""

    download_wanted = Signal(str)
    file_wanted = Signal(str)
    cancel_wanted = Signal(str)

    def __init__(self, model: ModelInfo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "plain")
        self.model = model
        row = QHBoxLayout(self)
        row.setContentsMargins(0, GRID, 0, GRID)
        row.setSpacing(2 * GRID)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(Text(language_name(model.language), "strong"))
        self.detail = Text(self._detail(), "secondary")
        words.addWidget(self.detail)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Installation of {name}").format(name=model.name))
        self.bar.hide()
        words.addWidget(self.bar)
        row.addLayout(words, 1)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(GRID)
        row.addLayout(self._buttons)
        self._add_buttons()

    def show_progress(self, progress: InstallProgress) -> None:
        """How far it is: in words and as a bar."""
        step = {
            "downloading": self.tr("Downloading"),
            "checking": self.tr("Checking"),
            "unpacking": self.tr("Unpacking"),
        }.get(progress.step, self.tr("Installing"))
        if progress.total:
            done, total = size_words(progress.done), size_words(progress.total)
            self.detail.setText(self.tr("{step}: {done} of {total}").format(step=step, done=done, total=total))
            self.bar.setRange(0, 1000)
            self.bar.setValue(round(1000 * min(1.0, progress.done / progress.total)))
        else:
            self.detail.setText(self.tr("{step} ...").format(step=step))
            self.bar.setRange(0, 0)

    def set_installing(self, installing: bool) -> None:
        self.bar.setVisible(installing)
        self.bar.setRange(0, 0 if installing else 1)
        for button in (self.download, self.from_file):
            if button is not None:
                button.setVisible(not installing)
        self.cancel.setVisible(installing)
        if installing:
            self.cancel.setEnabled(True)
            self.detail.setText(self.tr("Starting ..."))
            self.cancel.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.detail.setText(self._detail())

    def _add_buttons(self) -> None:
        language = self.model.language
        self.download: Button | None = None
        self.from_file: Button | None = None
        if self.model.folder is not None:
            self._buttons.addWidget(Tag(self.tr("Installed"), Role.PRAISE, "check"))
        else:
            self.from_file = Button(self.tr("From file"), Kind.QUIET, "folder-open")
            self.from_file.setAccessibleName(
                self.tr("Install {language} from a file").format(language=language_name(language))
            )
            self.from_file.clicked.connect(lambda: self.file_wanted.emit(language))
            self._buttons.addWidget(self.from_file)
            self.download = Button(self.tr("Download"), Kind.SECONDARY, "download")
            self.download.setAccessibleName(
                self.tr("Download the model for {language}").format(language=language_name(language))
            )
            self.download.clicked.connect(lambda: self.download_wanted.emit(language))
            self._buttons.addWidget(self.download)
        self.cancel = Button(self.tr("Cancel"), Kind.SECONDARY, "x")
        self.cancel.clicked.connect(lambda: self._on_cancel(language))
        self.cancel.hide()
        self._buttons.addWidget(self.cancel)

    def _on_cancel(self, language: str) -> None:
        self.cancel.setEnabled(False)
        self.detail.setText(self.tr("Stopping ..."))
        self.cancel_wanted.emit(language)

    def _detail(self) -> str:
        parts = [self.model.name]
        if self.model.size_bytes is not None:
            parts.append(size_words(self.model.size_bytes))
        if self.model.folder is not None and Path(self.model.folder).name != self.model.name:
            parts.append(str(self.model.folder))
        if self.model.note:
            parts.append(self.model.note)
        return " · ".join(parts)
