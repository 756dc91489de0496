"""The shared widgets."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from simulator.domain.errors import SimulatorError
from simulator.practice.settings import Settings
from simulator.ui.theme import apply_theme, current_theme
from simulator.ui.widgets.buttons import Button
from simulator.ui.widgets.case_words import initials, temper_name
from simulator.ui.widgets.choice import Chips, Choice, Toggle
from simulator.ui.widgets.flow_layout import FlowLayout
from simulator.ui.widgets.labels import ElidedText, Text
from simulator.ui.widgets.meter import BandMeter
from simulator.ui.widgets.notice import Notice, Toasts, Tone
from simulator.ui.widgets.portrait import temper_role
from simulator.ui.widgets.switch_row import SwitchRow


def placed(qtbot: QtBot, layout: FlowLayout, widths: list[int], room: int) -> list[QRect]:
    holder = QWidget()
    qtbot.addWidget(holder)
    holder.setLayout(layout)
    parts = []
    for width in widths:
        part = QWidget()
        part.setFixedSize(width, 20)
        layout.addWidget(part)
        parts.append(part)
    holder.resize(room, layout.heightForWidth(room))
    holder.show()
    return [part.geometry() for part in parts]


def test_a_flow_goes_on_in_a_new_row_when_the_width_is_used_up(qtbot: QtBot, look: QApplication) -> None:
    places = placed(qtbot, FlowLayout(spacing=10), [100, 100, 100], 215)
    assert [(place.x(), place.y()) for place in places] == [(0, 0), (110, 0), (0, 30)]


def test_columns_share_the_width_evenly(qtbot: QtBot, look: QApplication) -> None:
    layout = FlowLayout(spacing=10, column_width=100)
    holder = QWidget()
    qtbot.addWidget(holder)
    holder.setLayout(layout)
    parts = [Text(word) for word in ("one", "two", "three")]
    for part in parts:
        layout.addWidget(part)
    holder.resize(310, 200)
    holder.show()
    assert [part.x() for part in parts] == [0, 160, 0]
    assert {part.width() for part in parts} == {150}
    assert layout.count() == 3
    assert layout.takeAt(5) is None


def test_enter_presses_a_button_as_space_does(qtbot: QtBot, look: QApplication) -> None:
    button = Button("Go")
    qtbot.addWidget(button)
    button.show()
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
        with qtbot.waitSignal(button.clicked):
            qtbot.keyClick(button, key)


def test_chips_tell_what_people_choose_and_not_what_is_set(qtbot: QtBot, look: QApplication) -> None:
    chips = Chips("Size", [("Small", 1), ("Large", 2)])
    qtbot.addWidget(chips)
    with qtbot.assertNotEmitted(chips.chosen):
        chips.choose(2)
        chips.choose("no such value")
    assert chips.value() == 2
    with qtbot.waitSignal(chips.chosen) as chosen:
        qtbot.mouseClick(chips.button(1), Qt.MouseButton.LeftButton)
    assert chosen.args == [1]


def test_a_switch_row_turns_by_its_words_too(qtbot: QtBot, look: QApplication) -> None:
    row = SwitchRow("Captions", "Show the words.")
    qtbot.addWidget(row)
    row.resize(400, 50)
    row.show()
    with qtbot.assertNotEmitted(row.switched):
        row.set_on(True)
    with qtbot.waitSignal(row.switched) as switched:
        qtbot.mouseClick(row, Qt.MouseButton.LeftButton)
    assert switched.args == [False]


def test_a_toggle_is_there_at_once_where_motion_is_reduced(qtbot: QtBot, look: QApplication) -> None:
    toggle = Toggle("x")
    qtbot.addWidget(toggle)
    toggle.show()
    toggle.setChecked(True)
    assert toggle.place == 1.0


def test_a_toggle_glides_to_its_place_otherwise(qtbot: QtBot, look: QApplication) -> None:
    apply_theme(look, Settings(theme="light", reduced_motion=False), current_theme().icons_folder)
    toggle = Toggle("x")
    qtbot.addWidget(toggle)
    toggle.show()
    toggle.setChecked(True)
    assert toggle.place < 1.0
    qtbot.waitUntil(lambda: toggle.place == 1.0)


def test_the_wheel_does_not_change_a_choice(qtbot: QtBot, look: QApplication) -> None:
    choice = Choice("x")
    qtbot.addWidget(choice)
    choice.addItems(["a", "b"])
    choice.wheelEvent(_Wheel())
    assert choice.currentIndex() == 0


class _Wheel:
    def ignore(self) -> None:
        return None


def meter(qtbot: QtBot) -> BandMeter:
    made = BandMeter("Level", ("soft", "loud"), (-20.0, 20.0), (-3.0, 3.0), "your calm", 300, amber_from=6.0)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.mark.parametrize(
    ("value", "zone"), [(None, "unknown"), (-8.0, "low"), (0.0, "band"), (4.0, "high"), (6.0, "amber"), (99.0, "amber")]
)
def test_a_meter_says_its_zone_in_words(qtbot: QtBot, look: QApplication, value: float | None, zone: str) -> None:
    made = meter(qtbot)
    made.move_to(value)
    assert made.zone == zone
    assert made.accessibleDescription()


def test_a_meter_glides_to_its_value_and_then_rests(qtbot: QtBot, look: QApplication) -> None:
    made = meter(qtbot)
    made.move_to(0.0)
    assert made.shown == 0.0
    made.move_to(10.0)
    assert made.shown == 0.0
    qtbot.waitUntil(lambda: 0.0 < made.shown < 10.0)
    qtbot.waitUntil(lambda: made.shown == 10.0)
    made.move_to(None)
    assert made.shown is None


def test_a_notice_shows_an_error_as_its_problem_and_remedy(qtbot: QtBot, look: QApplication) -> None:
    notice = Notice(closable=True)
    qtbot.addWidget(notice)
    notice.tell_error(SimulatorError("The disk is full.", "Free some space."), "Try again")
    assert notice.text() == notice.accessibleName() == "The disk is full. Free some space."


def test_passing_news_goes_by_itself_and_trouble_stays(qtbot: QtBot, look: QApplication) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    toasts = Toasts(holder)
    toasts.STAY_MS = 20  # type: ignore[misc]
    holder.show()
    toasts.tell("Saved.", Tone.GOOD)
    assert toasts.text() == "Saved."
    qtbot.waitUntil(lambda: toasts.text() == "")
    toasts.tell_error(SimulatorError("Not saved."))
    assert not toasts._timer.isActive()
    assert toasts.text() == "Not saved."


def test_a_line_that_gives_way_keeps_its_whole_text_as_a_tooltip(qtbot: QtBot, look: QApplication) -> None:
    label = ElidedText("A very long name that has no room")
    qtbot.addWidget(label)
    label.resize(60, 20)
    label.show()
    label.grab()
    assert label.toolTip() == "A very long name that has no room"
    label.resize(600, 20)
    label.grab()
    assert label.toolTip() == ""


def test_initials_of_any_name() -> None:
    assert initials("Monika Novak") == "MN"
    assert initials("olena") == "O"
    assert initials("Jan Maria Kowalski") == "JK"
    assert initials("  ") == "?"


def test_each_colour_of_a_temper_goes_with_a_word() -> None:
    words = {temper / 2: (temper_role(temper / 2), temper_name(temper / 2)) for temper in range(21)}
    assert words[10.0][1] == "furious"
    assert words[0.0][1] == "settled"
    assert len({role for role, _ in words.values()}) == 3
