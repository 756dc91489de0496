"""Makes the pages when they are wanted: the window starts with one, and imports the others later."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from simulator.domain.scenario import Scenario
from simulator.practice.services import Services
from simulator.practice.turn_result import CallSummary
from simulator.ui.shell_settings import SettingsInUse

if TYPE_CHECKING:
    from simulator.ui.briefing.briefing_page import BriefingPage
    from simulator.ui.calls.calls_page import CallsPage
    from simulator.ui.people.people_page import PeoplePage
    from simulator.ui.rehearse.rehearse_page import RehearsePage
    from simulator.ui.rehearse.summary_page import SummaryPage
    from simulator.ui.settings.settings_page import SettingsPage
    from simulator.ui.setup.first_run_page import FirstRunPage
    from simulator.ui.setup.headset_page import HeadsetPage


class Pages:
    """The call page is made once and kept, since it may still be closing a call; all others are made afresh."""

    def __init__(self, services: Services, settings: SettingsInUse) -> None:
        self._services = services
        self._settings = settings
        self._rehearse: RehearsePage | None = None

    def briefing(self, scenario: Scenario) -> BriefingPage:
        from simulator.ui.briefing.briefing_page import BriefingPage

        return BriefingPage(self._services, self._settings, scenario)

    def settings_page(self) -> SettingsPage:
        from simulator.ui.settings.settings_page import SettingsPage

        return SettingsPage(self._services, self._settings)

    def people(self, sitting: str) -> PeoplePage:
        from simulator.ui.people.people_page import PeoplePage

        return PeoplePage(self._services, sitting)

    def headset(self) -> HeadsetPage:
        from simulator.ui.setup.headset_page import HeadsetPage

        return HeadsetPage(self._services, self._settings)

    def first_run(self) -> FirstRunPage:
        from simulator.ui.setup.first_run_page import FirstRunPage

        return FirstRunPage(self._services, self._settings)

    def rehearse(self) -> RehearsePage:
        from simulator.ui.rehearse.rehearse_page import RehearsePage

        if self._rehearse is None:
            self._rehearse = RehearsePage(self._services)
        return self._rehearse

    def summary(self, summary: CallSummary) -> SummaryPage:
        from simulator.ui.rehearse.summary_page import SummaryPage

        page = SummaryPage(self._services)
        page.show_summary(summary)
        return page

    def calls(self, trainee_id: str) -> CallsPage:
        from simulator.ui.calls.calls_page import CallsPage

        page = CallsPage(self._services)
        page.show_trainee(trainee_id)
        return page

    def keeps(self, page: QWidget) -> bool:
        return page is self._rehearse

    def call_running(self) -> bool:
        return self._rehearse is not None and self._rehearse.in_call

    def close(self) -> None:
        if self._rehearse is not None:
            self._rehearse.close_call()
