"""The Qt binding itself: a release that miscounts `None` ends the program after some thousands of calls."""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

CALLS = 500


def test_calling_qt_leaves_the_count_of_none_alone(qtbot: QtBot, qapp: QApplication) -> None:
    """PySide6 6.12.0 loses one reference to None at every call of a method without a result, on Python before 3.12
    ("Fatal Python error: none_dealloc"); 6.11.3 does not."""
    label = QLabel("x")
    qtbot.addWidget(label)
    label.setText("a")
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        label.setText("a")
    assert abs(sys.getrefcount(None) - before) < CALLS // 10
