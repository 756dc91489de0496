"""What a live call tells, shown on the call page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from simulator.practice import messages
from simulator.practice.messages import Floor
from simulator.practice.turn_result import LineToSpeak
from simulator.ui.rehearse.call_progress import CallProgress, Phase
from simulator.ui.rehearse.call_view import CallView
from simulator.ui.rehearse.card_topics import CardTopics
from simulator.ui.rehearse.moment_player import MomentPlayer


class CallNews(QObject):
    """Shows one message after the other. `ended` carries the summary; `next_wanted`: an exam shows no feedback."""

    ended = Signal(object)
    next_wanted = Signal()
    focus_wanted = Signal()

    def __init__(
        self, view: CallView, progress: CallProgress, player: MomentPlayer, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._view = view
        self._progress = progress
        self._player = player
        self._line: LineToSpeak | None = None
        self._can_speak = True
        self._hold_asked = False
        self._handlers = self._make_handlers()

    def _make_handlers(self) -> dict[type, Callable[[Any], None]]:
        view, progress = self._view, self._progress
        return {
            messages.CallConnected: self._on_connected,
            messages.LineStarted: self._on_line_started,
            messages.CaptionMoved: lambda message: view.stage.caption.set_heard(message.words_heard),
            messages.LineFinished: lambda _message: self._on_line_finished(),
            messages.FloorChanged: lambda message: self._on_floor(message.floor),
            messages.MeterMoved: lambda message: view.meters.show_values(message.level_db, message.pace_ratio),
            messages.WordsHeard: lambda message: view.stage.show_words(message.text),
            messages.ReplyEnded: lambda _message: progress.enter(Phase.WORKING),
            messages.TurnAppraised: self._on_appraised,
            messages.NothingHeard: self._on_nothing_heard,
            messages.Paused: self._on_paused,
            messages.Resumed: lambda _message: self._on_resumed(),
            messages.Noticed: lambda message: view.say(message.text),
            messages.CallEnded: lambda message: self.ended.emit(message.summary),
        }

    def begin(self, *, can_speak: bool) -> None:
        """Expect a new call's news."""
        self._line = None
        self._can_speak = can_speak
        self._hold_asked = False

    def expect_hold(self) -> None:
        """The next pause is the break that the trainee asks the customer for."""
        self._hold_asked = True

    def take(self, message: messages.Message) -> None:
        """Show one message."""
        self._handlers[type(message)](message)

    def _on_connected(self, message: messages.CallConnected) -> None:
        self._player.use_session(message.session_id)
        self._view.stage.gauge.show_temper(message.temper)
        if message.recogniser == "none":
            self._view.say(self.tr("No recognition is installed: your voice is measured, your words are not scored."))
        elif message.recogniser == "pocketsphinx":
            self._view.say(self.tr("Basic recognition. Settings has a better model to install."))

    def _on_line_started(self, message: messages.LineStarted) -> None:
        view = self._view
        self._player.stop()
        self._line = message.line
        self._dismiss(CardTopics.UNHEARD)
        view.show_line(message, self._progress.setup)
        self._progress.enter(Phase.CUSTOMER)
        if not view.replies.field.hasFocus() and not view.card.topic:
            self.focus_wanted.emit()

    def _on_line_finished(self) -> None:
        self._view.stage.caption.hear_all()
        self._progress.enter(Phase.REPLY)

    def _on_floor(self, floor: Floor) -> None:
        self._view.stage.floor.show_floor(floor)
        if floor is Floor.TRAINEE:
            self._dismiss(CardTopics.UNHEARD)
        self._progress.refresh()

    def _on_appraised(self, message: messages.TurnAppraised) -> None:
        setup = self._progress.setup
        if setup.exam:
            self.next_wanted.emit()
            return
        expected = setup.scenario.beat(self._line.beat).expects if self._line is not None else ()
        self._view.show_feedback(message.result, expected, can_hear=self._player.can_play)
        self._progress.enter(Phase.FEEDBACK)
        self.focus_wanted.emit()

    def _on_nothing_heard(self, message: messages.NothingHeard) -> None:
        self._progress.enter(Phase.REPLY)
        self._view.topics.nothing_heard(message.reason, can_speak=self._can_speak)

    def _on_paused(self, message: messages.Paused) -> None:
        self._view.bar.clock.hold()
        if message.trouble is None and self._hold_asked:
            self._view.topics.on_hold()
        else:
            self._view.topics.paused(message.trouble, can_type=self._progress.replying)
        self._hold_asked = False

    def _on_resumed(self) -> None:
        self._view.bar.clock.go_on()
        if self._dismiss(*CardTopics.STANDING_STILL):
            self.focus_wanted.emit()

    def _dismiss(self, *topics: str) -> bool:
        """Take the card away where it is about one of these; returns whether it was."""
        found = self._view.card.topic in topics
        if found:
            self._view.card.dismiss()
        return found
