"""My calls: the list, its filters, one call opened, and deleting."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from call_samples import SCENARIO, call_setup, good_summary
from PySide6.QtCore import Qt

from simulator.domain.errors import SimulatorError
from simulator.domain.scenario import Outcome
from simulator.domain.session import SessionEvent, SessionSummary
from simulator.practice import events
from simulator.practice.events import read_session
from simulator.ui.calls.call_filter import CallFilter, Ending
from simulator.ui.calls.calls_page import CallsPage
from simulator.ui.calls.past_call import past_call
from simulator.ui.calls.progress_facts import MOST_CALLS, CallFacts, Mark, facts_of, progress_of
from simulator.ui.calls.technique_grid import TechniqueGrid
from simulator.ui.rehearse.look_back import LookBack
from simulator.ui.rehearse.summary_page import SummaryPage
from simulator.ui.widgets.icon import IconButton

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


def row(number=0, **changes):
    made = SessionSummary(
        f"s-{number}",
        "guest",
        "late_delivery",
        "Late delivery",
        "en",
        (NOW - timedelta(hours=6 * number)).isoformat(),
        "ended",
        "settled",
        70.0,
        5,
        214.0,
    )
    return replace(made, **changes)


def stored(summary, *, ended=True):
    """The events a call leaves behind."""
    facts = [events.started(call_setup(), NOW.isoformat())]
    for turn in summary.turns:
        facts.append(events.line_spoken(turn.customer, "rage", False))
        facts.append(events.turn_taken(turn, "rage"))
    if ended:
        facts.append(events.ended(summary, 120.0))
    return [SessionEvent(kind, float(at), data) for at, (kind, data) in enumerate(facts)]


@pytest.fixture
def page(qtbot, services, bench):
    bench.store.rows = [
        row(0),
        row(1, scenario_title="Charged twice", outcome="customer_hung_up", score=12.0),
        row(2, scenario_title="A kind caller", language="pl"),
        row(30, outcome=None, score=None, state="repaired"),
        row(200, scenario_title="Charged twice", trainee_id="t-1"),
    ]
    made = CallsPage(services)
    qtbot.addWidget(made)
    made.resize(1080, 720)
    made.show()
    qtbot.waitExposed(made)
    made.show_trainee("guest")
    return made


def titles(page):
    return [each.session.scenario_title for each in page.rows]


def test_only_ones_own_calls_are_listed_newest_first(page):
    assert [each.session.id for each in page.rows] == ["s-0", "s-1", "s-2", "s-30"]
    page.show_trainee("t-1")
    assert [each.session.id for each in page.rows] == ["s-200"]


def test_without_calls_the_page_says_what_to_do(qtbot, page):
    page.show_trainee("nobody")
    assert page.rows == []
    assert page._empty.isVisible()
    with qtbot.waitSignal(page.back_to_library, timeout=5000):
        page._empty.action_taken.emit()


def test_calls_are_found_by_their_title(page, qtbot):
    qtbot.keyClicks(page.filters.search, "twice char")
    assert titles(page) == ["Charged twice"]
    page.filters.search.setText("nothing like it")
    assert page.rows == []
    assert page._none.isVisible()
    page._none.action_taken.emit()
    assert len(page.rows) == 4


def test_calls_are_found_by_their_ending(page):
    page.filters.endings.button(Ending.CUT_OFF).click()
    assert [each.session.id for each in page.rows] == ["s-30"]
    page.filters.endings.button(Ending.OTHER).click()
    assert [each.session.id for each in page.rows] == ["s-1"]
    page.filters.endings.button(Ending.SETTLED).click()
    assert [each.session.id for each in page.rows] == ["s-0", "s-2"]


def test_calls_are_found_by_their_date_and_language(page):
    page.filters.period.setCurrentIndex(1)
    assert [each.session.id for each in page.rows] == ["s-0", "s-1", "s-2"]
    page.filters.languages.setCurrentIndex(page.filters.languages.findData("pl"))
    assert [each.session.id for each in page.rows] == ["s-2"]


def test_a_call_without_a_readable_date_is_listed_but_not_among_recent_ones():
    undated = row(0, started_at="long ago")
    assert CallFilter().takes(undated, NOW)
    assert not CallFilter(days=7).takes(undated, NOW)


def test_one_language_needs_no_choice(page, bench):
    bench.store.rows = [row(0), row(1)]
    page.refresh()
    assert not page.filters.languages.isVisible()


def test_a_long_list_comes_in_parts(page, bench):
    bench.store.rows = [row(number) for number in range(100)]
    page.refresh()
    assert len(page.rows) == 40
    page._more.click()
    page._more.click()
    assert len(page.rows) == 100
    assert not page._more.isVisible()


def test_opening_a_call_shows_the_summary_it_had(page, bench, qtbot):
    summary = good_summary(session_id="s-0")
    bench.store.kept["s-0"] = [*stored(summary), LookBack(4, "Breathe.").event(120.0)]
    qtbot.keyClick(page.rows[0], Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.open_call is not None, timeout=5000)
    assert page.open_call.summary == summary
    assert page.open_call.look_back == LookBack(4, "Breathe.")
    shown = page.findChild(SummaryPage)
    assert shown.isVisible()
    assert not shown.asking
    with qtbot.waitSignal(page.practise_again, timeout=5000) as again:
        shown.practise_again.emit()
    assert again.args == [SCENARIO]
    shown.back_to_library.emit()
    assert page.open_call is None


def test_escape_goes_back_to_the_list(page, bench, qtbot):
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow, timeout=5000)
    bench.store.kept["s-0"] = stored(good_summary(session_id="s-0"))
    page.open(bench.store.rows[0])
    qtbot.waitUntil(lambda: page.open_call is not None, timeout=5000)
    qtbot.keyClick(page.findChild(SummaryPage), Qt.Key.Key_Escape)
    assert page.open_call is None


def test_a_call_that_was_cut_off_keeps_what_was_recorded():
    past = past_call("s-30", stored(good_summary(3), ended=False))
    assert past.cut_off
    assert past.summary.outcome is Outcome.ABANDONED
    assert past.summary.scorecard.score is None
    assert "acknowledge_feelings" in past.summary.scorecard.shown
    assert len(past.summary.turns) == 3


def test_a_call_cut_off_before_any_turn_can_be_opened(page, bench, qtbot):
    bench.store.kept["s-30"] = stored(good_summary(0), ended=False)
    page.open(bench.store.rows[3])
    qtbot.waitUntil(lambda: page.open_call is not None, timeout=5000)
    assert page.open_call.summary.turns == ()


def test_a_call_that_cannot_be_read_is_one_sentence(page, bench, qtbot):
    bench.store.kept["s-0"] = []
    page.open(bench.store.rows[0])
    qtbot.waitUntil(lambda: "This session has no beginning." in page._list.notice.text(), timeout=5000)


def test_a_damaged_call_is_one_sentence(page, bench, qtbot):
    bench.store.kept["s-0"] = [SessionEvent("started", 0.0, {"scenario": 3})]
    page.open(bench.store.rows[0])
    qtbot.waitUntil(lambda: "What was stored is not a Scenario" in page._list.notice.text(), timeout=5000)


def test_deleting_is_asked_about_first(page, bench, qtbot):
    page.rows[1].delete_wanted.emit()
    assert "Charged twice" in page.card.text
    qtbot.keyClick(page.card, Qt.Key.Key_Return)
    assert [each.id for each in bench.store.rows[:2]] == ["s-0", "s-1"]
    page.rows[1].delete_wanted.emit()
    page.card.answered.emit("delete")
    qtbot.waitUntil(lambda: "s-1" not in [each.session.id for each in page.rows], timeout=5000)
    assert bench.recordings.deleted == ["s-1"]


def test_the_bin_does_not_open_the_call(page, qtbot):
    bin_button = page.rows[0].findChild(IconButton)
    qtbot.mouseClick(bin_button, Qt.MouseButton.LeftButton)
    assert page.card.topic == "delete"
    assert page.open_call is None


def test_a_store_that_cannot_be_read_is_one_sentence(page, bench):
    bench.store.trouble = SimulatorError("The database is locked.", "Close the other window.")
    page.refresh()
    assert page._list.notice.text() == "The database is locked. Close the other window."
    assert page.rows == []


def facts(at, **changes):
    made = CallFacts(
        "late_delivery", "Late delivery", NOW.isoformat(), 40.0 + 5 * at, ("use_name",), ("summarise",), (), 4.0, 1.1
    )
    return replace(made, **changes)


def test_progress_ranks_what_needs_a_look_first():
    calls = [facts(0, harms=("interrupt",)), facts(1, harms=("interrupt",), missed=()), facts(2)]
    progress = progress_of(calls)
    assert set(progress.techniques[:2]) == {"interrupt", "summarise"}
    assert progress.techniques[2] == "use_name"
    assert calls[0].mark("interrupt") is Mark.HARM
    assert calls[0].mark("summarise") is Mark.MISSED
    assert calls[1].mark("summarise") is Mark.NONE


def test_progress_compares_the_same_case_at_first_and_latest():
    calls = [facts(0), facts(1, scenario_id="double_charge"), facts(2, score=None), facts(3)]
    (case,) = progress_of(calls).cases
    assert (case.calls, case.first, case.latest) == (2, 40.0, 55.0)


def test_progress_looks_at_the_latest_calls_only():
    progress = progress_of([facts(at, missed=(f"old_{at}",)) for at in range(30)])
    assert len(progress.calls) == MOST_CALLS
    assert "old_0" not in progress.techniques


def test_a_calls_voice_is_the_middle_of_its_turns():
    facts_read = facts_of(read_session(stored(good_summary(3))))
    assert facts_read.level_db == pytest.approx(3.1)
    assert facts_read.pace_ratio == pytest.approx(1.12)
    assert facts_of(read_session(stored(good_summary(3), ended=False))) is None


def test_progress_is_read_from_the_stored_calls(page, bench, qtbot):
    for number in (0, 1, 2):
        bench.store.kept[f"s-{number}"] = stored(good_summary(session_id=f"s-{number}"))
    page.view.button(True).click()
    qtbot.waitUntil(lambda: page.findChildren(TechniqueGrid) != [], timeout=5000)
    assert page.progress.isVisible()
    assert not page.filters.isVisible()
    assert "Explain the next steps: shown 0, missed 3, harm 0" in page.findChild(TechniqueGrid).accessibleDescription()
    page.view.button(False).click()
    assert not page.progress.isVisible()
    assert len(page.rows) == 4


def test_progress_needs_two_finished_calls(page, bench, qtbot):
    bench.store.rows = [row(0)]
    bench.store.kept["s-0"] = stored(good_summary(session_id="s-0"))
    page.refresh()
    page.view.button(True).click()
    qtbot.waitUntil(page.progress.isVisible, timeout=5000)
    assert page.findChildren(TechniqueGrid) == []
