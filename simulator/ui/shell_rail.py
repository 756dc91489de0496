"""The rail at the left: where one can go, and who is sitting here."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QVBoxLayout, QWidget

from simulator.ui.shell_mark import Mark
from simulator.ui.theme import GRID
from simulator.ui.widgets.buttons import Button, Kind

RAIL_WIDTH = 224
COMPACT_WIDTH = 80


class Section(StrEnum):
    PRACTISE = "practise"
    CALLS = "calls"
    SETTINGS = "settings"


class Rail(QFrame):
    """The sections in order; the foot is given by `set_foot`."""

    section_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "rail")
        self.setFixedWidth(RAIL_WIDTH)
        self.setAccessibleName(self.tr("Sections"))
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(GRID + 4, 3 * GRID, GRID + 4, 2 * GRID)
        self._box.setSpacing(GRID // 2)
        self._mark = Mark()
        self._box.addWidget(self._mark)
        self._box.addSpacing(2 * GRID)
        self._words: dict[Section, str] = {}
        self._group = QButtonGroup(self)
        for section, icon, words in (
            (Section.PRACTISE, "phone-call", self.tr("Practise")),
            (Section.CALLS, "history", self.tr("My calls")),
            (Section.SETTINGS, "settings", self.tr("Settings")),
        ):
            button = Button(words, Kind.RAIL, icon)
            button.setAccessibleName(words)
            self._words[section] = words
            button.clicked.connect(lambda _checked=False, chosen=section: self.section_chosen.emit(chosen))
            self._group.addButton(button, list(Section).index(section))
            self._box.addWidget(button)
        self._box.addStretch(1)

    def set_foot(self, widget: QWidget) -> None:
        self._box.addWidget(widget)

    def set_compact(self, compact: bool) -> None:
        """Icons only, where the window is narrow; the words are then tooltips."""
        self.setFixedWidth(COMPACT_WIDTH if compact else RAIL_WIDTH)
        self._mark.name.setVisible(not compact)
        for section, words in self._words.items():
            self.button(section).show_words("" if compact else words)
            self.button(section).setToolTip(words if compact else "")

    def mark(self, section: Section | None) -> None:
        """Show where we are, without going anywhere; None: in no section."""
        self._group.setExclusive(section is not None)
        for each in Section:
            self.button(each).setChecked(each is section)

    def button(self, section: Section) -> Button:
        button = self._group.button(list(Section).index(section))
        assert isinstance(button, Button)
        return button
