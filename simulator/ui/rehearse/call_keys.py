"""The keys of the call page: most ask for one thing, Escape, Enter and Space for what the moment is about."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from simulator.practice.messages import Move
from simulator.ui.rehearse.call_progress import CallProgress, Phase
from simulator.ui.rehearse.call_view import CallView
from simulator.ui.rehearse.card_topics import CardTopics
from simulator.ui.rehearse.take_five import TakeFive

_VOLUME_STEP = 5


class CallKeys(QObject):
    """Says what a key asks for; what concerns the view alone it does itself. `answered` is an answer to the card."""

    answered = Signal(str)
    move_wanted = Signal(object)
    talk_pressed = Signal(bool)
    reply_finished = Signal()
    pause_wanted = Signal()
    repeat_wanted = Signal()
    redo_wanted = Signal()
    next_wanted = Signal()
    end_wanted = Signal()
    focus_wanted = Signal()

    def __init__(self, page: QWidget, view: CallView, progress: CallProgress, breathing: TakeFive) -> None:
        super().__init__(page)
        self._view = view
        self._progress = progress
        self._breathing = breathing
        self._talking = False
        self._make_shortcuts(page)

    def _make_shortcuts(self, page: QWidget) -> None:
        for keys, action in (
            ("Esc", self._on_escape),
            ("Ctrl+R", self.repeat_wanted),
            ("Ctrl+D", self.redo_wanted),
            ("Ctrl+T", self._view.replies.start_typing),
            ("Ctrl+M", self._switch_meters),
            ("Ctrl+H", lambda: self.move_wanted.emit(Move.HOLD)),
            ("Ctrl+U", lambda: self.move_wanted.emit(Move.SUPERVISOR)),
            ("Ctrl+I", lambda: self.move_wanted.emit(Move.INCIDENT)),
            ("Ctrl+E", self.end_wanted),
            ("Ctrl+Up", lambda: self._step_volume(_VOLUME_STEP)),
            ("Ctrl+Down", lambda: self._step_volume(-_VOLUME_STEP)),
        ):
            shortcut = QShortcut(QKeySequence(keys), page)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(action)

    def let_go(self) -> None:
        """For a new call: whatever was held down no longer counts."""
        self._talking = False

    def pressed(self, event: QKeyEvent) -> bool:
        """Whether the key was one of the page's own; only then is anything done."""
        if event.key() == Qt.Key.Key_Space:
            if not event.isAutoRepeat():
                self._on_space(True)
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            at_feedback = self._progress.phase is Phase.FEEDBACK and not self._view.feedback.correcting
            if at_feedback and not event.isAutoRepeat():
                self.next_wanted.emit()
            return True
        return False

    def released(self, event: QKeyEvent) -> bool:
        """As `pressed`."""
        if event.key() != Qt.Key.Key_Space or event.isAutoRepeat():
            return False
        self._on_space(False)
        return True

    def _on_escape(self) -> None:
        topic = self._view.card.topic
        if self._breathing.isVisible():
            self._breathing.stop()
        elif self._view.feedback.correcting:
            self._view.feedback.stop_correcting()
            self.focus_wanted.emit()
        elif topic in CardTopics.STANDING_STILL:
            self.answered.emit("resume")
        elif topic == CardTopics.NO_START:
            self.answered.emit("leave")
        elif topic:
            self.answered.emit("stay")
        else:
            self.pause_wanted.emit()

    def _on_space(self, pressed: bool) -> None:
        if self._progress.demo or self._view.card.topic or self._view.replies.talk.isHidden():
            return
        if self._view.replies.hands_free:
            if pressed:
                self.reply_finished.emit()
        elif pressed != self._talking:
            self._talking = pressed
            self.talk_pressed.emit(pressed)

    def _switch_meters(self) -> None:
        setup = self._progress.setup
        if setup is not None and not setup.exam:
            self._view.switch_meters()

    def _step_volume(self, step: int) -> None:
        volume = self._view.bar.volume
        volume.setValue(volume.value() + step)
