"""Start to first window: the goal is 1.5 s, from the start of Python to the first picture of the library's window."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from pytest_benchmark.fixture import BenchmarkFixture

# As `simulator.app.window.open_window` does it, but the program ends once the window has been painted.
CHILD = """
from simulator.app.main import data_folder
from simulator.app.bootstrap import Program
from simulator.app.window import MainWindow, QApplication, apply_theme
from PySide6.QtCore import QEvent, QObject

class UntilPainted(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            QApplication.instance().exit(0)
        return False

program = Program(data_folder())
app = QApplication(["unruffled"])
services = program.services()
apply_theme(app, services.settings.load(), program.folders.assets / "icons")
window = MainWindow(services)
watcher = UntilPainted()
window.stack.currentWidget().installEventFilter(watcher)
window.show()
code = app.exec()
window.close()
program.close()
raise SystemExit(code)
"""


def _start(folder: Path) -> None:
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "UNRUFFLED_DATA": str(folder)}
    done = subprocess.run([sys.executable, "-c", CHILD], env=environment, capture_output=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr.decode()


def test_start_to_first_window(benchmark: BenchmarkFixture, tmp_path: Path) -> None:
    _start(tmp_path)  # the very first start makes the database and compiles what Python has not compiled yet
    benchmark.pedantic(_start, args=(tmp_path,), rounds=5, iterations=1)
