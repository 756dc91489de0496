"""The window: sections, who is sitting here, the way into a call, and bad news."""

from __future__ import annotations

from dataclasses import replace

from call_samples import good_summary
from conftest import Bench
from port_fakes import HEADSET
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sample_scenarios import LATE_DELIVERY

from simulator.domain.errors import SimulatorError
from simulator.domain.measures import Baseline
from simulator.domain.scenario import Difficulty
from simulator.domain.session import SessionSummary
from simulator.ports import Trainee
from simulator.practice.messages import CallConnected, CallEnded
from simulator.practice.settings import CallSetup, Settings
from simulator.ui.briefing.briefing_page import BriefingPage
from simulator.ui.calls.calls_page import CallsPage
from simulator.ui.main_window import MainWindow
from simulator.ui.people.people_page import PeoplePage
from simulator.ui.rehearse.summary_page import SummaryPage
from simulator.ui.settings.settings_page import SettingsPage
from simulator.ui.setup.first_run_page import FirstRunPage
from simulator.ui.shell_rail import Section
from simulator.ui.theme import current_theme
from simulator.ui.theme_colours import DARK, LIGHT


def opened(qtbot: QtBot, bench: Bench) -> MainWindow:
    window = MainWindow(bench.services())
    qtbot.addWidget(window)
    window.resize(1280, 800)
    with qtbot.waitSignal(window.library.shown):
        window.show()
    return window


def test_it_opens_on_practise(qtbot: QtBot, bench: Bench) -> None:
    window = opened(qtbot, bench)
    assert window.stack.currentWidget() is window.library
    assert window.rail.button(Section.PRACTISE).isChecked()


def test_every_section_is_one_key_away(qtbot: QtBot, bench: Bench) -> None:
    window = opened(qtbot, bench)
    qtbot.keyClick(window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert isinstance(window.stack.currentWidget(), SettingsPage)
    assert window.rail.button(Section.SETTINGS).isChecked()
    qtbot.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert window.stack.currentWidget() is window.library


def test_switching_the_person_takes_two_clicks_and_is_kept(qtbot: QtBot, bench: Bench) -> None:
    bench.store.people = [Trainee("guest", "Guest"), Trainee("t-1", "Olena"), Trainee("t-2", "Jan")]
    window = opened(qtbot, bench)
    menu = window.who.menu()
    assert [action.text() for action in menu.actions() if action.text()] == [
        "Olena",
        "Jan",
        "Guest",
        "Add or rename people",
    ]
    with qtbot.waitSignal(window.library.shown):
        menu.actions()[1].trigger()
    assert bench.settings.settings.trainee_id == "t-2"
    assert "Jan" in window.who.accessibleName()


def test_adding_a_person_sits_them_down(qtbot: QtBot, bench: Bench) -> None:
    window = opened(qtbot, bench)
    window.show_people()
    page = window.stack.currentWidget()
    assert isinstance(page, PeoplePage)
    assert not page.add.isEnabled()
    qtbot.keyClicks(page.name, "  Olena   K ")
    qtbot.keyClick(page.name, Qt.Key.Key_Return)
    assert bench.store.people == [Trainee("t-1", "Olena K")]
    assert bench.settings.settings.trainee_id == "t-1"
    assert "Olena K" in window.who.accessibleName()


def test_renaming_a_person_shows_the_new_name_everywhere(qtbot: QtBot, bench: Bench) -> None:
    bench.store.people = [Trainee("t-1", "Olena")]
    bench.settings.settings = replace(bench.settings.settings, trainee_id="t-1")
    window = opened(qtbot, bench)
    window.show_people()
    page = window.stack.currentWidget()
    row = page.rows()[0]
    qtbot.mouseClick(row.rename, Qt.MouseButton.LeftButton)
    row.field.setText("Olenka")
    qtbot.keyClick(row.field, Qt.Key.Key_Return)
    assert bench.store.people == [Trainee("t-1", "Olenka")]
    assert "Olenka" in window.who.accessibleName()
    assert page.rows()[0].person.name == "Olenka"


def test_the_guest_cannot_be_renamed(qtbot: QtBot, bench: Bench) -> None:
    window = opened(qtbot, bench)
    window.show_people()
    assert not window.stack.currentWidget().rows()[-1].rename.isVisible()


def test_a_scenario_leads_to_its_briefing_and_escape_back(qtbot: QtBot, bench: Bench) -> None:
    window = opened(qtbot, bench)
    window.library.scenario_chosen.emit(LATE_DELIVERY)
    page = window.stack.currentWidget()
    assert isinstance(page, BriefingPage)
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert window.stack.currentWidget() is window.library


def test_changing_the_look_changes_it_at_once(qtbot: QtBot, bench: Bench, look: QApplication) -> None:
    window = opened(qtbot, bench)
    window.settings.change(theme="dark")
    assert current_theme().colours == DARK
    window.settings.change(theme="light")
    assert current_theme().colours == LIGHT
    assert bench.settings.settings.theme == "light"


def test_settings_that_cannot_be_saved_are_used_and_said(qtbot: QtBot, bench: Bench) -> None:
    window = opened(qtbot, bench)
    bench.settings.trouble = SimulatorError("The settings could not be saved (no space left).", "Free some space.")
    window.settings.change(captions=False)
    assert window.settings.now.captions is False
    assert window.toasts.text() == "The settings could not be saved (no space left). Free some space."


def test_an_unexpected_error_is_one_sentence_and_goes_to_the_crash_report(qtbot: QtBot, bench: Bench) -> None:
    window = opened(qtbot, bench)
    error = KeyError("beat")
    with qtbot.waitSignal(window.broke) as told:
        window.library.broke.emit(error)
    assert told.args == [error]
    assert "beat" not in window.toasts.text()
    assert window.toasts.text().startswith("Something went wrong")


def test_a_store_that_cannot_be_read_does_not_keep_the_window_from_opening(qtbot: QtBot, bench: Bench) -> None:
    bench.store.trouble = SimulatorError("The database is newer than this program.", "Update the program.")
    window = opened(qtbot, bench)
    assert "The database is newer than this program." in window.toasts.text()


def test_a_narrow_window_keeps_icons_and_their_names(qtbot: QtBot, bench: Bench) -> None:
    window = opened(qtbot, bench)
    window.resize(960, 540)
    button = window.rail.button(Section.CALLS)
    assert button.text() == ""
    assert button.accessibleName() == button.toolTip() == "My calls"
    window.resize(1280, 800)
    assert button.text() == "My calls"


def test_taking_a_call_leaves_nothing_but_the_call_and_its_end_shows_the_summary(qtbot: QtBot, bench: Bench) -> None:
    bench.script = [CallConnected(LATE_DELIVERY, 9.0, "none", ""), CallEnded(good_summary())]
    window = opened(qtbot, bench)
    window.show_briefing(LATE_DELIVERY)
    page = window.stack.currentWidget()
    page.difficulty.choose(Difficulty.HARD)
    qtbot.mouseClick(page.exam.toggle, Qt.MouseButton.LeftButton)
    qtbot.keyClick(page, Qt.Key.Key_Return)
    assert window.rail.isHidden()
    assert window.in_call
    qtbot.waitUntil(lambda: len(bench.calls) == 1)
    setup = bench.calls[0].setup
    assert (setup.scenario, setup.difficulty, setup.exam) == (LATE_DELIVERY, Difficulty.HARD, True)
    qtbot.waitUntil(lambda: isinstance(window.stack.currentWidget(), SummaryPage))
    assert not window.rail.isHidden()
    assert not window.in_call
    window.stack.currentWidget().practise_again.emit()
    assert isinstance(window.stack.currentWidget(), BriefingPage)


def test_a_call_cannot_be_left_by_a_section_key(qtbot: QtBot, bench: Bench) -> None:
    window = opened(qtbot, bench)
    window.begin_call(CallSetup(LATE_DELIVERY, "guest", Difficulty.STANDARD))
    page = window.stack.currentWidget()
    qtbot.keyClick(window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert window.stack.currentWidget() is page


def test_closing_the_window_in_a_call_hangs_up_and_waits_for_it(qtbot: QtBot, bench: Bench) -> None:
    bench.script = [CallConnected(LATE_DELIVERY, 9.0, "none", "")]
    window = opened(qtbot, bench)
    window.begin_call(CallSetup(LATE_DELIVERY, "guest", Difficulty.STANDARD))
    page = window.stack.currentWidget()
    qtbot.waitUntil(lambda: page._control is not None)
    window.close()
    assert bench.calls[0].closed


def test_closing_the_window_while_a_call_connects_hangs_up_too(qtbot: QtBot, bench: Bench) -> None:
    window = opened(qtbot, bench)
    window.begin_call(CallSetup(LATE_DELIVERY, "guest", Difficulty.STANDARD))
    window.close()
    assert all(call.closed for call in bench.calls)
    assert not window.in_call


def test_the_example_call_is_a_demo(qtbot: QtBot, bench: Bench) -> None:
    demos: list[CallSetup] = []
    services = replace(
        bench.services(), demo_call=lambda setup, *rest: demos.append(setup) or bench.start_call(setup, *rest)
    )
    window = MainWindow(services)
    qtbot.addWidget(window)
    window.show_briefing(LATE_DELIVERY)
    qtbot.mouseClick(window.stack.currentWidget().demo, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: [setup.scenario.id for setup in demos] == ["late_delivery"])


def test_the_calibration_of_the_chosen_headset_goes_into_the_call(qtbot: QtBot, bench: Bench) -> None:
    calm = Baseline(-32.4, 4.3, 191.0, -3.0, -62.0, 13.2, HEADSET.key)
    bench.store.baselines["guest", HEADSET.key] = calm
    window = opened(qtbot, bench)
    window.show_briefing(LATE_DELIVERY)
    page = window.stack.currentWidget()
    qtbot.waitUntil(lambda: "Your calm voice is known" in page.headset_card.lines())
    assert page.setup_chosen().baseline == calm


def test_the_first_start_leads_through_three_steps_to_the_first_briefing(qtbot: QtBot, bench: Bench) -> None:
    bench.settings.settings = Settings()
    window = MainWindow(bench.services())
    qtbot.addWidget(window)
    window.show()
    page = window.stack.currentWidget()
    assert isinstance(page, FirstRunPage)
    assert window.rail.isHidden()
    for _ in range(3):
        page.go_on()
    qtbot.waitUntil(lambda: isinstance(window.stack.currentWidget(), BriefingPage))
    assert bench.settings.settings.first_run_done
    assert not window.rail.isHidden()


def test_my_calls_are_those_of_who_is_sitting_here(qtbot: QtBot, bench: Bench) -> None:
    bench.store.rows = [
        SessionSummary(
            f"s{number}", trainee, "x", "A call", "en", "2026-11-20T10:00:00+00:00", "ended", "settled", 50.0, 3, 90.0
        )
        for number, trainee in enumerate(("guest", "t-1", "t-1"))
    ]
    bench.store.people = [Trainee("t-1", "Olena")]
    window = opened(qtbot, bench)
    window.go_to(Section.CALLS)
    page = window.stack.currentWidget()
    assert isinstance(page, CallsPage)
    qtbot.waitUntil(lambda: len(page.rows) == 1)
    window.sit_down("t-1")
    qtbot.waitUntil(lambda: len(page.rows) == 2)


def test_a_person_who_is_not_in_this_data_folder_gives_way_to_the_guest(qtbot: QtBot, bench: Bench) -> None:
    bench.settings.settings = replace(bench.settings.settings, trainee_id="t-gone")
    opened(qtbot, bench)
    assert bench.settings.settings.trainee_id == "guest"
