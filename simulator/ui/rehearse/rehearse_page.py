"""The call page: starts and closes a call, and hands on what the trainee wants."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from simulator.domain.errors import SimulatorError
from simulator.domain.turn import Span
from simulator.practice.messages import CallControl, Move
from simulator.practice.services import Services
from simulator.practice.settings import CallSetup
from simulator.practice.turn_result import CallSummary
from simulator.ui.bridge import CallBridge
from simulator.ui.rehearse.call_keys import CallKeys
from simulator.ui.rehearse.call_news import CallNews
from simulator.ui.rehearse.call_progress import CallProgress, Phase
from simulator.ui.rehearse.call_start import CallStart
from simulator.ui.rehearse.call_view import CallView
from simulator.ui.rehearse.errand import Errand
from simulator.ui.rehearse.moment_player import TRAINEE_TRACK, MomentPlayer
from simulator.ui.rehearse.take_five import TakeFive


class RehearsePage(QWidget):
    """`begin` starts a call; `call_ended` brings its summary, `left` says that no call came about."""

    call_ended = Signal(object)
    left = Signal()

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._services = services
        self._control: CallControl | None = None
        self._start: CallStart | None = None
        self._bridge: CallBridge | None = None
        self._player = MomentPlayer(services, self)
        self.view = CallView()
        self.setMinimumSize(self.view.minimumSize())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view)
        self._breathing = TakeFive(self)
        self._breathing.finished.connect(self.view.card.setFocus)
        self._progress = CallProgress(self.view, self)
        self._news = CallNews(self.view, self._progress, self._player, self)
        self._keys = CallKeys(self, self.view, self._progress, self._breathing)
        self._connect_view()
        self._connect_keys()
        self._news.next_wanted.connect(self.next_turn)
        self._news.focus_wanted.connect(self._take_focus)
        self._news.ended.connect(self._on_ended)
        self._player.failed.connect(self.view.say_error)

    def _connect_view(self) -> None:
        bar, replies, feedback = self.view.bar, self.view.replies, self.view.feedback
        bar.move_wanted.connect(self.use_move)
        bar.volume_changed.connect(lambda volume: self._tell("set_volume", volume))
        bar.end_wanted.connect(self.ask_to_hang_up)
        replies.pause_wanted.connect(self.pause)
        replies.repeat_wanted.connect(self.repeat_line)
        replies.talk_pressed.connect(self._press_to_talk)
        replies.reply_finished.connect(self._finish_reply)
        replies.reply_typed.connect(self._on_typed)
        replies.typing_left.connect(self.setFocus)
        feedback.next_wanted.connect(self.next_turn)
        feedback.redo_wanted.connect(self.redo_turn)
        feedback.words_corrected.connect(lambda turn, text: self._tell("correct_words", turn, text))
        feedback.techniques_ticked.connect(lambda turn, ticked: self._tell("tick_techniques", turn, ticked))
        feedback.moment_wanted.connect(self._on_moment)
        self.view.card.answered.connect(self._on_answer)

    def _connect_keys(self) -> None:
        keys = self._keys
        keys.answered.connect(self._on_answer)
        keys.move_wanted.connect(self.use_move)
        keys.talk_pressed.connect(self._press_to_talk)
        keys.reply_finished.connect(self._finish_reply)
        keys.pause_wanted.connect(self.pause)
        keys.repeat_wanted.connect(self.repeat_line)
        keys.redo_wanted.connect(self.redo_turn)
        keys.next_wanted.connect(self.next_turn)
        keys.end_wanted.connect(self.ask_to_hang_up)
        keys.focus_wanted.connect(self._take_focus)

    # The call as a whole

    @property
    def phase(self) -> Phase:
        return self._progress.phase

    @property
    def in_call(self) -> bool:
        return self._start is not None

    def begin(self, setup: CallSetup, demo: bool = False) -> None:
        """Start a call and show it; trouble with starting it is shown on the page."""
        self.close_call()
        settings = self._services.settings.load()
        self._news.begin(can_speak=settings.microphone_allowed)
        self._keys.let_go()
        self._player.use_session(None)
        self.view.begin(setup, settings, demo=demo)
        self._progress.begin(setup, demo=demo)
        self._take_focus()
        # The call keeps the bridge for as long as any of its threads may still speak.
        self._bridge = CallBridge()
        self._bridge.message_received.connect(self._news.take)
        make = self._services.demo_call if demo else self._services.live_call
        start = self._start = CallStart(partial(make, setup, settings, self._bridge.listener))
        Errand(self, start.run, partial(self._on_started, start), partial(self._on_not_started, start))

    def _on_started(self, start: CallStart, control: CallControl | None) -> None:
        if start is self._start:
            self._control = control

    def _on_not_started(self, start: CallStart, error: SimulatorError) -> None:
        if start is not self._start:
            return
        self._start = None
        self.view.bar.clock.hold()
        self.view.topics.could_not_start(error)

    def close_call(self) -> None:
        """Stop the call, if one is running, on another thread: joining it may take a moment."""
        self._player.stop()
        if self._bridge is not None:
            self._bridge.disconnect_call()
            self._bridge = None
        running = self._start.give_up() if self._start is not None else None
        self._start = self._control = None
        if running is not None:
            Errand(self, running.close)
        self.view.bar.clock.hold()
        self._progress.end()

    def _on_ended(self, summary: CallSummary) -> None:
        self._keep_volume()
        self.close_call()
        self.view.card.dismiss()
        self.view.hide_feedback()
        self.call_ended.emit(summary)

    def _keep_volume(self) -> None:
        settings = self._services.settings.load()
        volume = self.view.bar.volume.value() / 100
        if abs(settings.customer_volume - volume) >= 0.005:
            try:
                self._services.settings.save(replace(settings, customer_volume=volume))
            except SimulatorError as error:
                self.view.say_error(error)

    def _tell(self, order: str, *arguments: object) -> None:
        """Hand an order to the call; one plain sentence where it cannot be done."""
        if self._control is None:
            return
        try:
            getattr(self._control, order)(*arguments)
        except SimulatorError as error:
            self.view.say_error(error)

    # What the trainee wants

    def pause(self) -> None:
        if not self.view.card.topic:
            self._tell("pause")

    def repeat_line(self) -> None:
        if self._progress.replying:
            self._tell("repeat_line")
        self._take_focus()

    def redo_turn(self) -> None:
        if self.phase is Phase.FEEDBACK and not self.view.feedback.correcting:
            self._tell("redo_turn")

    def next_turn(self) -> None:
        self._player.stop()
        self._tell("next_turn")

    def use_move(self, move: Move) -> None:
        """A break is asked for at once; what may end the call is asked about first."""
        if self.phase not in (Phase.CUSTOMER, Phase.REPLY, Phase.FEEDBACK) or self._progress.demo:
            return
        if move is Move.HOLD:
            self._news.expect_hold()
            self._tell("use_move", move)
        else:
            self.view.topics.move(move)

    def ask_to_hang_up(self) -> None:
        if self._control is not None:
            self.view.topics.hang_up(self._progress.setup.scenario.customer_addressed)

    def _on_answer(self, answer: str) -> None:
        if answer == "breathe":
            self._breathing.begin()
            return
        self.view.card.dismiss()
        self._take_focus()
        if answer == "resume":
            self._tell("resume")
        elif answer == "say_again":
            self._tell("redo_turn")
        elif answer == "type":
            self.view.replies.start_typing()
        elif answer == "hang_up":
            self._tell("end")
        elif answer in (Move.SUPERVISOR, Move.INCIDENT):
            self._tell("use_move", Move(answer))
            if answer == Move.INCIDENT:
                self.view.say(self.tr("The incident is written down with this call."))
        elif answer == "leave":
            self.close_call()
            self.left.emit()

    def _press_to_talk(self, pressed: bool) -> None:
        self._tell("press_to_talk", pressed)

    def _finish_reply(self) -> None:
        self._tell("finish_reply")

    def _on_typed(self, text: str) -> None:
        self._tell("type_reply", text)
        self.view.stage.show_words(text)

    def _on_moment(self, span: Span) -> None:
        self._player.play(TRAINEE_TRACK, span)

    # What Qt tells

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._keys.pressed(event):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if not self._keys.released(event):
            super().keyReleaseEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._breathing.setGeometry(self.rect())

    def _take_focus(self) -> None:
        self.setFocus(Qt.FocusReason.OtherFocusReason)
