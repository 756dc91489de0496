"""The customers' voices: which can be spoken here, and how they sound."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from simulator.domain.errors import SimulatorError
from simulator.ports import Clip, Playback, VoiceInfo
from simulator.practice.services import Services
from simulator.ui.bridge import Task
from simulator.ui.shell_settings import SettingsInUse
from simulator.ui.theme import GRID
from simulator.ui.theme_colours import Role
from simulator.ui.widgets.buttons import Button, Kind
from simulator.ui.widgets.card import Card, Line, Tag
from simulator.ui.widgets.case_words import language_name
from simulator.ui.widgets.labels import Text
from simulator.ui.widgets.notice import Notice

_HEARD_AT_TEMPER = 6.0
_SAMPLES = {
    "en": "Hello, I am calling about my order.",
    "pl": "Dzień dobry, dzwonię w sprawie mojego zamówienia.",
    "uk": "Добрий день, я телефоную щодо мого замовлення.",
    "hu": "Jó napot, a rendelésem miatt telefonálok.",
}


class VoicesSection(Card):
    """Each voice with a button to hear it; those that cannot be spoken here say why."""

    broke = Signal(object)

    def __init__(self, services: Services, settings: SettingsInUse, parent: QWidget | None = None) -> None:
        super().__init__(parent, title=self.tr("Customers' voices"), icon="audio-lines")
        self._services = services
        self._settings = settings
        self._task: Task | None = None
        self._playing: Playback | None = None
        self.news = Notice(closable=True)
        self.news.hide()
        self.body.addWidget(self.news)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self.body.addLayout(self._list)
        self._reading = Task(lambda _tell: tuple(services.voices.available()), self)
        self._reading.finished.connect(self._show)
        self._reading.failed.connect(self.news.tell_error)
        self._reading.broke.connect(self.broke)
        self._reading.start()

    def hear(self, voice: VoiceInfo) -> None:
        """Speak a sample; the synthesiser may take a moment, so in the background."""
        self._fall_silent()
        now = self._settings.now
        text = _SAMPLES.get(voice.language, _SAMPLES["en"])
        self._task = Task(lambda _tell: self._services.voice.render(voice.id, text, _HEARD_AT_TEMPER), self)
        self._task.finished.connect(lambda clip: self._play(clip, now.output_device, now.customer_volume))
        self._task.failed.connect(self.news.tell_error)
        self._task.broke.connect(self.broke)
        self._task.start()

    def _play(self, clip: Clip, device: str | None, volume: float) -> None:
        self._task = Task(lambda _tell: self._services.speaker.play(clip, device, volume, _ignore), self)
        self._task.finished.connect(self._keep)
        self._task.failed.connect(self.news.tell_error)
        self._task.broke.connect(self.broke)
        self._task.start()

    def hideEvent(self, event: QHideEvent) -> None:
        self._fall_silent()
        super().hideEvent(event)

    def _keep(self, playback: Playback) -> None:
        self._fall_silent()
        self._playing = playback
        if not self.isVisible():
            self._fall_silent()

    def _fall_silent(self) -> None:
        if self._playing is not None:
            self._playing.stop()
            self._playing = None

    def _show(self, voices: tuple[VoiceInfo, ...]) -> None:
        for number, voice in enumerate(voices):
            if number:
                self._list.addWidget(Line())
            self._list.addWidget(self._row(voice))
        if not voices:
            self.news.tell_error(
                SimulatorError(self.tr("No customer voice was found."), self.tr("You will read the customer's lines."))
            )

    def _row(self, voice: VoiceInfo) -> QWidget:
        holder = QWidget()
        holder.setProperty("role", "plain")
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, GRID, 0, GRID)
        row.setSpacing(2 * GRID)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Text(voice.name, "body"))
        detail = language_name(voice.language) if voice.engine_voice is not None else voice.why_not
        words.addWidget(Text(detail, "secondary"))
        row.addLayout(words, 1)
        if voice.engine_voice is None:
            row.addWidget(Tag(self.tr("Not here"), Role.ALERT, "triangle-alert"))
        else:
            button = Button(self.tr("Hear it"), Kind.QUIET, "play")
            button.setAccessibleName(QCoreApplication.translate("VoicesSection", "Hear {name}").format(name=voice.name))
            button.clicked.connect(lambda: self.hear(voice))
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        return holder


def _ignore(_reason: str) -> None:
    """A sample that is cut off because the headphones went needs no words: the silence says it."""
