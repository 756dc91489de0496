"""The call page, driven by a call whose messages the test says."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from call_samples import (
    BASELINE,
    SCENARIO,
    bad_turn,
    call_setup,
    good_summary,
    good_turn,
    line,
    typed_turn,
    unheard_turn,
    word_starts,
)
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication

from simulator.domain.errors import SimulatorError
from simulator.domain.scenario import Difficulty
from simulator.practice.messages import (
    CallConnected,
    CallEnded,
    CaptionMoved,
    Floor,
    FloorChanged,
    LineFinished,
    LineStarted,
    MeterMoved,
    Move,
    NothingHeard,
    Noticed,
    Paused,
    ReplyEnded,
    Resumed,
    TurnAppraised,
    WordsHeard,
)
from simulator.practice.settings import Settings
from simulator.ui.rehearse.call_progress import Phase
from simulator.ui.rehearse.rehearse_page import RehearsePage
from simulator.ui.rehearse.take_five import TakeFive


class Call:
    """A call page in a window with the call behind it."""

    def __init__(self, qtbot, bench, **changes):
        self.bench = bench
        self.page = RehearsePage(bench.services())
        qtbot.addWidget(self.page)
        self.page.resize(1080, 720)
        self.page.show()
        qtbot.waitExposed(self.page)
        self.page.activateWindow()
        qtbot.waitUntil(lambda: QApplication.activeWindow() is self.page, timeout=5000)
        self.page.begin(call_setup(**changes))
        qtbot.waitUntil(lambda: self.page._control is not None, timeout=5000)

    @property
    def view(self):
        return self.page.view

    @property
    def control(self):
        return self.bench.calls[-1]

    def say(self, *messages):
        for message in messages:
            self.control.listener(message)
        for _ in range(3):  # the message, the feedback it opens, its layout
            QApplication.processEvents()

    def connect(self, recogniser="vosk", session_id="s-1"):
        self.say(CallConnected(SCENARIO, 9.0, recogniser, recogniser, session_id))

    def customer_speaks(self, words=0):
        text = line().text
        self.say(LineStarted(line(), 1, word_starts(text), True), FloorChanged(Floor.CUSTOMER), CaptionMoved(words))

    def your_turn(self):
        self.say(LineFinished(1), FloorChanged(Floor.NOBODY))

    def orders(self):
        return [order for order in self.control.asked if order != ("start",)]


@pytest.fixture
def call(qtbot, bench):
    made = Call(qtbot, bench)
    made.connect()
    yield made
    made.page.close_call()


def other_call(qtbot, bench, settings=None, **changes):
    if settings is not None:
        bench.settings.settings = settings
    made = Call(qtbot, bench, **changes)
    made.connect()
    return made


def test_beginning_starts_a_live_call(call):
    assert call.control.asked == [("start",)]
    assert call.control.setup.baseline == BASELINE


def test_the_caption_follows_the_voice(call):
    call.customer_speaks(words=5)
    assert call.view.stage.caption.text == line().text
    assert call.view.stage.caption.words_heard == 5
    call.your_turn()
    assert call.view.stage.caption.words_heard == len(line().text.split())


def test_a_line_without_a_voice_is_shown_whole(call):
    call.say(LineStarted(line(), 1, (), False))
    assert call.view.stage.caption.words_heard == len(line().text.split())


def test_captions_can_be_off(qtbot, bench):
    call = other_call(qtbot, bench, Settings(captions=False))
    call.customer_speaks(3)
    assert not call.view.stage.caption.isVisible()


def test_the_floor_and_the_prompt_say_whose_turn_it_is(call):
    call.customer_speaks()
    assert call.view.stage.floor.floor is Floor.CUSTOMER
    assert call.view.stage.prompt.text() == "Listen."
    call.your_turn()
    assert "Just speak" in call.view.stage.prompt.text()
    call.say(FloorChanged(Floor.TRAINEE))
    assert "I am listening" in call.view.stage.prompt.text()


def test_partial_words_are_shown_as_they_come(call):
    call.customer_speaks()
    call.your_turn()
    call.say(WordsHeard("ms novak i can"))
    assert call.view.stage.words == "you: ms novak i can"


def test_of_a_long_reply_the_latest_words_stay_in_sight(call):
    call.customer_speaks()
    call.say(WordsHeard(" ".join(f"word{i}" for i in range(200))))
    assert call.view.stage.words.endswith("word199")
    assert "word20 " not in call.view.stage.words


def test_meters_show_where_the_voice_is(call):
    call.say(MeterMoved(7.0, 1.4))
    assert call.view.meters.level.shown == 7.0
    assert call.view.meters.pace.shown == 1.4
    call.say(MeterMoved(None, None))
    assert call.view.meters.level.shown is None


def test_meters_can_be_hidden(call, qtbot):
    assert call.view.meters.isVisible()
    qtbot.keyClick(call.page, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    assert not call.view.meters.isVisible()


def test_the_feedback_covers_the_lower_part_and_leaves_the_caption(call):
    call.customer_speaks()
    call.say(ReplyEnded(1), TurnAppraised(good_turn()))
    assert call.page.phase is Phase.FEEDBACK
    assert call.view.feedback.isVisible()
    caption = call.view.stage.caption
    foot = caption.mapTo(call.view, caption.rect().bottomLeft()).y()
    assert foot <= call.view.feedback.geometry().top()
    assert not call.view.replies.isVisible()


def test_enter_lets_the_customer_go_on(call, qtbot):
    call.customer_speaks()
    call.say(TurnAppraised(good_turn()))
    qtbot.keyClick(call.page, Qt.Key.Key_Return)
    assert call.orders() == [("next_turn",)]
    call.customer_speaks()
    assert not call.view.feedback.isVisible()


def test_enter_outside_the_feedback_does_nothing(call, qtbot):
    call.customer_speaks()
    qtbot.keyClick(call.page, Qt.Key.Key_Return)
    assert call.orders() == []


def test_a_turn_can_be_redone(call, qtbot):
    call.customer_speaks()
    call.say(TurnAppraised(bad_turn()))
    qtbot.keyClick(call.page, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert call.orders() == [("redo_turn",)]


def test_correcting_the_words_judges_the_turn_again(call, qtbot):
    call.customer_speaks()
    call.say(TurnAppraised(good_turn()))
    panel = call.view.feedback
    panel.start_correcting()
    assert panel.correcting
    field = QApplication.focusWidget()
    field.setPlainText("  Ms Novak,\n I am sorry ")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert call.orders() == [("correct_words", 1, "Ms Novak, I am sorry")]
    assert not panel.correcting


def test_escape_leaves_the_words_as_they_are(call, qtbot):
    call.customer_speaks()
    call.say(TurnAppraised(good_turn()))
    call.view.feedback.start_correcting()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert not call.view.feedback.correcting
    assert call.orders() == []


def test_without_a_recogniser_the_trainee_ticks_what_was_said(qtbot, bench):
    call = Call(qtbot, bench)
    call.connect("none")
    assert "words are not scored" in call.view.notice.text()
    call.customer_speaks()
    call.say(TurnAppraised(unheard_turn()))
    tick = call.view.feedback.findChild(type(call.view.feedback._tick))
    assert tick.isVisible()
    tick.box("acknowledge_feelings").click()
    tick.box("ask_facts").click()
    tick.ticked.emit(tick.chosen())
    assert call.orders() == [("tick_techniques", 1, ("acknowledge_feelings", "ask_facts"))]


def test_a_typed_reply_is_an_equal_path(call, qtbot):
    call.customer_speaks()
    call.your_turn()
    qtbot.keyClick(call.page, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    field = call.view.replies.field
    assert field.hasFocus()
    qtbot.keyClicks(field, "I am sorry, Ms Novak")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert call.orders() == [("type_reply", "I am sorry, Ms Novak")]
    assert field.toPlainText() == ""


def test_nothing_is_sent_when_nothing_is_typed(call, qtbot):
    call.view.replies.field.setPlainText("   ")
    qtbot.keyClick(call.view.replies.field, Qt.Key.Key_Return)
    assert call.orders() == []


def test_space_while_typing_is_a_space(call, qtbot):
    call.customer_speaks()
    call.your_turn()
    call.view.replies.field.setFocus()
    qtbot.keyClick(call.view.replies.field, Qt.Key.Key_Space)
    assert call.orders() == []


def test_space_ends_a_hands_free_reply(call, qtbot):
    call.customer_speaks()
    call.your_turn()
    call.say(FloorChanged(Floor.TRAINEE))
    qtbot.keyClick(call.page, Qt.Key.Key_Space)
    assert call.orders() == [("finish_reply",)]


def test_space_is_push_to_talk(qtbot, bench):
    call = other_call(qtbot, bench, Settings(hands_free=False))
    call.customer_speaks()
    call.your_turn()
    assert "Hold Space" in call.view.stage.prompt.text()
    qtbot.keyPress(call.page, Qt.Key.Key_Space)
    qtbot.keyRelease(call.page, Qt.Key.Key_Space)
    assert call.orders() == [("press_to_talk", True), ("press_to_talk", False)]


def test_the_talk_button_can_be_held_with_the_mouse(qtbot, bench):
    call = other_call(qtbot, bench, Settings(hands_free=False))
    call.customer_speaks()
    call.your_turn()
    qtbot.mouseClick(call.view.replies.talk, Qt.MouseButton.LeftButton)
    assert call.orders() == [("press_to_talk", True), ("press_to_talk", False)]


def test_escape_pauses_and_goes_on(call, qtbot):
    call.customer_speaks()
    qtbot.keyClick(call.page, Qt.Key.Key_Escape)
    assert call.orders() == [("pause",)]
    call.say(Paused(None))
    assert "Paused" in call.view.card.text
    qtbot.keyClick(call.view.card, Qt.Key.Key_Escape)
    assert call.orders()[-1] == ("resume",)
    call.say(Resumed())
    assert not call.view.card.isVisible()


def test_trouble_is_said_in_the_page_and_can_be_tried_again(call, qtbot):
    call.customer_speaks()
    call.say(Paused("The headset was unplugged."))
    assert "The headset was unplugged." in call.view.card.text
    assert "Nothing is lost" in call.view.card.text
    assert call.view.card.answers == ("resume", "type", "hang_up")
    qtbot.keyClick(call.view.card, Qt.Key.Key_Return)
    assert call.orders() == [("resume",)]
    call.say(Paused("The headset is still away."))
    assert "still away" in call.view.card.text


@pytest.mark.parametrize(("reason", "words"), [("silence", "could not hear"), ("unclear", "could not make out")])
def test_nothing_heard_is_an_answer_and_can_be_repeated(call, qtbot, reason, words):
    call.customer_speaks()
    call.your_turn()
    call.say(NothingHeard(1, reason))
    assert words in call.view.card.text
    qtbot.keyClick(call.view.card, Qt.Key.Key_Return)
    assert call.orders() == [("redo_turn",)]


def test_speaking_takes_the_nothing_heard_card_away(call):
    call.customer_speaks()
    call.your_turn()
    call.say(NothingHeard(1, "silence"))
    call.say(FloorChanged(Floor.TRAINEE))
    assert not call.view.card.isVisible()


def test_nothing_heard_offers_typing(call):
    call.customer_speaks()
    call.your_turn()
    call.say(NothingHeard(1, "silence"))
    call.view.card.answered.emit("type")
    assert call.view.replies.field.hasFocus()


def test_an_exam_shows_nothing_until_the_end(qtbot, bench):
    call = other_call(qtbot, bench, exam=True, difficulty=Difficulty.GUIDED)
    call.customer_speaks()
    call.say(MeterMoved(9.0, 1.5), TurnAppraised(bad_turn()))
    assert not call.view.feedback.isVisible()
    assert not call.view.stage.gauge.isVisible()
    assert not call.view.meters.isVisible()
    assert not call.view.hint.isVisible()
    assert call.orders() == [("next_turn",)]


def test_the_hint_of_a_guided_line_is_shown(qtbot, bench):
    call = other_call(qtbot, bench, difficulty=Difficulty.GUIDED)
    hinted = replace(line(), hint="Ask for the fact that you need.")
    call.say(LineStarted(hinted, 1, (), spoken=True))
    assert call.view.hint.text == "Ask for the fact that you need."
    assert call.view.hint.isVisible()


def test_a_standard_call_does_not_hint(call):
    call.customer_speaks()
    assert not call.view.hint.isVisible()


def test_hold_is_asked_for_at_once(call, qtbot):
    call.customer_speaks()
    qtbot.keyClick(call.page, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
    assert call.orders() == [("use_move", Move.HOLD)]


@pytest.mark.parametrize(("key", "move"), [(Qt.Key.Key_U, Move.SUPERVISOR), (Qt.Key.Key_I, Move.INCIDENT)])
def test_what_may_end_the_call_is_asked_about_first(call, qtbot, key, move):
    call.customer_speaks()
    qtbot.keyClick(call.page, key, Qt.KeyboardModifier.ControlModifier)
    assert call.orders() == []
    qtbot.keyClick(call.view.card, Qt.Key.Key_Return)
    assert call.orders() == [("use_move", move)]


def test_hanging_up_is_asked_about_first(call):
    call.customer_speaks()
    call.view.bar.end.click()
    assert "Hang up on Ms Novak?" in call.view.card.text
    call.view.card.answered.emit("stay")
    assert call.orders() == []
    call.view.bar.end.click()
    call.view.card.answered.emit("hang_up")
    assert call.orders() == [("end",)]


def test_the_end_brings_the_summary_and_closes_the_call(call, qtbot):
    summary = good_summary()
    with qtbot.waitSignal(call.page.call_ended, timeout=5000) as ended:
        call.say(CallEnded(summary))
    assert ended.args == [summary]
    qtbot.waitUntil(lambda: call.control.closed, timeout=5000)


def test_news_after_the_end_changes_nothing(call, qtbot):
    with qtbot.waitSignal(call.page.call_ended, timeout=5000):
        call.say(CallEnded(good_summary()))
    call.say(WordsHeard("too late"))
    assert call.view.stage.words == ""


def test_the_volume_goes_to_the_customer_and_is_kept(call, bench, qtbot):
    call.view.bar.volume.setValue(40)
    assert call.orders() == [("set_volume", 0.4)]
    with qtbot.waitSignal(call.page.call_ended, timeout=5000):
        call.say(CallEnded(good_summary()))
    assert bench.settings.load().customer_volume == 0.4


def test_a_call_that_cannot_start_says_why(qtbot, bench):
    def refuse(*_arguments):
        raise SimulatorError("There is no headset.", "Plug one in, then try again.")

    page = RehearsePage(replace(bench.services(), live_call=refuse))
    qtbot.addWidget(page)
    page.show()
    page.begin(call_setup())
    qtbot.waitUntil(lambda: bool(page.view.card.topic), timeout=5000)
    assert "There is no headset. Plug one in, then try again." in page.view.card.text
    with qtbot.waitSignal(page.left, timeout=5000):
        page.view.card.answered.emit("leave")


def test_an_order_that_fails_is_one_sentence(call, monkeypatch):
    def refuse():
        raise SimulatorError("The disk is full.", "Make room.")

    monkeypatch.setattr(call.control, "pause", refuse)
    call.page.pause()
    assert call.view.notice.text() == "The disk is full. Make room."


def test_a_notice_does_not_stop_the_call(call):
    call.customer_speaks()
    call.say(Noticed("Your calm voice is not calibrated yet."))
    assert call.view.notice.isVisible()
    assert call.page.phase is Phase.CUSTOMER


def test_typed_words_are_not_offered_for_correction(call):
    call.customer_speaks()
    call.say(TurnAppraised(typed_turn()))
    assert not call.view.feedback._not_mine.isVisible()


def test_the_end_of_a_call_is_announced_on_the_button(call):
    from simulator.domain.scenario import Outcome

    call.customer_speaks()
    call.say(TurnAppraised(replace(good_turn(), outcome=Outcome.SETTLED)))
    assert call.view.feedback._next.text() == "To the end of the call"


def test_a_demo_plays_the_demo_call(qtbot, bench):
    made = []
    services = bench.services()

    def demo(setup, settings, listener):
        made.append(setup)
        return services.live_call(setup, settings, listener)

    page = RehearsePage(replace(services, demo_call=demo))
    qtbot.addWidget(page)
    page.begin(call_setup(), demo=True)
    page.show()
    qtbot.waitUntil(lambda: len(made) == 1, timeout=5000)
    assert not page.view.replies.field.isVisible()
    page.close_call()


def test_a_line_that_follows_at_once_leaves_no_feedback_behind(call):
    call.customer_speaks()
    call.say(TurnAppraised(good_turn()), LineStarted(line(), 2, (), False))
    assert not call.view.feedback.isVisible()
    assert call.page.phase is Phase.CUSTOMER


def test_the_window_keeps_its_size_through_a_call(call):
    size = call.page.size()
    call.customer_speaks()
    call.your_turn()
    call.say(TurnAppraised(good_turn()))
    call.customer_speaks()
    call.say(NothingHeard(2, "silence"))
    assert call.page.size() == size


def test_a_break_that_was_asked_for_offers_to_breathe(call, qtbot):
    call.customer_speaks()
    call.your_turn()
    call.page.use_move(Move.HOLD)
    call.say(Paused(None))
    assert "On hold" in call.view.card.text
    call.view.card.answered.emit("breathe")
    guide = call.page.findChild(TakeFive)
    assert guide.isVisible()
    qtbot.keyClick(guide, Qt.Key.Key_Escape)
    assert not guide.isVisible()
    assert call.view.card.isVisible()
    qtbot.keyClick(call.view.card, Qt.Key.Key_Return)
    assert call.orders()[-1] == ("resume",)


def test_a_reported_incident_is_said_to_be_kept(call):
    call.customer_speaks()
    call.page.use_move(Move.INCIDENT)
    call.view.card.answered.emit(Move.INCIDENT.value)
    assert "written down" in call.view.notice.text()


def test_tab_stays_on_the_card_that_covers_the_page(call, qtbot):
    call.customer_speaks()
    call.say(Paused("The headset was unplugged."))
    reached = set()
    for _ in range(6):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        reached.add(QApplication.focusWidget().objectName())
    assert reached == {"resume", "type", "hang_up"}
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Backtab)
    assert QApplication.focusWidget().objectName() in reached


def test_everything_in_the_call_can_be_reached_by_tab(call, qtbot):
    call.customer_speaks()
    call.your_turn()
    reached = []
    for _ in range(14):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        reached.append(QApplication.focusWidget())
    bar, replies = call.view.bar, call.view.replies
    wanted = (bar.hold, bar.supervisor, bar.incident, bar.volume, bar.end, replies.pause, replies.repeat, replies.field)
    assert [each for each in wanted if each not in reached] == []


def test_news_is_said_to_a_screen_reader(call, monkeypatch):
    said = []
    monkeypatch.setattr(QAccessible, "isActive", staticmethod(lambda: True))
    monkeypatch.setattr(QAccessible, "updateAccessibility", staticmethod(lambda event: said.append(event.message())))
    call.customer_speaks()
    call.say(TurnAppraised(good_turn()))
    call.say(Paused("The disk is full."))
    assert said[0] == "She felt heard. Now slow down."
    assert "The disk is full." in said[1]


def test_a_second_call_starts_on_an_empty_page(call, qtbot, bench):
    call.customer_speaks(4)
    call.say(WordsHeard("something"), TurnAppraised(good_turn()))
    first = call.control
    call.page.begin(call_setup(exam=True))
    qtbot.waitUntil(lambda: first.closed and len(bench.calls) == 2, timeout=5000)
    assert call.view.stage.caption.text == ""
    assert call.view.stage.words == ""
    assert not call.view.feedback.isVisible()
    assert not call.view.stage.gauge.isVisible()
    first.listener(WordsHeard("a voice from the first call"))
    QApplication.processEvents()
    assert call.view.stage.words == ""


def test_leaving_before_the_call_came_about_leaves_no_call_behind(qtbot, bench):
    gate = threading.Event()

    def slow(setup, settings, listener):
        gate.wait(5.0)
        return bench.start_call(setup, settings, listener)

    page = RehearsePage(replace(bench.services(), live_call=slow))
    qtbot.addWidget(page)
    page.begin(call_setup())
    assert page.in_call
    page.close_call()
    assert not page.in_call
    gate.set()
    qtbot.waitUntil(lambda: len(bench.calls) == 1 and bench.calls[0].closed, timeout=5000)
    QApplication.processEvents()
    assert not page.in_call


def test_one_notice_waits_for_the_other(call):
    call.say(Noticed("Your calm voice is not calibrated yet."), Noticed("The disk is nearly full."))
    assert call.view.notice.text() == "Your calm voice is not calibrated yet."
    call.view.notice.closed.emit()
    assert call.view.notice.text() == "The disk is nearly full."
    call.view.notice.closed.emit()
    assert not call.view.notice.isVisible()


def test_basic_recognition_is_called_so(qtbot, bench):
    call = Call(qtbot, bench)
    call.connect("pocketsphinx")
    call.say(Noticed("Your calm voice is not calibrated yet."))
    assert "Basic recognition" in call.view.notice.text()
