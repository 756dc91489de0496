"""The window: the rail at the left, one page at a time beside it, passing news at its foot."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from simulator.domain.errors import SimulatorError
from simulator.domain.scenario import Scenario
from simulator.practice.services import Services
from simulator.ui.briefing.briefing_page import BriefingPage
from simulator.ui.library.library_page import LibraryPage
from simulator.ui.people.who_button import GUEST_ID, WhoButton
from simulator.ui.shell_rail import Rail, Section
from simulator.ui.shell_settings import SettingsInUse
from simulator.ui.theme import apply_theme, current_theme
from simulator.ui.widgets.notice import Toasts, Tone

_COMPACT_BELOW = 1080


class MainWindow(QMainWindow):
    """Everything a trainee sees. `broke` carries what no page could explain, for the crash report."""

    broke = Signal(object)

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self.settings = SettingsInUse(services.settings, self)
        self.setWindowTitle(self.tr("Unruffled"))
        self.setMinimumSize(QSize(880, 520))
        self.rail = Rail()
        self.who = WhoButton()
        self.rail.set_foot(self.who)
        self.stack = QStackedWidget()
        self.toasts = Toasts()
        self._lay_out()
        self.rail.section_chosen.connect(self.go_to)
        self.who.trainee_chosen.connect(self.sit_down)
        self.who.people_wanted.connect(self.show_people)
        self.settings.changed.connect(self._on_settings)
        self.settings.not_saved.connect(self.toasts.tell_error)
        self._follow_system_look()
        self._add_shortcuts()
        self._show_who()
        self.library = LibraryPage(services)
        self.library.scenario_chosen.connect(self.show_briefing)
        self.library.broke.connect(self._on_broke)
        self.stack.addWidget(self.library)
        self.go_to(Section.PRACTISE)

    def sizeHint(self) -> QSize:
        return QSize(1280, 800)

    def go_to(self, section: Section) -> None:
        """Show a section's first page."""
        self.rail.mark(section)
        self.rail.show()
        if section is Section.PRACTISE:
            self._put(self.library)
            self.library.show_trainee(self.settings.now.trainee_id)

    def show_briefing(self, scenario: Scenario) -> None:
        page = BriefingPage(self._services, self.settings, scenario)
        page.left.connect(lambda: self.go_to(Section.PRACTISE))
        page.broke.connect(self._on_broke)
        self._put(page)

    def show_people(self) -> None:
        pass

    def sit_down(self, trainee_id: str) -> None:
        """Somebody else is sitting here now."""
        self.settings.change(trainee_id=trainee_id)

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

    def _put(self, page: QWidget) -> None:
        """Show a page and let go of the one before, unless it is the library."""
        before = self.stack.currentWidget()
        if page is before:
            return
        if self.stack.indexOf(page) < 0:
            self.stack.addWidget(page)
        self.stack.setCurrentWidget(page)
        if before is not None and before is not self.library:
            self.stack.removeWidget(before)
            before.deleteLater()

    def _show_who(self) -> None:
        try:
            people = [person for person in self._services.store.trainees() if person.id != GUEST_ID]
        except SimulatorError as error:
            self.toasts.tell_error(error)
            people = []
        self.who.show_people(people, self.settings.now.trainee_id)

    def _on_settings(self) -> None:
        self._show_who()

    def _on_broke(self, error: Exception) -> None:
        self.toasts.tell(
            self.tr("Something went wrong that should not have."),
            Tone.TROUBLE,
            self.tr("What you did is kept. Please try again."),
        )
        self.broke.emit(error)

    def _add_shortcuts(self) -> None:
        for number, section in enumerate(Section, start=1):
            shortcut = QShortcut(QKeySequence(f"Ctrl+{number}"), self)
            shortcut.activated.connect(lambda chosen=section: self.go_to(chosen))

    def _follow_system_look(self) -> None:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.styleHints().colorSchemeChanged.connect(self._restyle)

    def _restyle(self) -> None:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        apply_theme(app, self.settings.now, current_theme().icons_folder)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.rail.set_compact(self.width() < _COMPACT_BELOW)
        self.who.set_compact(self.width() < _COMPACT_BELOW)

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
