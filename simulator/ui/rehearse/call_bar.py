"""The head of the call page: who is on the line, how long, and what can be done besides talking."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from simulator.domain.scenario import Difficulty
from simulator.practice.messages import Move
from simulator.practice.settings import CallSetup
from simulator.ui.rehearse.volume_slider import VolumeSlider
from simulator.ui.theme import GRID, ICON_SIZE, MARGIN
from simulator.ui.theme_colours import Role
from simulator.ui.widgets.buttons import Button, Kind
from simulator.ui.widgets.card import Tag
from simulator.ui.widgets.icon import Icon
from simulator.ui.widgets.labels import ElidedText, Text

_AROUND_WORDS = ICON_SIZE + 44


class CallClock(Text):
    """Minutes and seconds of the call; pauses do not count."""

    def __init__(self) -> None:
        super().__init__("0:00", "strong", wrap=False)
        self._since = QElapsedTimer()
        self._before_ms = 0
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self._show)

    def restart(self) -> None:
        self._before_ms = 0
        self._since.start()
        self._timer.start()
        self._show()

    def hold(self) -> None:
        if self._timer.isActive():
            self._before_ms += self._since.elapsed()
            self._timer.stop()

    def go_on(self) -> None:
        if not self._timer.isActive():
            self._since.start()
            self._timer.start()

    def _show(self) -> None:
        passed_s = (self._before_ms + (self._since.elapsed() if self._timer.isActive() else 0)) // 1000
        self.setText(f"{passed_s // 60}:{passed_s % 60:02d}")
        self.setAccessibleName(self.tr("Time in the call: {time}").format(time=self.text()))


class CallBar(QWidget):
    """Title, clock, the moves that are not talk, the customer's volume, and hanging up."""

    move_wanted = Signal(object)
    volume_changed = Signal(float)
    end_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(MARGIN, 2 * GRID, MARGIN, GRID)
        self._row.setSpacing(GRID)
        who = QVBoxLayout()
        who.setSpacing(0)
        self.title = ElidedText("", "section")
        self._case = ElidedText("", "secondary")
        who.addWidget(self.title)
        who.addWidget(self._case)
        self._row.addLayout(who, 1)
        self._tag: Tag | None = None
        self._tag_at = self._row.count()
        self.clock = CallClock()
        self._row.addWidget(self.clock)
        self._row.addSpacing(GRID)
        self._words: dict[Button, str] = {}
        self.hold = self._move(
            Move.HOLD,
            "hourglass",
            self.tr("Hold"),
            self.tr("A two-minute break: ask the customer for it first (Ctrl+H)"),
        )
        self.supervisor = self._move(
            Move.SUPERVISOR, "users", self.tr("Supervisor"), self.tr("Hand the call to a supervisor (Ctrl+U)")
        )
        self.incident = self._move(
            Move.INCIDENT, "flag", self.tr("Incident"), self.tr("Report abuse or a threat and end the call (Ctrl+I)")
        )
        self._row.addSpacing(GRID)
        self._row.addWidget(Icon("volume-2", Role.MUTED))
        self.volume = VolumeSlider()
        self.volume.setAccessibleName(self.tr("Customer's volume"))
        self.volume.setToolTip(self.tr("Customer's volume (Ctrl+Up, Ctrl+Down)"))
        self.volume.valueChanged.connect(lambda value: self.volume_changed.emit(value / 100))
        self._row.addWidget(self.volume)
        self._row.addSpacing(GRID)
        self.end = self._button(Kind.DANGER, "phone-off", self.tr("Hang up"), self.tr("Hang up (Ctrl+E)"))
        self.end.clicked.connect(self.end_wanted)

    def _button(self, kind: Kind, icon: str, words: str, tip: str) -> Button:
        button = Button(words, kind, icon)
        button.setToolTip(tip)
        button.setAccessibleName(words)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._words[button] = words
        self._row.addWidget(button)
        return button

    def _move(self, move: Move, icon: str, words: str, tip: str) -> Button:
        button = self._button(Kind.SECONDARY, icon, words, tip)
        button.clicked.connect(lambda: self.move_wanted.emit(move))
        return button

    def begin(self, setup: CallSetup, volume: float, *, demo: bool) -> None:
        self.title.setText(setup.scenario.customer_addressed)
        self._case.setText(setup.scenario.title)
        self._show_tag(setup, demo=demo)
        self.volume.blockSignals(True)
        self.volume.setValue(round(volume * 100))
        self.volume.blockSignals(False)
        for button in (self.hold, self.supervisor, self.incident):
            button.setEnabled(not demo)
        self.clock.restart()
        self._fit_words()

    def _show_tag(self, setup: CallSetup, *, demo: bool) -> None:
        if self._tag is not None:
            self._row.removeWidget(self._tag)
            self._tag.deleteLater()
            self._tag = None
        words = ""
        if demo:
            words = self.tr("Demo")
        elif setup.exam:
            words = self.tr("Exam")
        elif setup.difficulty is Difficulty.GUIDED:
            words = self.tr("Guided")
        if words:
            self._tag = Tag(words, Role.ACCENT)
            self._row.insertWidget(self._tag_at, self._tag)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_words()

    def _fit_words(self) -> None:
        with_words = self.width() >= self._width_with_words()
        for button, words in self._words.items():
            shown = words if with_words else ""
            if button.text() != shown:
                button.setText(shown)

    def _width_with_words(self) -> int:
        """How wide the bar must be for the buttons' words beside the customer's whole name."""
        buttons = sum(self.fontMetrics().horizontalAdvance(word) + _AROUND_WORDS for word in self._words.values())
        others = (self.title, self.clock, self.volume, *([self._tag] if self._tag is not None else []))
        wanted = sum(other.sizeHint().width() for other in others)
        return buttons + wanted + ICON_SIZE + (self._row.count() + 2) * GRID + 2 * MARGIN
