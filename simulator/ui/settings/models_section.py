"""Speech recognition: how good it is now, and the models that make it better."""

from __future__ import annotations

import threading
from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from simulator.domain.errors import SimulatorError
from simulator.ports import InstallProgress, ModelInfo, SpeechModels
from simulator.ui.bridge import Task
from simulator.ui.settings.model_row import ModelRow, size_words
from simulator.ui.shell_settings import SettingsInUse
from simulator.ui.theme import GRID
from simulator.ui.widgets.card import Card, Line
from simulator.ui.widgets.case_words import language_name
from simulator.ui.widgets.choice import Choice
from simulator.ui.widgets.labels import Text
from simulator.ui.widgets.notice import Notice, Tone


class ModelsSection(Card):
    """Installs one model at a time, in the background; leaving the page cancels it, what was fetched is kept."""

    installed = Signal()
    broke = Signal(object)

    def __init__(self, models: SpeechModels, settings: SettingsInUse, parent: QWidget | None = None) -> None:
        super().__init__(parent, title=QCoreApplication.translate("ModelsSection", "Speech recognition"), icon="ear")
        self._models = models
        self._settings = settings
        self._task: Task | None = None
        self._installing: str | None = None
        self._stop = threading.Event()
        self.status = Notice()
        self.body.addWidget(self.status)
        self.news = Notice(closable=True)
        self.news.hide()
        self.body.addWidget(self.news)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self.body.addLayout(self._list)
        self.body.addWidget(Line())
        self.body.addLayout(self._choice())
        self.read()

    def read(self) -> None:
        """Show what is installed and what could be."""
        try:
            models = self._models.list()
        except SimulatorError as error:
            self.status.tell_error(error)
            return
        self._show(models)

    def rows(self) -> list[ModelRow]:
        return self.findChildren(ModelRow)

    def row(self, language: str) -> ModelRow:
        return next(row for row in self.rows() if row.model.language == language)

    def install(self, language: str, source: str | None = None) -> None:
        """Start an installation; `source` None downloads the official model."""
        if self._installing is not None:
            self.news.tell(self.tr("One model at a time, please."), Tone.INFO)
            return
        self._installing = language
        self._stop = threading.Event()
        stop = self._stop
        self.news.hide()
        self.row(language).set_installing(True)
        self._task = Task(lambda tell: self._models.install(language, source, tell, stop.is_set), self)
        self._task.progressed.connect(self._on_progress)
        self._task.finished.connect(self._on_installed)
        self._task.failed.connect(self._on_failed)
        self._task.broke.connect(self._on_broke)
        self._task.start()

    def cancel(self) -> None:
        self._stop.set()

    def hideEvent(self, event: QHideEvent) -> None:
        # A window that is only minimised goes on.
        if not event.spontaneous():
            self.cancel()
        super().hideEvent(event)

    def _choice(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(2 * GRID)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Text(self.tr("What a call uses"), "body"))
        words.addWidget(
            Text(self.tr("Without recognition your words are not scored; your voice still is."), "secondary")
        )
        row.addLayout(words, 1)
        self.use = Choice(self.tr("What a call uses"))
        for name, value in (
            (self.tr("The best installed"), "auto"),
            (self.tr("Basic recognition"), "pocketsphinx"),
            (self.tr("No recognition"), "none"),
        ):
            self.use.addItem(name, value)
        self.use.setCurrentIndex(max(0, self.use.findData(self._settings.now.recogniser)))
        self.use.activated.connect(lambda _at: self._settings.change(recogniser=self.use.currentData()))
        row.addWidget(self.use, 0, Qt.AlignmentFlag.AlignVCenter)
        return row

    def _show(self, models: Sequence[ModelInfo]) -> None:
        self._say_status(models)
        while (item := self._list.takeAt(0)) is not None:
            widget = item.widget()
            widget.setParent(None)
            widget.deleteLater()
        for number, model in enumerate(models):
            if number:
                self._list.addWidget(Line())
            row = ModelRow(model)
            row.download_wanted.connect(self.install)
            row.file_wanted.connect(self._choose_file)
            row.cancel_wanted.connect(self.cancel)
            self._list.addWidget(row)

    def _say_status(self, models: Sequence[ModelInfo]) -> None:
        here = [model for model in models if model.folder is not None]
        english = next((model for model in models if model.language == "en"), None)
        if any(model.language == "en" for model in here):
            languages = ", ".join(dict.fromkeys(language_name(model.language) for model in here))
            self.status.tell(self.tr("Good recognition: {languages}.").format(languages=languages), Tone.GOOD)
            return
        size = size_words(english.size_bytes) if english is not None and english.size_bytes else self.tr("40 MB")
        self.status.tell(
            self.tr("Basic recognition."),
            Tone.WARNING,
            self.tr("For good recognition install the English model, {size}.").format(size=size),
        )

    def _choose_file(self, language: str) -> None:
        title = self.tr("The model as a file")
        kinds = self.tr("Models (*.zip *.tgz *.tar.gz)")
        chosen, _ = QFileDialog.getOpenFileName(self, title, "", kinds)
        if chosen:
            self.install(language, chosen)

    def _on_progress(self, progress: InstallProgress) -> None:
        if self._installing is not None and not self._stop.is_set():
            self.row(self._installing).show_progress(progress)

    def _on_installed(self, model: ModelInfo) -> None:
        self._installing = None
        self.read()
        self.news.tell(self.tr("{name} is installed.").format(name=model.name), Tone.GOOD)
        self.installed.emit()

    def _on_failed(self, error: SimulatorError) -> None:
        self._end_row()
        if self._stop.is_set():
            self.news.tell(self.tr("The installation was stopped."), Tone.INFO, error.remedy)
        else:
            self.news.tell_error(error)

    def _on_broke(self, error: Exception) -> None:
        self._end_row()
        self.broke.emit(error)

    def _end_row(self) -> None:
        if self._installing is not None:
            self.row(self._installing).set_installing(False)
        self._installing = None
