"""The parts of the call page by themselves: meters, caption, marked words, measures, causes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from call_samples import BAD_REPLY, GOOD_REPLY, bad_turn, good_turn, spoken_reply, typed_turn, unheard_turn
from conftest import ICONS
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt

from simulator.domain.measures import Confidence, Level, OverlapKind, Pace, TurnTaking
from simulator.domain.turn import Span
from simulator.practice.settings import Settings
from simulator.ui.rehearse.band_scale import LEVEL_BAND_DB, PACE_BAND
from simulator.ui.rehearse.caption import Caption
from simulator.ui.rehearse.cause_rows import CauseRows, moment_of
from simulator.ui.rehearse.measure_rows import decimal, measures_of
from simulator.ui.rehearse.meters import LEVEL_SETTLES_S, PACE_SETTLES_S, VoiceMeter
from simulator.ui.rehearse.names import temper_step
from simulator.ui.rehearse.said_words import said_html
from simulator.ui.rehearse.self_report import techniques_to_tick
from simulator.ui.rehearse.stage import latest_words
from simulator.ui.rehearse.temper_gauge import TemperGauge
from simulator.ui.rehearse.volume_slider import VolumeSlider
from simulator.ui.theme import apply_theme
from simulator.ui.theme_colours import LIGHT


@pytest.fixture
def moving(look):
    """The look with motion."""
    apply_theme(look, Settings(theme="light", reduced_motion=False), ICONS)
    return look


def meter(qtbot, settles_s):
    made = VoiceMeter("Loudness", "soft", "your calm", "loud", LEVEL_BAND_DB, settles_s)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.mark.parametrize("settles_s", [LEVEL_SETTLES_S, PACE_SETTLES_S])
def test_a_meter_is_nearly_there_when_its_time_is_over(qtbot, moving, settles_s):
    made = meter(qtbot, settles_s)
    made.show_value(0.0)
    made.show_value(10.0)
    made.advance(settles_s / 10)
    assert 0.0 < made.shown < 4.0
    for _ in range(9):
        made.advance(settles_s / 10)
    assert made.shown == pytest.approx(10.0, abs=0.6)


def test_a_meter_rests_once_it_is_there(qtbot, moving):
    made = meter(qtbot, LEVEL_SETTLES_S)
    made.show_value(0.0)
    made.show_value(6.0)
    assert made.moving
    qtbot.waitUntil(lambda: not made.moving, timeout=5000)
    assert made.shown == 6.0


def test_a_meter_does_not_move_where_motion_is_reduced(qtbot, look):
    made = meter(qtbot, LEVEL_SETTLES_S)
    made.show_value(0.0)
    made.show_value(6.0)
    assert made.shown == 6.0
    assert not made.moving


def test_a_meter_shows_nothing_while_nothing_is_known(qtbot, moving):
    made = meter(qtbot, LEVEL_SETTLES_S)
    made.show_value(3.0)
    made.show_value(None)
    assert made.shown is None
    assert not made.moving


@given(st.floats(-100, 100))
def test_every_level_has_its_place_and_its_zone(value):
    assert 0.0 <= LEVEL_BAND_DB.share(value) <= 1.0
    zone = LEVEL_BAND_DB.zone(value)
    assert (zone == -1) == (value < LEVEL_BAND_DB.calm_from)
    assert (zone == 2) == (value >= LEVEL_BAND_DB.raised_from)


def test_the_bands_are_those_that_are_scored():
    assert (LEVEL_BAND_DB.calm_to, LEVEL_BAND_DB.raised_from) == (6.0, 10.0)
    assert (PACE_BAND.calm_from, PACE_BAND.calm_to, PACE_BAND.raised_from) == (0.8, 1.15, 1.3)


@given(st.floats(0, 10))
def test_temper_has_five_steps(temper):
    assert temper_step(temper) == min(4, int((10.0 - temper) // 2)) or temper in (2.0, 4.0, 6.0, 8.0)


def test_the_gauge_says_its_word(qtbot, look):
    gauge = TemperGauge()
    qtbot.addWidget(gauge)
    gauge.show_temper(8.5)
    assert gauge.accessibleName() == "Customer's temper: furious"
    gauge.show_temper(1.0, before=8.5)
    assert gauge.accessibleName() == "Customer's temper: settled"


def test_a_long_caption_scrolls_with_the_voice(qtbot, look):
    caption = Caption()
    qtbot.addWidget(caption)
    caption.resize(400, 120)
    caption.show()
    qtbot.waitExposed(caption)
    text = "a word after another " * 60
    caption.set_line(text)
    assert caption.verticalScrollBar().value() == 0
    caption.set_heard(200)
    assert caption.verticalScrollBar().value() > 0
    caption.set_line("A new line.")
    assert caption.verticalScrollBar().value() == 0
    assert caption.words_heard == 0


def test_an_empty_line_has_no_words_to_hear(qtbot, look):
    caption = Caption()
    qtbot.addWidget(caption)
    caption.set_line("")
    caption.set_heard(5)
    caption.hear_all()
    assert caption.words_heard == 0


def test_helpful_words_are_ticked_and_harmful_ones_crossed():
    assert said_html(good_turn(), LIGHT).count("\u2713") == 5
    assert said_html(bad_turn(), LIGHT).count("\u2715") == 4


def test_words_that_were_not_made_out_stand_faint():
    assert "font-style:italic" in said_html(bad_turn(), LIGHT)
    assert "font-style:italic" not in said_html(good_turn(), LIGHT)


def test_marked_words_are_the_words_that_were_said():
    for turn, said in ((good_turn(), GOOD_REPLY), (bad_turn(), BAD_REPLY)):
        html = said_html(turn, LIGHT)
        plain = "".join(piece.split(">", 1)[-1] for piece in html.split("<"))
        assert plain.replace("\u2009\u2713", "").replace("\u2009\u2715", "") == said


def test_words_with_angle_brackets_stay_words():
    turn = typed_turn()
    text = "<b>sorry</b> & more"
    utterance = replace(turn.reply.utterance, verbatim=text)
    appraisal = replace(turn.appraisal, words=())
    html = said_html(replace(turn, reply=replace(turn.reply, utterance=utterance), appraisal=appraisal), LIGHT)
    assert html == "&lt;b&gt;sorry&lt;/b&gt; &amp; more"


def test_without_words_there_is_nothing_to_mark():
    assert said_html(unheard_turn(), LIGHT) == ""


def measure(reply, title):
    return next(words for words in measures_of(reply) if words.title == title)


def test_measures_have_units_and_what_they_mean(look):
    reply = spoken_reply(GOOD_REPLY, 9.0, 11.2, 1.18)
    assert measure(reply, "Loudness").figure == "+11.2 dB"
    assert measure(reply, "Loudness").note == "raised voice"
    assert measure(reply, "Pace").figure == "5.0 syllables/s"
    assert measure(reply, "Pace").note == "18 % above your calm pace"
    assert measure(reply, "Start").figure == "after 0.5 s"


def test_what_was_not_measured_says_why(look):
    reply = spoken_reply(GOOD_REPLY, 9.0, 1.0, 1.0)
    voice = replace(reply.voice, level=Level(clipped=True), pace=Pace(), speech_s=1.0)
    broken = replace(reply, voice=voice, timing=None)
    assert "overdriven" in measure(broken, "Loudness").note
    assert "too little speech" in measure(broken, "Pace").note
    assert measure(broken, "Start").figure == "not measured"
    uncalibrated = replace(reply, voice=replace(reply.voice, level=Level(-30.0, None)))
    assert "no calm voice" in measure(uncalibrated, "Loudness").note


def test_a_typed_reply_has_no_measures(look):
    assert measures_of(typed_turn().reply) == ()


def test_a_short_reply_is_said_to_be_rough(look):
    reply = spoken_reply(GOOD_REPLY, 9.0, 2.0, 1.0)
    voice = replace(reply.voice, pace=replace(reply.voice.pace, confidence=Confidence.LOW))
    assert measure(replace(reply, voice=voice), "Pace").unsure


@pytest.mark.parametrize(
    ("timing", "note"),
    [
        (TurnTaking(-1.4, (Span(0, 1.4),), 1.4, OverlapKind.INTERRUPTION), "you both spoke for 1.4 s"),
        (TurnTaking(-1.4, (Span(0, 1.4),), 1.4, OverlapKind.BRIEF, True), "at a pause, which is a good moment"),
        (TurnTaking(-0.2, (), 0.2, OverlapKind.NONE), "you let them finish"),
        (TurnTaking(5.0), "a long wait for them"),
    ],
)
def test_the_start_of_a_reply_is_told_as_it_was(look, timing, note):
    reply = replace(spoken_reply(GOOD_REPLY, 9.0, 2.0, 1.0), timing=timing)
    assert measure(reply, "Start").note == note


@pytest.mark.parametrize(
    ("value", "signed", "text"),
    [(1.24, True, "+1.2"), (-1.24, True, "\u22121.2"), (-0.01, False, "0.0"), (0.0, True, "+0.0")],
)
def test_figures_are_written_with_true_signs(look, value, signed, text):
    assert decimal(value, signed=signed) == text


def test_a_cause_is_heard_where_its_evidence_is():
    turn = good_turn()
    assert moment_of(turn, "use_name").start_s == pytest.approx(9.0)
    assert moment_of(turn, "rush") == turn.reply.span
    assert moment_of(typed_turn(), "use_name") is None


def test_causes_stand_strongest_first_and_can_be_heard(qtbot, look):
    rows = CauseRows()
    qtbot.addWidget(rows)
    rows.show_result(good_turn(), can_hear=True)
    rows.show()
    assert rows.rows()[0].accessibleName().startswith("Acknowledge feelings: calmer by 1.4.")
    with qtbot.waitSignal(rows.moment_wanted, timeout=5000) as wanted:
        qtbot.mouseClick(rows.rows()[0], Qt.MouseButton.LeftButton)
    assert wanted.args[0] == moment_of(good_turn(), "acknowledge_feelings")


def test_more_than_five_causes_wait_behind_a_button(qtbot, look):
    rows = CauseRows()
    qtbot.addWidget(rows)
    turn = good_turn()
    rows.show_result(replace(turn, causes=turn.causes * 3), can_hear=False)
    assert len(rows.rows()) == 5
    rows._all.click()
    assert len(rows.rows()) == 12
    rows.show_result(replace(turn, causes=()), can_hear=False)
    assert rows.rows() == []


@given(st.lists(st.text(st.characters(categories=["L"]), min_size=1), max_size=80))
def test_the_latest_words_are_the_end_of_the_reply(words):
    shown = latest_words(" ".join(words)).removeprefix("\u2026 ").split()
    assert shown == words[len(words) - len(shown) :]
    assert len(shown) <= 28


def test_what_the_moment_asked_for_is_offered_first_to_tick():
    offered = techniques_to_tick(("summarise", "slow_down"))
    assert offered[0] == "summarise"
    assert "slow_down" not in offered
    assert len(offered) == len(set(offered))


def test_the_volume_goes_by_keys(qtbot, look):
    slider = VolumeSlider()
    qtbot.addWidget(slider)
    slider.setValue(50)
    qtbot.keyClick(slider, Qt.Key.Key_Right)
    assert slider.value() == 55
