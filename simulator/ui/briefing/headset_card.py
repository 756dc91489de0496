"""The headset as a briefing shows it: what will be used, whether it is quiet, and whether the calm voice is known."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from simulator.domain.errors import SimulatorError
from simulator.domain.measures import Baseline
from simulator.ui.briefing.recognition import RecognitionOutlook
from simulator.ui.setup.headset_choice import HeadsetState
from simulator.ui.theme import GRID
from simulator.ui.theme_colours import Role
from simulator.ui.widgets.buttons import Button, Kind
from simulator.ui.widgets.card import Card
from simulator.ui.widgets.icon import Icon
from simulator.ui.widgets.labels import Text

NOISY_FROM_DBFS = -45.0


class HeadsetCard(Card):
    """Each line has an icon and words: a tick, a warning or a cross, never the colour alone."""

    check_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, title=QCoreApplication.translate("HeadsetCard", "Headset"), icon="headphones")
        self.check = Button(self.tr("Check"), Kind.QUIET)
        self.check.setAccessibleName(self.tr("Check the headset"))
        self.check.clicked.connect(self.check_wanted)
        self.head.addWidget(self.check)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(GRID)
        self.body.addLayout(self._lines)

    def lines(self) -> list[str]:
        """What it says now, for reading aloud and for tests."""
        return [label.text() for label in self.findChildren(Text) if label.property("role") in ("body", "secondary")]

    def say_looking(self) -> None:
        self._clear()
        self._add("hourglass", Role.MUTED, self.tr("Looking for your headset ..."))

    def say_trouble(self, error: SimulatorError) -> None:
        self._clear()
        self._add("circle-x", Role.HARM, error.problem, error.remedy)

    def show_state(self, state: HeadsetState) -> None:
        self._clear()
        self._add_microphone(state)
        if state.headphones is None:
            self._add("circle-x", Role.ALERT, self.tr("No headphones"), self.tr("You will read the customer's lines."))
        elif state.microphone is None or state.headphones.name != state.microphone.name:
            self._add("volume-2", Role.CALM, state.headphones.name, self.tr("You hear the customer here."))
        if state.microphone is not None:
            self._add_noise(state.baseline)
            self._add_calm_voice(state.baseline)

    def show_recognition(self, outlook: RecognitionOutlook) -> None:
        """A line more: how well the words will be understood."""
        icon, role = ("circle-check", Role.PRAISE) if outlook.good else ("ear", Role.CALM)
        self._add(icon, role, outlook.text, outlook.detail)

    def _add_microphone(self, state: HeadsetState) -> None:
        if state.missing is not None:
            missing = self.tr("{name} is not plugged in").format(name=state.missing)
            self._add("triangle-alert", Role.ALERT, missing, self.tr("Plug it in, or choose another headset."))
        if state.microphone is not None:
            self._add("circle-check", Role.PRAISE, state.microphone.name, self.tr("You speak here."))
        elif state.microphone_off:
            off = self.tr("The microphone is off in the settings")
            self._add("keyboard", Role.CALM, off, self.tr("You type your replies."))
        elif state.missing is None:
            self._add("circle-x", Role.ALERT, self.tr("No microphone"), self.tr("You can type your replies instead."))

    def _add_noise(self, baseline: Baseline | None) -> None:
        if baseline is None or baseline.noise_dbfs is None:
            return
        noisy = baseline.noise_dbfs > NOISY_FROM_DBFS
        words = self.tr("The room is loud") if noisy else self.tr("The room is quiet")
        figure = self.tr("Noise {level} dB below full scale").format(level=round(-baseline.noise_dbfs))
        self._add("triangle-alert" if noisy else "circle-check", Role.ALERT if noisy else Role.PRAISE, words, figure)

    def _add_calm_voice(self, baseline: Baseline | None) -> None:
        if baseline is None:
            words = self.tr("Your calm voice is not known yet")
            remedy = self.tr("The first calm stretch of the call serves. Fifteen seconds at the check are better.")
            self._add("triangle-alert", Role.ALERT, words, remedy)
            return
        when = QDateTime.fromString(baseline.measured_at, Qt.DateFormat.ISODate)
        date = QLocale().toString(when.toLocalTime().date(), QLocale.FormatType.ShortFormat) if when.isValid() else ""
        detail = self.tr("Calibrated on {date}").format(date=date) if date else self.tr("Calibrated")
        self._add("circle-check", Role.PRAISE, self.tr("Your calm voice is known"), detail)

    def _add(self, icon: str, role: Role, text: str, detail: str = "") -> None:
        line = QWidget()
        line.setProperty("role", "plain")
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        row.addWidget(Icon(icon, role), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Text(text, "body"))
        if detail:
            words.addWidget(Text(detail, "secondary"))
        row.addLayout(words, 1)
        self._lines.addWidget(line)

    def _clear(self) -> None:
        while (item := self._lines.takeAt(0)) is not None:
            line = item.widget()
            line.setParent(None)
            line.deleteLater()
