"""After the call: the look back, the charts, the turns to hear again."""

from __future__ import annotations

from dataclasses import replace

import pytest
from call_samples import bad_summary, good_summary, good_turn, one_turn_summary, typed_summary
from port_fakes import FakePlayback
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel

from simulator.domain.errors import SimulatorError
from simulator.domain.scenario import Outcome
from simulator.domain.technique import CATALOGUE, Polarity
from simulator.domain.turn import Span
from simulator.ui.rehearse.lead_chart import LeadChart
from simulator.ui.rehearse.look_back import LookBack, LookBackCard, look_back_of
from simulator.ui.rehearse.moment_player import CUSTOMER_TRACK, TRAINEE_TRACK, MomentPlayer
from simulator.ui.rehearse.names import technique_hint, technique_instead, technique_name
from simulator.ui.rehearse.summary_page import SummaryPage
from simulator.ui.rehearse.take_five import BREATH_S, BREATHS, HOLD_S, IN_S, TakeFive, fullness
from simulator.ui.rehearse.temper_curve import TemperCurve
from simulator.ui.rehearse.turn_card import TurnCard


@pytest.fixture
def page(qtbot, services):
    made = SummaryPage(services)
    qtbot.addWidget(made)
    made.resize(1080, 720)
    made.show()
    qtbot.waitExposed(made)
    return made


def skip_look_back(page):
    page.findChild(LookBackCard).skipped.emit()
    while not page.complete:
        QApplication.processEvents()


def words_of(widget):
    return " ".join(label.text() for label in widget.findChildren(QLabel) if not label.isHidden())


def test_the_look_back_comes_before_any_figure(page):
    page.show_summary(good_summary())
    assert page.asking
    assert not page.findChildren(TurnCard)


def test_the_look_back_is_kept_with_the_call(page, bench, qtbot):
    page.show_summary(good_summary(session_id="s-good"))
    card = page.findChild(LookBackCard)
    card.write(4, "  Let her\nfinish. ")
    card._on_show()
    qtbot.waitUntil(lambda: "s-good" in bench.store.kept, timeout=5000)
    assert look_back_of(tuple(bench.store.kept["s-good"])) == LookBack(4, "Let her finish.")
    assert not page.asking
    assert "Your own look back: good" in words_of(page)


def test_an_answer_nobody_gave_is_none(page, bench, qtbot):
    page.show_summary(good_summary(session_id="s-good"))
    page.findChild(LookBackCard)._on_show()
    qtbot.waitUntil(lambda: "s-good" in bench.store.kept, timeout=5000)
    assert look_back_of(tuple(bench.store.kept["s-good"])) == LookBack(None, "")


def test_an_unsaved_call_keeps_no_look_back(page, bench):
    page.show_summary(one_turn_summary())
    page.findChild(LookBackCard)._on_show()
    assert bench.store.kept == {}
    assert not page.asking


def test_a_look_back_that_cannot_be_kept_is_one_sentence(page, bench, qtbot):
    bench.store.trouble = SimulatorError("The disk is full.", "Make room.")
    page.show_summary(good_summary())
    page.findChild(LookBackCard)._on_show()
    qtbot.waitUntil(lambda: "The disk is full. Make room." in page._page.notice.text(), timeout=5000)


def test_a_good_call_shows_its_score_its_ending_and_its_turns(page):
    page.show_summary(good_summary())
    skip_look_back(page)
    shown = words_of(page)
    assert "The matter is settled." in shown
    assert "From furious to settled. Turns: 5." in shown
    assert "Explain the next steps" in shown
    assert len(page.findChildren(TurnCard)) == 5
    assert shown.count("best moment") == 1


def test_a_bad_call_names_what_did_harm_and_offers_to_breathe(page):
    page.show_summary(bad_summary())
    skip_look_back(page)
    shown = words_of(page)
    assert "The customer hung up." in shown
    assert "Pushing the guilt away" in shown
    assert "That was a hard call." in page._page.notice.text()
    page._page.notice.action_taken.emit()
    assert page.findChild(TakeFive).isVisible()


def test_a_typed_call_has_no_chart_of_the_voice(page):
    page.show_summary(typed_summary())
    skip_look_back(page)
    assert page.findChildren(TemperCurve)
    assert not [chart for chart in page.findChildren(LeadChart) if chart.isVisible()]


def test_a_call_without_a_score_says_so(page):
    page.show_summary(one_turn_summary())
    skip_look_back(page)
    assert "You ended the call early." in words_of(page)
    assert "One measured turn shows no direction yet." in words_of(page)


def test_a_call_without_turns_is_no_empty_page(page):
    page.show_summary(replace(one_turn_summary(), turns=()))
    skip_look_back(page)
    assert "No turn was finished." in words_of(page)


def test_both_sides_of_a_turn_can_be_heard(page, bench, qtbot):
    page.show_summary(good_summary())
    skip_look_back(page)
    card = page.findChildren(TurnCard)[0]
    assert len(card.players) == 2
    for player in card.players:
        before = len(bench.speaker.played)
        player.click()
        qtbot.waitUntil(lambda before=before: len(bench.speaker.played) == before + 1, timeout=5000)
    customer, trainee = (clip.duration_s for clip, _device, _volume in bench.speaker.played)
    assert customer == pytest.approx(8.0 + 0.5, abs=0.01)
    assert trainee > 8.0


def test_an_unsaved_call_offers_nothing_to_hear(page):
    page.show_summary(one_turn_summary())
    skip_look_back(page)
    assert page.findChildren(TurnCard)[0].players == []


def test_a_recording_that_is_missing_is_one_sentence(page, bench, qtbot, monkeypatch):
    def missing(*_arguments):
        raise SimulatorError("This recording is missing.", "It may have been deleted.")

    monkeypatch.setattr(bench.recordings, "read", missing)
    page.show_summary(good_summary())
    skip_look_back(page)
    page.findChildren(TurnCard)[0].players[0].click()
    qtbot.waitUntil(lambda: "This recording is missing." in page._page.notice.text(), timeout=5000)


def test_leaving_the_page_stops_the_sound(page, bench, qtbot, monkeypatch):
    playing = FakePlayback(finished=False)
    monkeypatch.setattr(bench.speaker, "play", lambda *_arguments: playing)
    page.show_summary(good_summary())
    skip_look_back(page)
    with qtbot.waitSignal(page._player.started, timeout=5000):
        page.findChildren(TurnCard)[0].players[0].click()
    page.hide()
    assert playing.finished


def test_a_second_moment_silences_the_first(services, bench, qtbot, monkeypatch):
    playing = []

    def play(*_arguments):
        playing.append(FakePlayback(finished=False))
        return playing[-1]

    monkeypatch.setattr(bench.speaker, "play", play)
    player = MomentPlayer(services)
    player.use_session("s-1")
    player.play(TRAINEE_TRACK, Span(0.0, 1.0))
    player.play(CUSTOMER_TRACK, Span(1.0, 2.0))
    qtbot.waitUntil(lambda: [each.finished for each in playing].count(False) == 1 and len(playing) == 2, timeout=5000)
    player.stop()
    assert all(each.finished for each in playing)


def test_going_on_is_offered_both_ways(page, qtbot):
    page.show_summary(good_summary())
    skip_look_back(page)
    with qtbot.waitSignal(page.practise_again, timeout=5000):
        page._again.click()
    with qtbot.waitSignal(page.back_to_library, timeout=5000):
        page._back.click()


def test_the_curve_chooses_turns_by_keys_and_mouse(qtbot, look):
    curve = TemperCurve()
    qtbot.addWidget(curve)
    curve.resize(420, 256)
    curve.show()
    summary = good_summary()
    curve.show_turns(summary.start_temper, summary.turns)
    assert curve.chosen == 1
    qtbot.keyClick(curve, Qt.Key.Key_Right)
    assert curve.chosen == 2
    with qtbot.waitSignal(curve.turn_opened, timeout=5000) as opened:
        qtbot.keyClick(curve, Qt.Key.Key_Return)
    assert opened.args == [2]
    with qtbot.waitSignal(curve.turn_opened, timeout=5000) as opened:
        qtbot.mouseClick(curve, Qt.MouseButton.LeftButton, pos=QPoint(400, 100))
    assert opened.args == [5]
    assert "furious" in curve.accessibleDescription()


def test_choosing_a_turn_shows_its_causes(page):
    page.show_summary(good_summary())
    skip_look_back(page)
    page.findChild(TemperCurve).choose(3)
    assert "Turn 3: Acknowledge feelings \u22121.4" in words_of(page)


def test_a_voice_that_came_down_is_called_leading(qtbot, look):
    chart = LeadChart()
    qtbot.addWidget(chart)
    chart.show_turns(good_summary().turns)
    assert chart.verdict() == "Your voice came down over the call, in loudness and in pace: you led."


def test_a_voice_that_stayed_loud_is_not_called_leading(qtbot, look):
    chart = LeadChart()
    qtbot.addWidget(chart)
    chart.show_turns(bad_summary().turns)
    assert chart.verdict().startswith("No change over the turns")


def test_a_voice_that_rose_is_told_to_lead_down(qtbot, look):
    chart = LeadChart()
    qtbot.addWidget(chart)
    turns = tuple(reversed(good_summary().turns))
    chart.show_turns(turns)
    assert chart.verdict().startswith("Your voice went up")


def test_breathing_lasts_five_breaths(qtbot, page):
    guide = page.findChild(TakeFive)
    page.take_five()
    guide.show_moment(0.5)
    assert guide.phase == "Breathe in\u2026"
    guide.show_moment(IN_S + 0.5 * HOLD_S)
    assert guide.phase == "Hold\u2026"
    guide.show_moment(BREATH_S - 0.5)
    assert guide.phase == "And slowly out\u2026"
    with qtbot.waitSignal(guide.finished, timeout=5000):
        guide.show_moment(BREATHS * BREATH_S)
    assert not guide.isVisible()


def test_breathing_can_be_left_early(qtbot, page):
    page.take_five()
    qtbot.keyClick(page.findChild(TakeFive), Qt.Key.Key_Escape)
    assert not page.findChild(TakeFive).isVisible()


def test_lungs_fill_hold_and_empty():
    assert fullness(0.0) == pytest.approx(0.0)
    assert fullness(IN_S) == pytest.approx(1.0)
    assert fullness(IN_S + HOLD_S - 0.01) == pytest.approx(1.0)
    assert fullness(BREATH_S - 1e-6) == pytest.approx(0.0, abs=1e-6)


@pytest.mark.parametrize("outcome", list(Outcome))
def test_every_ending_has_its_words(page, outcome):
    page.show_summary(replace(good_summary(1), outcome=outcome, good_end=False))
    skip_look_back(page)
    assert words_of(page)


def test_a_redone_turn_says_which_take_it_is(page):
    summary = replace(good_summary(1), turns=(replace(good_turn(), take=2),))
    page.show_summary(summary)
    skip_look_back(page)
    assert "take 2" in words_of(page)


def test_what_did_harm_is_practised_by_its_opposite(page):
    summary = bad_summary()
    page.show_summary(replace(summary, scorecard=replace(summary.scorecard, practise_next="argue")))
    skip_look_back(page)
    shown = words_of(page)
    assert "Without: Arguing" in shown
    assert "let their view stand, and say what you will do" in shown


@pytest.mark.parametrize("technique", CATALOGUE)
def test_every_technique_has_a_name_and_something_to_do(look, technique):
    helps = CATALOGUE[technique].polarity is Polarity.HELPS
    assert technique_name(technique) != technique
    assert (technique_hint(technique) is not None) == helps
    assert (technique_instead(technique) is None) == helps
