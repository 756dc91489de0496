"""The window is opened, and everything is put away when it closes."""

from __future__ import annotations

import signal
import sys
import threading

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from simulator import __version__
from simulator.app.bootstrap import Program
from simulator.app.crash_report import CrashReports
from simulator.domain.scenario import Difficulty
from simulator.practice.services import Services
from simulator.practice.settings import CallSetup
from simulator.ui.main_window import MainWindow
from simulator.ui.theme import apply_theme

PYTHON_TURN_MS = 300
# The first page is drawn by then.
PREPARE_AFTER_MS = 700


def open_window(program: Program, reports: CrashReports, demo: bool) -> int:
    """Show the window until it is closed; returns the exit code. Raises SimulatorError before it is shown."""
    reports.catch_native_crashes()
    app = QApplication(sys.argv[:1])
    app.setApplicationName("Unruffled")
    app.setApplicationVersion(__version__)
    services = program.services()
    apply_theme(app, services.settings.load(), program.folders.assets / "icons")
    window = MainWindow(services)
    window.broke.connect(lambda error: reports.report(type(error), error, error.__traceback__))
    _end_on_interrupt(app, window)
    window.show()
    preparing = threading.Thread(target=program.prepare, name="prepare", daemon=True)
    QTimer.singleShot(PREPARE_AFTER_MS, preparing.start)
    if demo:
        setup = demo_setup(services)
        QTimer.singleShot(0, lambda: window.begin_call(setup, demo=True))
    return app.exec()


def demo_setup(services: Services) -> CallSetup:
    """The call that a demonstration plays: the angriest of the first ones, and it is not kept."""
    scenario = max(services.scenarios.scenarios(), key=lambda each: each.start_temper)
    return CallSetup(scenario, services.settings.load().trainee_id, Difficulty.STANDARD, save=False)


def _end_on_interrupt(app: QApplication, window: MainWindow) -> None:
    """Ctrl-C closes the window as its own button does; Python needs a turn now and then to notice it."""
    signal.signal(signal.SIGINT, lambda *_: window.close())
    turns = QTimer(app)
    turns.timeout.connect(lambda: None)
    turns.start(PYTHON_TURN_MS)
