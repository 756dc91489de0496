"""The call page: shows what a live call tells, and hands on what the trainee wants."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from simulator.domain.errors import SimulatorError
from simulator.domain.turn import Span
from simulator.practice import messages
from simulator.practice.messages import CallControl, Floor, Move
from simulator.practice.services import Services
from simulator.practice.settings import CallSetup
from simulator.practice.turn_result import LineToSpeak
from simulator.ui.bridge import CallBridge
from simulator.ui.rehearse.call_start import CallStart
from simulator.ui.rehearse.call_view import CallView
from simulator.ui.rehearse.card_topics import CardTopics
from simulator.ui.rehearse.errand import Errand
from simulator.ui.rehearse.moment_player import TRAINEE_TRACK, MomentPlayer
from simulator.ui.rehearse.take_five import TakeFive

_VOLUME_STEP = 5
_STANDING_STILL = (CardTopics.PAUSED, CardTopics.ON_HOLD, CardTopics.TROUBLE)


class Phase(StrEnum):
    """What the page waits for."""

    CONNECTING = "connecting"
    CUSTOMER = "customer"
    REPLY = "reply"
    WORKING = "working"
    FEEDBACK = "feedback"
    ENDED = "ended"


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
        self._setup: CallSetup | None = None
        self._line: LineToSpeak | None = None
        self._demo = False
        self._can_speak = True
        self._phase = Phase.ENDED
        self._talking_by_key = False
        self._hold_asked = False
        self._player = MomentPlayer(services, self)
        self.view = CallView()
        self.setMinimumSize(self.view.minimumSize())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view)
        self._breathing = TakeFive(self)
        self._breathing.finished.connect(self.view.card.setFocus)
        self._handlers = self._make_handlers()
        self._connect_parts()
        self._make_shortcuts()

    def _make_handlers(self) -> dict[type, Callable[[Any], None]]:
        view = self.view
        return {
            messages.CallConnected: self._on_connected,
            messages.LineStarted: self._on_line_started,
            messages.CaptionMoved: lambda message: view.stage.caption.set_heard(message.words_heard),
            messages.LineFinished: lambda _message: self._on_line_finished(),
            messages.FloorChanged: lambda message: self._on_floor(message.floor),
            messages.MeterMoved: lambda message: view.meters.show_values(message.level_db, message.pace_ratio),
            messages.WordsHeard: lambda message: view.stage.show_words(message.text),
            messages.ReplyEnded: lambda _message: self._set_phase(Phase.WORKING),
            messages.TurnAppraised: self._on_appraised,
            messages.NothingHeard: self._on_nothing_heard,
            messages.Paused: self._on_paused,
            messages.Resumed: lambda _message: self._on_resumed(),
            messages.Noticed: lambda message: view.say(message.text),
            messages.CallEnded: self._on_ended,
        }

    def _connect_parts(self) -> None:
        bar, replies, feedback = self.view.bar, self.view.replies, self.view.feedback
        bar.move_wanted.connect(self.use_move)
        bar.volume_changed.connect(lambda volume: self._tell("set_volume", volume))
        bar.end_wanted.connect(self.ask_to_hang_up)
        replies.pause_wanted.connect(self.pause)
        replies.repeat_wanted.connect(self.repeat_line)
        replies.talk_pressed.connect(lambda pressed: self._tell("press_to_talk", pressed))
        replies.reply_finished.connect(lambda: self._tell("finish_reply"))
        replies.reply_typed.connect(self._on_typed)
        replies.typing_left.connect(self.setFocus)
        feedback.next_wanted.connect(self.next_turn)
        feedback.redo_wanted.connect(self.redo_turn)
        feedback.words_corrected.connect(lambda turn, text: self._tell("correct_words", turn, text))
        feedback.techniques_ticked.connect(lambda turn, ticked: self._tell("tick_techniques", turn, ticked))
        feedback.moment_wanted.connect(self._on_moment)
        self.view.card.answered.connect(self._on_answer)
        self._player.failed.connect(self.view.say_error)

    def _make_shortcuts(self) -> None:
        for keys, action in (
            ("Esc", self._on_escape),
            ("Ctrl+R", self.repeat_line),
            ("Ctrl+D", self.redo_turn),
            ("Ctrl+T", self._start_typing),
            ("Ctrl+M", self._switch_meters),
            ("Ctrl+H", lambda: self.use_move(Move.HOLD)),
            ("Ctrl+U", lambda: self.use_move(Move.SUPERVISOR)),
            ("Ctrl+I", lambda: self.use_move(Move.INCIDENT)),
            ("Ctrl+E", self.ask_to_hang_up),
            ("Ctrl+Up", lambda: self._step_volume(_VOLUME_STEP)),
            ("Ctrl+Down", lambda: self._step_volume(-_VOLUME_STEP)),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(action)

    # The call as a whole

    @property
    def phase(self) -> Phase:
        return self._phase

    @property
    def in_call(self) -> bool:
        return self._start is not None

    def begin(self, setup: CallSetup, demo: bool = False) -> None:
        """Start a call and show it; trouble with starting it is shown on the page."""
        self.close_call()
        settings = self._services.settings.load()
        self._setup, self._demo, self._line = setup, demo, None
        self._can_speak = settings.microphone_allowed
        self._talking_by_key = self._hold_asked = False
        self._player.use_session(None)
        self.view.begin(setup, settings, demo=demo)
        self._set_phase(Phase.CONNECTING)
        self._take_focus()
        # The call keeps the bridge for as long as any of its threads may still speak.
        self._bridge = CallBridge()
        self._bridge.message_received.connect(self.take)
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
        self._phase = Phase.ENDED

    def _tell(self, order: str, *arguments: object) -> None:
        """Hand an order to the call; one plain sentence where it cannot be done."""
        if self._control is None:
            return
        try:
            getattr(self._control, order)(*arguments)
        except SimulatorError as error:
            self.view.say_error(error)

    # What the call tells

    def take(self, message: messages.Message) -> None:
        """Show one message."""
        self._handlers[type(message)](message)

    def _on_connected(self, message: messages.CallConnected) -> None:
        self._player.use_session(message.session_id)
        self.view.stage.gauge.show_temper(message.temper)
        if message.recogniser == "none":
            self.view.say(self.tr("No recognition is installed: your voice is measured, your words are not scored."))
        elif message.recogniser == "pocketsphinx":
            self.view.say(self.tr("Basic recognition. Settings has a better model to install."))

    def _on_line_started(self, message: messages.LineStarted) -> None:
        self._player.stop()
        self._line = message.line
        if self.view.card.topic == CardTopics.UNHEARD:
            self.view.card.dismiss()
        self.view.show_line(message, self._setup)
        self._set_phase(Phase.CUSTOMER)
        if not self.view.replies.field.hasFocus() and not self.view.card.topic:
            self._take_focus()

    def _on_line_finished(self) -> None:
        self.view.stage.caption.hear_all()
        self._set_phase(Phase.REPLY)

    def _on_floor(self, floor: Floor) -> None:
        self.view.stage.floor.show_floor(floor)
        if floor is Floor.TRAINEE and self.view.card.topic == CardTopics.UNHEARD:
            self.view.card.dismiss()
        self._refresh()

    def _on_appraised(self, message: messages.TurnAppraised) -> None:
        if self._setup.exam:
            self.next_turn()
            return
        expected = self._setup.scenario.beat(self._line.beat).expects if self._line is not None else ()
        self.view.show_feedback(message.result, expected, can_hear=self._player.can_play)
        self._set_phase(Phase.FEEDBACK)
        self._take_focus()

    def _on_nothing_heard(self, message: messages.NothingHeard) -> None:
        self._set_phase(Phase.REPLY)
        self.view.topics.nothing_heard(message.reason, can_speak=self._can_speak)

    def _on_paused(self, message: messages.Paused) -> None:
        self.view.bar.clock.hold()
        if message.trouble is None and self._hold_asked:
            self.view.topics.on_hold()
        else:
            self.view.topics.paused(message.trouble, can_type=self._phase in (Phase.CUSTOMER, Phase.REPLY))
        self._hold_asked = False

    def _on_resumed(self) -> None:
        self.view.bar.clock.go_on()
        if self.view.card.topic in _STANDING_STILL:
            self.view.card.dismiss()
            self._take_focus()

    def _on_ended(self, message: messages.CallEnded) -> None:
        self._keep_volume()
        self.close_call()
        self.view.card.dismiss()
        self.view.hide_feedback()
        self.call_ended.emit(message.summary)

    # What the trainee wants

    def pause(self) -> None:
        if not self.view.card.topic:
            self._tell("pause")

    def repeat_line(self) -> None:
        if self._phase in (Phase.CUSTOMER, Phase.REPLY):
            self._tell("repeat_line")
        self._take_focus()

    def redo_turn(self) -> None:
        if self._phase is Phase.FEEDBACK and not self.view.feedback.correcting:
            self._tell("redo_turn")

    def next_turn(self) -> None:
        self._player.stop()
        self._tell("next_turn")

    def use_move(self, move: Move) -> None:
        """A break is asked for at once; what may end the call is asked about first."""
        if self._phase not in (Phase.CUSTOMER, Phase.REPLY, Phase.FEEDBACK) or self._demo:
            return
        if move is Move.HOLD:
            self._hold_asked = True
            self._tell("use_move", move)
        else:
            self.view.topics.move(move)

    def ask_to_hang_up(self) -> None:
        if self._control is not None:
            customer = self._setup.scenario.customer
            self.view.topics.hang_up(f"{customer.title} {customer.last_name}".strip())

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
            self._start_typing()
        elif answer == "hang_up":
            self._tell("end")
        elif answer in (Move.SUPERVISOR, Move.INCIDENT):
            self._tell("use_move", Move(answer))
            if answer == Move.INCIDENT:
                self.view.say(self.tr("The incident is written down with this call."))
        elif answer == "leave":
            self.close_call()
            self.left.emit()

    def _on_typed(self, text: str) -> None:
        self._tell("type_reply", text)
        self.view.stage.show_words(text)

    def _on_moment(self, span: Span) -> None:
        self._player.play(TRAINEE_TRACK, span)

    def _start_typing(self) -> None:
        self.view.replies.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _step_volume(self, step: int) -> None:
        self.view.bar.volume.setValue(self.view.bar.volume.value() + step)

    def _keep_volume(self) -> None:
        settings = self._services.settings.load()
        volume = self.view.bar.volume.value() / 100
        if abs(settings.customer_volume - volume) >= 0.005:
            try:
                self._services.settings.save(replace(settings, customer_volume=volume))
            except SimulatorError as error:
                self.view.say_error(error)

    def _switch_meters(self) -> None:
        if self._setup is not None and not self._setup.exam:
            self.view.switch_meters()

    # Keys

    def _on_escape(self) -> None:
        card = self.view.card
        if self._breathing.isVisible():
            self._breathing.stop()
        elif self.view.feedback.correcting:
            self.view.feedback.stop_correcting()
            self._take_focus()
        elif card.topic in _STANDING_STILL:
            self._on_answer("resume")
        elif card.topic == CardTopics.NO_START:
            self._on_answer("leave")
        elif card.topic:
            self._on_answer("stay")
        else:
            self.pause()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            if not event.isAutoRepeat():
                self._on_space(True)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._phase is Phase.FEEDBACK and not event.isAutoRepeat() and not self.view.feedback.correcting:
                self.next_turn()
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._on_space(False)
        else:
            super().keyReleaseEvent(event)

    def _on_space(self, pressed: bool) -> None:
        if self._demo or self.view.card.topic or self.view.replies.talk.isHidden():
            return
        if self.view.replies.hands_free:
            if pressed:
                self._tell("finish_reply")
        elif pressed != self._talking_by_key:
            self._talking_by_key = pressed
            self._tell("press_to_talk", pressed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._breathing.setGeometry(self.rect())

    # What is in sight

    def _take_focus(self) -> None:
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _set_phase(self, phase: Phase) -> None:
        self._phase = phase
        self._refresh()

    def _refresh(self) -> None:
        talking = self.view.stage.floor.floor is Floor.TRAINEE
        replying = self._phase in (Phase.CUSTOMER, Phase.REPLY)
        self.view.replies.allow(replying=replying, talking=talking and replying)
        self.view.stage.prompt.setText(self._prompt(talking))

    def _prompt(self, talking: bool) -> str:
        if self._phase is Phase.CONNECTING:
            return self.tr("Connecting\u2026")
        if self._phase is Phase.WORKING:
            return self.tr("Listening back to what you said\u2026")
        if self._phase is Phase.CUSTOMER:
            return "" if talking else self.tr("Listen.")
        if self._phase is not Phase.REPLY or self._demo:
            return ""
        return self.view.replies.how_to_end() if talking else self.view.replies.how_to_begin()
