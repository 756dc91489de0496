"""The briefing: the case on the left, the call's set-up on the right, one large button to take the call."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from simulator.domain.scenario import Difficulty, Scenario
from simulator.practice.services import Services
from simulator.practice.settings import CallSetup
from simulator.ui.bridge import Task
from simulator.ui.briefing.case_notes import CaseNotes
from simulator.ui.briefing.headset_card import HeadsetCard
from simulator.ui.briefing.recognition import RecognitionOutlook, recognition_outlook
from simulator.ui.setup.headset_choice import HeadsetState, read_headset
from simulator.ui.shell_settings import SettingsInUse
from simulator.ui.theme import GRID, MARGIN
from simulator.ui.widgets.buttons import Button, Kind
from simulator.ui.widgets.card import Card
from simulator.ui.widgets.case_words import difficulty_help, difficulty_name
from simulator.ui.widgets.choice import Chips
from simulator.ui.widgets.icon import IconButton
from simulator.ui.widgets.labels import Text
from simulator.ui.widgets.page import Page
from simulator.ui.widgets.switch_row import SwitchRow

_TWO_COLUMNS_FROM = 820


class BriefingPage(Page):
    """Emits `call_taken` with the set-up, or `demo_wanted` with it, or `left`."""

    call_taken = Signal(object)
    demo_wanted = Signal(object)
    headset_wanted = Signal()
    left = Signal()
    broke = Signal(object)

    def __init__(
        self, services: Services, settings: SettingsInUse, scenario: Scenario, parent: QWidget | None = None
    ) -> None:
        super().__init__(scenario.title, self.tr("Read this before the phone rings."), parent)
        self._services = services
        self._settings = settings
        self._scenario = scenario
        self._headset: HeadsetState | None = None
        back = IconButton("arrow-left", self.tr("Back to all calls"))
        back.clicked.connect(self.left)
        self.head.insertWidget(0, back, 0, Qt.AlignmentFlag.AlignVCenter)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(2 * GRID)
        self._columns.addWidget(CaseNotes(scenario), 5)
        self._columns.addWidget(self._set_up(), 4)
        self.body.addLayout(self._columns)
        self.body.addStretch(1)
        self.layout().addWidget(self._footer())
        self._look_at_headset()

    def setup_chosen(self) -> CallSetup:
        """The call as it is set up on the page now."""
        now = self._settings.now
        return CallSetup(
            scenario=self._scenario,
            trainee_id=now.trainee_id,
            difficulty=self.difficulty.value(),
            exam=self.exam.is_on(),
            baseline=self._headset.baseline if self._headset else None,
            save=now.save_calls,
        )

    def show_trainee(self, _trainee_id: str) -> None:
        """Somebody else sat down: their calm voice counts now."""
        self._look_at_headset()

    def _set_up(self) -> QWidget:
        side = QWidget()
        side.setProperty("role", "plain")
        box = QVBoxLayout(side)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(2 * GRID)
        self.headset_card = HeadsetCard()
        self.headset_card.check_wanted.connect(self.headset_wanted)
        box.addWidget(self.headset_card)
        card = Card(title=self.tr("This call"), icon="phone-call")
        card.body.addWidget(Text(self.tr("Difficulty"), "strong"))
        options = [(difficulty_name(each), each) for each in Difficulty]
        self.difficulty = Chips(self.tr("Difficulty"), options)
        self.difficulty.choose(self._scenario.difficulty)
        self.difficulty.chosen.connect(lambda chosen: self._difficulty_help.setText(difficulty_help(chosen)))
        card.body.addWidget(self.difficulty)
        self._difficulty_help = Text(difficulty_help(self._scenario.difficulty), "secondary")
        card.body.addWidget(self._difficulty_help)
        card.body.addSpacing(GRID // 2)
        self.exam = SwitchRow(self.tr("Exam"), self.tr("No feedback until the call is over."))
        card.body.addWidget(self.exam)
        self.captions = SwitchRow(self.tr("Captions"), self.tr("Show what the customer says, word by word."))
        self.captions.set_on(self._settings.now.captions)
        self.captions.switched.connect(lambda on: self._settings.change(captions=on))
        card.body.addWidget(self.captions)
        box.addWidget(card)
        box.addStretch(1)
        return side

    def _footer(self) -> QWidget:
        bar = QFrame()
        bar.setProperty("role", "foot")
        row = QHBoxLayout(bar)
        row.setContentsMargins(MARGIN, GRID + 4, MARGIN, GRID + 4)
        row.setSpacing(2 * GRID)
        self.demo = Button(self.tr("Watch an example call"), Kind.QUIET, "play")
        self.demo.clicked.connect(lambda: self.demo_wanted.emit(self.setup_chosen()))
        row.addWidget(self.demo)
        row.addStretch(1)
        self.take = Button(self.tr("Take the call"), Kind.PRIMARY, "phone-incoming", large=True)
        self.take.clicked.connect(lambda: self.call_taken.emit(self.setup_chosen()))
        row.addWidget(self.take)
        return bar

    def _look_at_headset(self) -> None:
        self.headset_card.say_looking()
        self._task = Task(lambda _tell: self._read(), self)
        self._task.finished.connect(self._show_headset)
        self._task.failed.connect(self.headset_card.say_trouble)
        self._task.broke.connect(self.broke)
        self._task.start()

    def _read(self) -> tuple[HeadsetState, RecognitionOutlook]:
        now = self._settings.now
        state = read_headset(self._services, now)
        return state, recognition_outlook(self._services.models.list(), self._scenario.language, now.recogniser)

    def _show_headset(self, found: tuple[HeadsetState, RecognitionOutlook]) -> None:
        self._headset, outlook = found
        self.headset_card.show_state(self._headset)
        if self._headset.microphone is not None:
            self.headset_card.show_recognition(outlook)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.take.click()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.take.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= _TWO_COLUMNS_FROM
        side_by_side = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        self._columns.setDirection(side_by_side)
