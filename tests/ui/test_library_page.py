"""Practise: cards, filters, what comes next, and the states without cards."""

from __future__ import annotations

from dataclasses import replace

from conftest import Bench
from port_fakes import FakeLibrary
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sample_scenarios import KIND_CALLER, LATE_DELIVERY

from simulator.domain.errors import BadInputError
from simulator.domain.scenario import CustomerType
from simulator.domain.session import SessionEvent, SessionSummary
from simulator.ui.library.library_page import LibraryPage
from simulator.ui.library.own_results import OwnResult, own_results
from simulator.ui.widgets.choice import Chips, Choice
from simulator.ui.widgets.empty_state import EmptyState
from simulator.ui.widgets.labels import Text


def row(
    number: int, scenario_id: str, score: float | None, outcome: str | None, state: str = "ended"
) -> SessionSummary:
    return SessionSummary(
        f"s{number}", "t-1", scenario_id, "A call", "en", "2026-11-20T10:00:00+00:00", state, outcome, score, 5, 200.0
    )


def shown(qtbot: QtBot, bench: Bench, trainee_id: str = "t-1") -> LibraryPage:
    page = LibraryPage(bench.services())
    qtbot.addWidget(page)
    page.resize(1056, 800)
    page.show()
    with qtbot.waitSignal(page.shown):
        page.show_trainee(trainee_id)
    return page


def words(page: LibraryPage) -> str:
    return "\n".join(label.text() for label in page.findChildren(Text) if label.isVisibleTo(page))


def test_each_scenario_has_a_card_that_says_who_calls_and_what_about(qtbot: QtBot, bench: Bench) -> None:
    page = shown(qtbot, bench)
    assert [card.scenario.id for card in page.cards()] == ["late_delivery", "double_charge", "kind_caller"]
    for part in ("Ms Monika Novak", "A birthday parcel is nine days late", "Furious", "Standard", "6 min", "English"):
        assert part in words(page)


def test_a_card_shows_the_own_best_and_last_result(qtbot: QtBot, bench: Bench) -> None:
    bench.store.rows = [
        row(3, "late_delivery", 64.0, "customer_hung_up"),
        row(2, "late_delivery", 81.0, "settled"),
    ]
    page = shown(qtbot, bench)
    card = next(card for card in page.cards() if card.scenario.id == "late_delivery")
    assert "Best 81 · last 64, customer hung up" in card.accessibleName()


def test_results_of_somebody_else_are_not_shown(qtbot: QtBot, bench: Bench) -> None:
    bench.store.rows = [row(1, "late_delivery", 81.0, "settled")]
    page = shown(qtbot, bench, "guest")
    assert all("Not tried yet" in card.accessibleName() for card in page.cards())


def test_the_suggestion_says_why_from_the_last_calls(qtbot: QtBot, bench: Bench) -> None:
    bench.store.rows = [row(number, "late_delivery", 50.0, "settled") for number in range(4)]
    for number in range(4):
        harms = ["interrupt"] if number < 3 else []
        bench.store.kept[f"s{number}"] = [SessionEvent("ended", 1.0, {"scorecard": {"harms": harms, "missed": []}})]
    page = shown(qtbot, bench)
    assert page.suggested().scenario.id == "double_charge"
    assert page.suggested().why.text() == "Suggested next: you interrupted in 3 of your last 4 calls"


def test_choosing_a_type_leaves_the_cards_of_that_type(qtbot: QtBot, bench: Bench) -> None:
    page = shown(qtbot, bench)
    chips = page.findChild(Chips)
    qtbot.mouseClick(chips.button(CustomerType.AGGRESSIVE), Qt.MouseButton.LeftButton)
    assert [card.scenario.id for card in page.cards() if card.isVisible()] == ["double_charge"]
    qtbot.mouseClick(chips.button(None), Qt.MouseButton.LeftButton)
    assert len([card for card in page.cards() if card.isVisible()]) == 3


def test_choosing_a_language_leaves_the_calls_in_it(qtbot: QtBot, bench: Bench) -> None:
    polish = replace(KIND_CALLER, id="pl_kind", language="pl")
    bench.library = FakeLibrary([LATE_DELIVERY, polish])
    page = shown(qtbot, bench)
    choice = page.findChild(Choice)
    choice.setCurrentIndex(choice.findData("pl"))
    assert [card.scenario.id for card in page.cards() if card.isVisible()] == ["pl_kind"]


def test_with_one_language_there_is_no_choice_of_languages(qtbot: QtBot, bench: Bench) -> None:
    assert shown(qtbot, bench).findChild(Choice) is None


def test_a_card_is_chosen_by_key_and_by_mouse(qtbot: QtBot, bench: Bench) -> None:
    page = shown(qtbot, bench)
    card = page.cards()[0]
    for act in (
        lambda: qtbot.keyClick(card, Qt.Key.Key_Return),
        lambda: qtbot.keyClick(card, Qt.Key.Key_Space),
        lambda: qtbot.mouseClick(card, Qt.MouseButton.LeftButton),
    ):
        with qtbot.waitSignal(page.scenario_chosen) as chosen:
            act()
        assert chosen.args == [LATE_DELIVERY]


def test_a_broken_scenario_is_told_in_one_sentence_and_can_be_tried_again(qtbot: QtBot, bench: Bench) -> None:
    bench.library.trouble = BadInputError("scenarios/en/x.yaml:12: beats: is empty", "Mend the file, then try again.")
    page = shown(qtbot, bench)
    assert "scenarios/en/x.yaml:12: beats: is empty" in words(page)
    assert "Traceback" not in words(page)
    bench.library.trouble = None
    with qtbot.waitSignal(page.shown):
        page.findChild(EmptyState).action_taken.emit()
    assert len(page.cards()) == 3


def test_without_any_scenario_the_page_says_what_to_do(qtbot: QtBot, bench: Bench) -> None:
    bench.library = FakeLibrary([])
    assert "No calls to practise yet" in words(shown(qtbot, bench))


def test_switching_quickly_between_people_shows_the_last_one_only(qtbot: QtBot, bench: Bench) -> None:
    bench.store.rows = [row(1, "late_delivery", 81.0, "settled")]
    page = LibraryPage(bench.services())
    qtbot.addWidget(page)
    page.show_trainee("t-1")
    with qtbot.waitSignal(page.shown):
        page.show_trainee("guest")
    assert all("Not tried yet" in card.accessibleName() for card in page.cards())


def test_own_results_leave_out_open_calls_and_keep_the_newest_as_last() -> None:
    rows = [
        row(4, "a", None, None, state="open"),
        row(3, "a", None, "abandoned"),
        row(2, "a", 70.0, "settled"),
        row(1, "a", 30.0, "abandoned"),
    ]
    assert own_results(rows) == {"a": OwnResult(3, 70.0, None, "abandoned")}


def test_the_page_scrolls_by_key(qtbot: QtBot, bench: Bench) -> None:
    page = shown(qtbot, bench)
    page.resize(853, 480)
    bar = page.scroll.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    qtbot.keyClick(page, Qt.Key.Key_End)
    assert bar.value() == bar.maximum()
    qtbot.keyClick(page, Qt.Key.Key_Home)
    assert bar.value() == 0
    qtbot.keyClick(page, Qt.Key.Key_PageDown)
    assert bar.value() > 0


def test_a_large_library_is_shown_screen_by_screen_and_whole_in_the_end(qtbot: QtBot, bench: Bench) -> None:
    bench.library = FakeLibrary([replace(LATE_DELIVERY, id=f"call_{number}") for number in range(40)])
    page = shown(qtbot, bench)
    assert len(page.cards()) < 40
    qtbot.waitUntil(lambda: len(page.cards()) == 40)
    assert [card.scenario.id for card in page.cards()] == [f"call_{number}" for number in range(40)]


def test_choosing_a_type_while_cards_are_still_coming_leaves_no_strangers(qtbot: QtBot, bench: Bench) -> None:
    many = [replace(LATE_DELIVERY, id=f"call_{number}") for number in range(20)]
    bench.library = FakeLibrary([*many, KIND_CALLER])
    page = shown(qtbot, bench)
    qtbot.mouseClick(page.findChild(Chips).button(CustomerType.PLEASANT), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: [card.scenario.id for card in page.cards() if card.isVisible()] == ["kind_caller"])


def test_coming_back_to_an_unchanged_library_keeps_its_cards(qtbot: QtBot, bench: Bench) -> None:
    page = shown(qtbot, bench)
    before = page.cards()
    with qtbot.waitSignal(page.shown):
        page.show_trainee("t-1")
    assert page.cards() == before
    bench.store.rows = [row(1, "late_delivery", 81.0, "settled")]
    with qtbot.waitSignal(page.shown):
        page.show_trainee("t-1")
    assert "Best 81" in page.cards()[0].accessibleName()
