"""The headset and how a reply begins and ends."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from simulator.ui.shell_settings import SettingsInUse
from simulator.ui.theme import GRID
from simulator.ui.widgets.buttons import Button
from simulator.ui.widgets.card import Card, Line
from simulator.ui.widgets.labels import Text
from simulator.ui.widgets.slider_row import SliderRow
from simulator.ui.widgets.switch_row import SwitchRow

SHORTEST_SILENCE_S = 0.4
LONGEST_SILENCE_S = 3.0
_STEP_S = 0.1


class TalkSection(Card):
    """`headset_wanted` asks for the page where the headset is chosen and checked."""

    headset_wanted = Signal()

    def __init__(self, settings: SettingsInUse, parent: QWidget | None = None) -> None:
        super().__init__(parent, title=self.tr("Headset and talking"), icon="headphones")
        self._settings = settings
        now = settings.now
        row = QHBoxLayout()
        row.setSpacing(2 * GRID)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Text(self._headset_name(), "body"))
        words.addWidget(Text(self.tr("Choose it, hear whether it works, and record your calm voice."), "secondary"))
        row.addLayout(words, 1)
        self.check = Button(self.tr("Set up the headset"))
        self.check.clicked.connect(self.headset_wanted)
        row.addWidget(self.check, 0, Qt.AlignmentFlag.AlignVCenter)
        self.body.addLayout(row)
        self.body.addWidget(Line())
        self.hands_free = SwitchRow(
            self.tr("Hands-free"), self.tr("A silence ends your reply. Off: hold Space while you talk.")
        )
        self.hands_free.set_on(now.hands_free)
        self.hands_free.switched.connect(self._on_hands_free)
        self.body.addWidget(self.hands_free)
        self.silence = SliderRow(
            self.tr("Silence that ends a reply"), SHORTEST_SILENCE_S, LONGEST_SILENCE_S, _STEP_S, self._seconds
        )
        self.silence.set_value(now.end_of_turn_silence_s)
        self.silence.moved.connect(lambda value: settings.change(end_of_turn_silence_s=value))
        self.silence.setEnabled(now.hands_free)
        self.body.addWidget(self.silence)
        self.neural_activity = SwitchRow(
            self.tr("Hear speech by a neural network"),
            self.tr("Try it where other people talk near you. It takes more of the processor and misses whispers."),
        )
        self.neural_activity.set_on(now.neural_activity)
        self.neural_activity.switched.connect(lambda on: settings.change(neural_activity=on))
        self.body.addWidget(self.neural_activity)
        self.volume = SliderRow(self.tr("Customer's volume"), 0.0, 1.0, 0.05, self._percent)
        self.volume.set_value(now.customer_volume)
        self.volume.moved.connect(lambda value: settings.change(customer_volume=value))
        self.body.addWidget(self.volume)
        self.body.addWidget(Text(self.tr("A limiter protects your hearing at every volume."), "secondary"))

    def _headset_name(self) -> str:
        key = self._settings.now.input_device
        return self.tr("The system's headset") if key is None else key.split(": ", 1)[-1]

    def _on_hands_free(self, on: bool) -> None:
        self.silence.setEnabled(on)
        self._settings.change(hands_free=on)

    def _seconds(self, value: float) -> str:
        return self.tr("{seconds} s").format(seconds=f"{value:.1f}")

    def _percent(self, value: float) -> str:
        return self.tr("{percent} %").format(percent=round(value * 100))
