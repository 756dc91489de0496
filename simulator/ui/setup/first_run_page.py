"""The first start: who, headset, calm voice; then straight into a first call of five minutes."""

from __future__ import annotations

from PySide6.QtCore import Qt, QThreadPool, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from simulator.domain.errors import SimulatorError
from simulator.domain.scenario import Scenario
from simulator.practice.headset_check import HeadsetCheck
from simulator.practice.services import Services
from simulator.practice.suggestion import suggest_next
from simulator.ui.bridge import Task
from simulator.ui.library.library_page import own_language
from simulator.ui.people.people_page import LONGEST_NAME
from simulator.ui.setup.calm_voice_card import CalmVoiceCard
from simulator.ui.setup.device_card import DeviceCard
from simulator.ui.setup.room_card import RoomCard
from simulator.ui.setup.steps import Steps
from simulator.ui.shell_settings import SettingsInUse
from simulator.ui.theme import GRID, MARGIN, READING_WIDTH
from simulator.ui.theme_colours import Role
from simulator.ui.widgets.buttons import Button, Kind
from simulator.ui.widgets.card import Card
from simulator.ui.widgets.icon import Icon
from simulator.ui.widgets.labels import Text
from simulator.ui.widgets.page import Page


class FirstRunPage(Page):
    """`finished` carries the scenario to begin with, None where there is none. Every step can be left out."""

    finished = Signal(object)
    broke = Signal(object)

    def __init__(self, services: Services, settings: SettingsInUse, parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("Welcome to Unruffled"),
            self.tr("Three short steps, then your first call. It takes about five minutes."),
            parent,
            column_width=READING_WIDTH,
        )
        self._services = services
        self._settings = settings
        self._task: Task | None = None
        self._lane = QThreadPool(self)
        self._lane.setMaxThreadCount(1)
        checks = HeadsetCheck(services.microphone, services.speaker)
        self.steps = Steps([self.tr("Who you are"), self.tr("Your headset"), self.tr("Your calm voice")])
        self.body.addWidget(self.steps)
        self.devices = DeviceCard(services, settings, self._lane)
        self.room = RoomCard(checks, self._lane)
        self.calm = CalmVoiceCard(services, settings, checks, self._lane)
        self._pages = QStackedWidget()
        self._pages.setProperty("role", "plain")
        for cards in ((self._who(), self._how_it_works()), (self.devices, self.room), (self.calm,)):
            self._pages.addWidget(_column(cards))
        self.body.addWidget(self._pages, 1)
        self.layout().addWidget(self._footer())
        self._connect_parts()
        self.show_step(0)

    @property
    def step(self) -> int:
        """0 who, 1 headset, 2 calm voice."""
        return self._pages.currentIndex()

    def show_step(self, step: int) -> None:
        self._pages.setCurrentIndex(step)
        self.steps.mark(step)
        self.back.setVisible(step > 0)
        last = step == self._pages.count() - 1
        self.next.show_words(self.tr("To my first call") if last else self.tr("Next"))
        self.next.show_icon("phone-incoming" if last else "arrow-right")
        self.skip.setVisible(step > 0)
        if step == 0:
            self.name.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.next.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_on(self) -> None:
        """Keep what this step asked for and go to the next one; after the last, to the first call."""
        if self.step == 0 and not self._keep_name():
            return
        if self.step < self._pages.count() - 1:
            self.show_step(self.step + 1)
        else:
            self._finish()

    def _who(self) -> Card:
        card = Card(title=self.tr("Who is sitting here?"), icon="user-round")
        words = self.tr("Your name stays on this computer. Leave it empty to practise as a guest.")
        card.body.addWidget(Text(words, "secondary"))
        self.name = QLineEdit()
        self.name.setPlaceholderText(self.tr("First name, or any name"))
        self.name.setAccessibleName(self.tr("Your name"))
        self.name.setMaxLength(LONGEST_NAME)
        self.name.returnPressed.connect(self.go_on)
        card.body.addWidget(self.name)
        return card

    def _how_it_works(self) -> Card:
        card = Card()
        for icon, title, text in (
            (
                "phone-incoming",
                self.tr("A customer calls"),
                self.tr("The program plays them: furious, despotic or kind. You answer by voice, or by typing."),
            ),
            (
                "activity",
                self.tr("You see what your reply did"),
                self.tr("What was measured and heard, what it did to the customer, and the one thing to do next."),
            ),
            (
                "lock",
                self.tr("It stays with you"),
                self.tr("Your voice is measured here and nowhere else. Nothing is sent anywhere."),
            ),
        ):
            row = QHBoxLayout()
            row.setSpacing(GRID + 4)
            row.addWidget(Icon(icon, Role.ACCENT), 0, Qt.AlignmentFlag.AlignTop)
            words = QVBoxLayout()
            words.setSpacing(0)
            words.addWidget(Text(title, "strong"))
            words.addWidget(Text(text, "secondary"))
            row.addLayout(words, 1)
            card.body.addLayout(row)
        return card

    def _footer(self) -> QWidget:
        bar = QFrame()
        bar.setProperty("role", "foot")
        outer = QHBoxLayout(bar)
        outer.setContentsMargins(MARGIN, 2 * GRID, MARGIN, 2 * GRID)
        outer.addStretch(1)
        inner = QWidget()
        inner.setProperty("role", "plain")
        inner.setMaximumWidth(READING_WIDTH)
        row = QHBoxLayout(inner)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID + 4)
        self.back = Button(self.tr("Back"), Kind.QUIET, "arrow-left")
        self.skip = Button(self.tr("Later"), Kind.QUIET)
        self.next = Button(self.tr("Next"), Kind.PRIMARY, "arrow-right")
        row.addWidget(self.back)
        row.addStretch(1)
        row.addWidget(self.skip)
        row.addWidget(self.next)
        outer.addWidget(inner, 100)
        outer.addStretch(1)
        return bar

    def _connect_parts(self) -> None:
        self.back.clicked.connect(lambda: self.show_step(self.step - 1))
        self.skip.clicked.connect(self._finish)
        self.next.clicked.connect(self.go_on)
        self.devices.state_read.connect(self.room.use)
        self.devices.state_read.connect(self.calm.use)
        self.room.busy.connect(self._on_busy)
        for card in (self.devices, self.room, self.calm):
            card.broke.connect(self.broke)

    def _on_busy(self, busy: bool) -> None:
        if busy:
            self.devices.rest()
        else:
            self.devices.listen()

    def _keep_name(self) -> bool:
        name = " ".join(self.name.text().split())
        if not name:
            return True
        try:
            known = {person.name: person.id for person in self._services.store.trainees()}
            trainee_id = known.get(name) or self._services.store.add_trainee(name).id
        except SimulatorError as error:
            self.notice.tell_error(error)
            return False
        self.notice.hide()
        self._settings.change(trainee_id=trainee_id)
        return True

    def _finish(self) -> None:
        self.next.setEnabled(False)
        self.skip.setEnabled(False)
        self._task = Task(lambda _tell: self._first_call(), self)
        self._task.finished.connect(self.finished)
        self._task.failed.connect(lambda _error: self.finished.emit(None))  # the library shows the trouble
        self._task.broke.connect(self.broke)
        self._task.start()

    def _first_call(self) -> Scenario | None:
        scenarios = tuple(self._services.scenarios.scenarios())
        first = suggest_next(scenarios, (), own_language(scenarios))
        return next((s for s in scenarios if first is not None and s.id == first.scenario_id), None)


def _column(cards: tuple[QWidget, ...]) -> QWidget:
    holder = QWidget()
    holder.setProperty("role", "plain")
    box = QVBoxLayout(holder)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(2 * GRID)
    for card in cards:
        box.addWidget(card)
    box.addStretch(1)
    return holder
