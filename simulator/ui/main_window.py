"""The window: the rail at the left, one page at a time beside it, passing news at its foot."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QSize, QThreadPool, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from simulator.domain.errors import SimulatorError
from simulator.domain.scenario import Scenario
from simulator.practice.services import Services
from simulator.practice.settings import CallSetup, Settings
from simulator.practice.turn_result import CallSummary
from simulator.ui.library.library_page import LibraryPage
from simulator.ui.people.who_button import GUEST_ID, WhoButton
from simulator.ui.shell_mark import program_icon
from simulator.ui.shell_pages import Pages
from simulator.ui.shell_rail import Rail, Section
from simulator.ui.shell_settings import SettingsInUse
from simulator.ui.theme import apply_theme, current_theme
from simulator.ui.widgets.notice import Toasts, Tone

_COMPACT_BELOW = 1080
_CLOSING_MS = 5000
_SMALLEST = (848, 480)  # a screen of 1280 x 720 at 150 %


class MainWindow(QMainWindow):
    """Everything a trainee sees. `broke` carries what no page could explain, for the crash report."""

    broke = Signal(object)

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self.settings = SettingsInUse(services.settings, self)
        self._used = self.settings.now
        self._last_scenario: Scenario | None = None
        self._pages = Pages(services, self.settings)
        self.setWindowTitle(self.tr("Unruffled"))
        self.setWindowIcon(program_icon())
        self.setMinimumSize(QSize(*_SMALLEST))
        self.rail = Rail()
        self.who = WhoButton()
        self.rail.set_foot(self.who)
        self.stack = QStackedWidget()
        self.toasts = Toasts()
        self._lay_out()
        self._connect_parts()
        self._show_who()
        self.library = LibraryPage(services)
        self.library.scenario_chosen.connect(self.show_briefing)
        self.library.broke.connect(self._on_broke)
        self.stack.addWidget(self.library)
        if self.settings.now.first_run_done:
            self.go_to(Section.PRACTISE)
        else:
            self.show_first_run()

    def sizeHint(self) -> QSize:
        return QSize(1280, 800)

    # Where to go

    def go_to(self, section: Section) -> None:
        """Show a section's first page; not while a call is running."""
        if self.in_call:
            return
        self.rail.mark(section)
        self.rail.show()
        match section:
            case Section.PRACTISE:
                self._put(self.library)
                self.library.show_trainee(self.settings.now.trainee_id)
            case Section.CALLS:
                calls = self._pages.calls(self.settings.now.trainee_id)
                calls.practise_again.connect(self.show_briefing)
                calls.back_to_library.connect(lambda: self.go_to(Section.PRACTISE))
                self._put(calls)
            case Section.SETTINGS:
                page = self._pages.settings_page()
                page.headset_wanted.connect(self._show_headset_from_settings)
                page.broke.connect(self._on_broke)
                self._put(page)

    def show_briefing(self, scenario: Scenario) -> None:
        page = self._pages.briefing(scenario)
        page.left.connect(lambda: self.go_to(Section.PRACTISE))
        page.call_taken.connect(self.begin_call)
        page.demo_wanted.connect(lambda setup: self.begin_call(setup, demo=True))
        page.headset_wanted.connect(lambda: self.show_headset(lambda: self.show_briefing(scenario)))
        page.broke.connect(self._on_broke)
        self.rail.mark(Section.PRACTISE)
        self.rail.show()
        self._put(page)

    def begin_call(self, setup: CallSetup, demo: bool = False) -> None:
        """Take a call: nothing but the call is in the window until it is over."""
        self._last_scenario = setup.scenario
        page = self._pages.rehearse()
        if self.stack.indexOf(page) < 0:
            page.call_ended.connect(self._on_call_ended)
            page.left.connect(lambda: self.go_to(Section.PRACTISE))
        self.rail.hide()
        self.toasts.hide()
        self._put(page)
        page.begin(setup, demo=demo)

    @property
    def in_call(self) -> bool:
        return self._pages.call_running()

    def show_people(self) -> None:
        page = self._pages.people(self.settings.now.trainee_id)
        self.rail.mark(None)
        page.trainee_chosen.connect(self.sit_down)
        page.people_changed.connect(self._show_who)
        self._put(page)

    def sit_down(self, trainee_id: str) -> None:
        """Somebody else is sitting here now: their own calm voice, their own calls."""
        self.settings.change(trainee_id=trainee_id)

    def show_headset(self, go_back: object) -> None:
        page = self._pages.headset()
        page.left.connect(go_back)
        page.broke.connect(self._on_broke)
        self._put(page)

    def show_first_run(self) -> None:
        """Who, headset, calm voice; then straight into the first call."""
        page = self._pages.first_run()
        page.finished.connect(self._on_first_run)
        page.broke.connect(self._on_broke)
        self.rail.hide()
        self._put(page)

    def _show_headset_from_settings(self) -> None:
        self.show_headset(lambda: self.go_to(Section.SETTINGS))

    def _on_first_run(self, scenario: Scenario | None) -> None:
        self.settings.change(first_run_done=True)
        self._show_who()
        if scenario is not None:
            self.show_briefing(scenario)
        else:
            self.go_to(Section.PRACTISE)

    def _on_call_ended(self, summary: CallSummary) -> None:
        self.settings.reload()
        page = self._pages.summary(summary)
        page.back_to_library.connect(lambda: self.go_to(Section.PRACTISE))
        page.practise_again.connect(self._practise_again)
        self.rail.mark(Section.PRACTISE)
        self.rail.show()
        self._put(page)

    def _practise_again(self) -> None:
        if self._last_scenario is not None:
            self.show_briefing(self._last_scenario)

    # What changes

    def _on_settings(self, now: Settings) -> None:
        before, self._used = self._used, now
        if (now.theme, now.reduced_motion) != (before.theme, before.reduced_motion):
            self._restyle()
        if now.trainee_id != before.trainee_id:
            self._show_who()
            page = self.stack.currentWidget()
            if hasattr(page, "show_trainee"):
                page.show_trainee(now.trainee_id)

    def _show_who(self) -> None:
        try:
            people = [person for person in self._services.store.trainees() if person.id != GUEST_ID]
        except SimulatorError as error:
            self.toasts.tell_error(error)
            people = []
        else:
            self._forget_who_is_gone({GUEST_ID, *(person.id for person in people)})
        self.who.show_people(people, self.settings.now.trainee_id)

    def _forget_who_is_gone(self, known: set[str]) -> None:
        """The settings may name somebody who is in another data folder: the guest sits here then."""
        if self.settings.now.trainee_id not in known:
            self.settings.change(trainee_id=GUEST_ID)

    def _restyle(self) -> None:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        apply_theme(app, self.settings.now, current_theme().icons_folder)

    def _on_broke(self, error: Exception) -> None:
        self.toasts.tell(
            self.tr("Something went wrong that should not have."),
            Tone.TROUBLE,
            self.tr("What you did is kept. Please try again."),
        )
        self.broke.emit(error)

    # The frame

    def _lay_out(self) -> None:
        middle = QWidget()
        columns = QHBoxLayout(middle)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(0)
        columns.addWidget(self.rail)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self.stack, 1)
        column.addWidget(self.toasts)
        columns.addLayout(column, 1)
        self.setCentralWidget(middle)

    def _connect_parts(self) -> None:
        self.rail.section_chosen.connect(self.go_to)
        self.who.trainee_chosen.connect(self.sit_down)
        self.who.people_wanted.connect(self.show_people)
        self.settings.changed.connect(self._on_settings)
        self.settings.not_saved.connect(self.toasts.tell_error)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.styleHints().colorSchemeChanged.connect(self._restyle)
        for number, section in enumerate(Section, start=1):
            shortcut = QShortcut(QKeySequence(f"Ctrl+{number}"), self)
            shortcut.activated.connect(lambda chosen=section: self.go_to(chosen))

    def _put(self, page: QWidget) -> None:
        """Show a page, and let go of the one before unless it is kept."""
        before = self.stack.currentWidget()
        if page is before:
            return
        if self.stack.indexOf(page) < 0:
            self.stack.addWidget(page)
        self.stack.setCurrentWidget(page)
        if before is not None and before is not self.library and not self._pages.keeps(before):
            self.stack.removeWidget(before)
            before.deleteLater()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        compact = self.width() < _COMPACT_BELOW
        self.rail.set_compact(compact)
        self.who.set_compact(compact)

    def closeEvent(self, event: QCloseEvent) -> None:
        """A call that is running is hung up and kept; what goes on in the background gets a moment to end."""
        self._pages.close()
        # The second time for a call that was still connecting: it is closed when the news of it arrives.
        for _ in range(2):
            QThreadPool.globalInstance().waitForDone(_CLOSING_MS)
            QCoreApplication.sendPostedEvents(None, QEvent.Type.MetaCall)
        super().closeEvent(event)
