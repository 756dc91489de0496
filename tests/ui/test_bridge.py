"""Messages and results from other threads arrive on the GUI thread, in order, and not after they are unwanted."""

from __future__ import annotations

import threading

from PySide6.QtCore import QThread, QThreadPool
from pytestqt.qtbot import QtBot

from simulator.domain.errors import SimulatorError
from simulator.practice.messages import CaptionMoved, Floor, FloorChanged, MeterMoved, Resumed
from simulator.ui.bridge import CallBridge, Task


def on_a_thread(work) -> None:
    thread = threading.Thread(target=work)
    thread.start()
    thread.join(5.0)
    assert not thread.is_alive()


def test_messages_of_a_worker_arrive_on_the_gui_thread_in_order(qtbot: QtBot) -> None:
    bridge = CallBridge()
    arrived: list[tuple[object, bool]] = []
    bridge.message_received.connect(
        lambda message: arrived.append((message, QThread.currentThread() is bridge.thread()))
    )
    sent = [FloorChanged(Floor.CUSTOMER), *(CaptionMoved(number) for number in range(50)), Resumed()]
    on_a_thread(lambda: [bridge.listener(message) for message in sent])
    qtbot.waitUntil(lambda: len(arrived) == len(sent))
    assert arrived == [(message, True) for message in sent]


def test_the_listener_returns_at_once_even_on_the_gui_thread(qtbot: QtBot) -> None:
    bridge = CallBridge()
    arrived: list[object] = []
    bridge.message_received.connect(arrived.append)
    bridge.listener(Resumed())
    assert arrived == []
    qtbot.waitUntil(lambda: arrived == [Resumed()])


def test_each_kind_of_message_has_a_signal_of_its_own(qtbot: QtBot) -> None:
    bridge = CallBridge()
    with qtbot.waitSignal(bridge.meter_moved) as moved, qtbot.assertNotEmitted(bridge.caption_moved):
        bridge.listener(MeterMoved(3.0, 1.1))
    assert moved.args == [MeterMoved(3.0, 1.1)]


def test_after_disconnecting_late_news_is_not_heard(qtbot: QtBot) -> None:
    bridge = CallBridge()
    with qtbot.assertNotEmitted(bridge.message_received, wait=50):
        bridge.listener(Resumed())
        bridge.disconnect_call()


def test_a_task_brings_its_result_and_its_progress_back(qtbot: QtBot) -> None:
    shares: list[float] = []

    def work(tell):
        tell(0.5)
        return QThread.currentThread()

    task = Task(work)
    task.progressed.connect(shares.append)
    with qtbot.waitSignal(task.finished) as finished:
        task.start()
    assert finished.args[0] is not task.thread()
    assert shares == [0.5]


def test_trouble_and_surprises_of_a_task_are_told_apart(qtbot: QtBot) -> None:
    trouble = SimulatorError("No microphone.", "Plug it in.")

    def fail(_tell):
        raise trouble

    task = Task(fail)
    with qtbot.waitSignal(task.failed) as failed:
        task.start()
    assert failed.args == [trouble]
    surprise = Task(lambda _tell: {}["beat"])
    with qtbot.waitSignal(surprise.broke) as broke:
        surprise.start()
    assert isinstance(broke.args[0], KeyError)


def test_a_cancelled_task_says_nothing(qtbot: QtBot) -> None:
    gate = threading.Event()
    task = Task(lambda _tell: gate.wait(5.0))
    with qtbot.assertNotEmitted(task.finished, wait=50):
        task.start()
        task.cancel()
        gate.set()
        assert QThreadPool.globalInstance().waitForDone(5000)


def test_a_task_may_outlive_the_page_that_wanted_it(qtbot: QtBot) -> None:
    gate = threading.Event()
    task = Task(lambda _tell: gate.wait(5.0))
    task.start()
    del task
    gate.set()
    assert QThreadPool.globalInstance().waitForDone(5000)


def test_tasks_in_a_lane_of_one_thread_run_one_after_another(qtbot: QtBot) -> None:
    lane = QThreadPool()
    lane.setMaxThreadCount(1)
    order: list[int] = []
    tasks = [Task(lambda _tell, number=number: order.append(number)) for number in range(5)]
    with qtbot.waitSignals([task.finished for task in tasks]):
        for task in tasks:
            task.start(lane)
    assert order == [0, 1, 2, 3, 4]
