"""Everything is reached by keyboard, shows where the focus is, and has a name."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from clipping import settle
from conftest import ICONS, Bench
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QSlider,
    QWidget,
)
from pytestqt.qtbot import QtBot
from test_layouts import PAGES, shown

from simulator.practice.settings import Settings
from simulator.ui.theme import apply_theme
from simulator.ui.widgets.card import PressableCard
from simulator.ui.widgets.labels import Text

USABLE = (QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit, QSlider, PressableCard)


def usable(page: QWidget) -> list[QWidget]:
    found = [widget for kind in USABLE for widget in page.findChildren(kind)]
    return [
        widget
        for widget in found
        if widget.isVisibleTo(page) and widget.isEnabled() and not isinstance(widget.parentWidget(), QComboBox)
    ]


def named(widget: QWidget) -> str:
    words = widget.text() if isinstance(widget, QAbstractButton) else ""
    return widget.accessibleName() or words


@pytest.mark.parametrize("make", PAGES, ids=lambda make: make.__name__)
def test_everything_that_can_be_used_has_a_name(qtbot: QtBot, bench: Bench, make: Callable[[Bench], QWidget]) -> None:
    page = shown(qtbot, bench, make, (1280, 800))
    assert usable(page)
    assert [type(widget).__name__ for widget in usable(page) if not named(widget)] == []


@pytest.mark.parametrize("make", PAGES, ids=lambda make: make.__name__)
def test_tab_reaches_everything_that_can_be_used(qtbot: QtBot, bench: Bench, make: Callable[[Bench], QWidget]) -> None:
    page = shown(qtbot, bench, make, (1280, 800))
    page.activateWindow()
    reached: set[QWidget] = set()
    for _ in range(2 * len(usable(page)) + 5):
        page.focusNextChild()
        focused = page.focusWidget()
        if focused is not None:
            reached.add(focused)
    # Of a group of chips, Tab reaches the chosen one; the arrows go on from there.
    alone = [w for w in usable(page) if not (isinstance(w, QAbstractButton) and w.group() is not None)]
    assert [named(widget) for widget in alone if widget not in reached] == []


@pytest.mark.parametrize("theme", ["light", "dark", "high_contrast"])
@pytest.mark.parametrize("make", PAGES, ids=lambda make: make.__name__)
def test_the_focus_can_be_seen(
    qtbot: QtBot, bench: Bench, look: QApplication, make: Callable[[Bench], QWidget], theme: str
) -> None:
    apply_theme(look, Settings(theme=theme, reduced_motion=True), ICONS)
    page = shown(qtbot, bench, make, (1280, 800))
    page.activateWindow()
    unseen, tried = [], 0
    for widget in usable(page):
        if widget.focusPolicy() == Qt.FocusPolicy.NoFocus:
            continue
        widget.clearFocus()
        settle()
        without = widget.grab().toImage()
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        settle()
        tried += widget.hasFocus()
        if widget.grab().toImage() == without:
            unseen.append(named(widget))
    assert unseen == []
    assert tried > 0


@pytest.mark.parametrize("make", PAGES, ids=lambda make: make.__name__)
def test_no_text_is_taken_for_markup(qtbot: QtBot, bench: Bench, make: Callable[[Bench], QWidget]) -> None:
    page = shown(qtbot, bench, make, (1280, 800))
    assert {label.textFormat() for label in page.findChildren(Text)} == {Qt.TextFormat.PlainText}
