"""The one place where other threads meet the window: messages and results become signals on the GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal, Slot

from simulator.domain.errors import SimulatorError
from simulator.practice import messages


class CallBridge(QObject):
    """Hands a call's messages to the window. Pass `listener` to the call: any thread may call it.

    Each signal carries its message; `message_received` carries every one, in order. After `disconnect_call` nothing
    more comes out, so a page that is closing hears no late news.
    """

    message_received = Signal(object)
    call_connected = Signal(object)
    line_started = Signal(object)
    caption_moved = Signal(object)
    line_finished = Signal(object)
    floor_changed = Signal(object)
    meter_moved = Signal(object)
    words_heard = Signal(object)
    reply_ended = Signal(object)
    turn_appraised = Signal(object)
    nothing_heard = Signal(object)
    paused = Signal(object)
    resumed = Signal(object)
    noticed = Signal(object)
    call_ended = Signal(object)

    _arrived = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._listening = True
        self._signals: dict[type, Any] = {
            messages.CallConnected: self.call_connected,
            messages.LineStarted: self.line_started,
            messages.CaptionMoved: self.caption_moved,
            messages.LineFinished: self.line_finished,
            messages.FloorChanged: self.floor_changed,
            messages.MeterMoved: self.meter_moved,
            messages.WordsHeard: self.words_heard,
            messages.ReplyEnded: self.reply_ended,
            messages.TurnAppraised: self.turn_appraised,
            messages.NothingHeard: self.nothing_heard,
            messages.Paused: self.paused,
            messages.Resumed: self.resumed,
            messages.Noticed: self.noticed,
            messages.CallEnded: self.call_ended,
        }
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def listener(self, message: messages.Message) -> None:
        """Take a message on any thread; returns at once."""
        self._arrived.emit(message)

    def disconnect_call(self) -> None:
        self._listening = False

    @Slot(object)
    def _deliver(self, message: messages.Message) -> None:
        if not self._listening:
            return
        self.message_received.emit(message)
        signal = self._signals.get(type(message))
        if signal is not None:
            signal.emit(message)


class Courier(QObject):
    """Carries news from a thread to the window. It has no parent and is held by the thread's side only, so that the
    thread never speaks through an object that the window is just deleting; connect it queued."""

    said = Signal(str, object)


class Task(QObject):
    """Work away from the GUI thread (loading a recogniser, checking a headset), and its result back on it.

    Keep the task as long as its result is wanted; `cancel` makes it silent, and so does its end. What is not a
    SimulatorError goes to `broke` with the exception, for the crash report.
    """

    finished = Signal(object)
    failed = Signal(object)
    broke = Signal(object)
    progressed = Signal(object)

    def __init__(self, work: Callable[[Callable[[Any], None]], Any], parent: QObject | None = None) -> None:
        """`work` gets a function to report progress with."""
        super().__init__(parent)
        self._work = work
        self._wanted = True

    def start(self, pool: QThreadPool | None = None) -> Task:
        """Run on the program's threads, or in order after what else was given to a pool of one thread."""
        courier = Courier()
        courier.said.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        (pool or QThreadPool.globalInstance()).start(_Run(self._work, courier))
        return self

    def cancel(self) -> None:
        self._wanted = False

    @Slot(str, object)
    def _deliver(self, kind: str, value: object) -> None:
        if not self._wanted:
            return
        {"finished": self.finished, "failed": self.failed, "broke": self.broke, "progressed": self.progressed}[
            kind
        ].emit(value)


class _Run(QRunnable):
    def __init__(self, work: Callable[[Callable[[Any], None]], Any], courier: Courier) -> None:
        super().__init__()
        self._work = work
        self._courier = courier

    def run(self) -> None:
        tell = self._courier.said.emit
        try:
            result = self._work(lambda value: tell("progressed", value))
        except SimulatorError as error:
            tell("failed", error)
        except Exception as error:  # noqa: BLE001 - a thread must not end in a traceback; `broke` reports it
            tell("broke", error)
        else:
            tell("finished", result)
