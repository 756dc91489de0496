"""Who is sitting here, at the foot of the rail; another person is two clicks away."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from simulator.ports import Trainee
from simulator.ui.theme import GRID, current_theme
from simulator.ui.theme_colours import Role
from simulator.ui.widgets.card import PressableCard
from simulator.ui.widgets.case_words import initials
from simulator.ui.widgets.icon import Icon
from simulator.ui.widgets.labels import ElidedText, Text
from simulator.ui.widgets.portrait import Portrait

GUEST_ID = "guest"


class WhoButton(PressableCard):
    """Shows the trainee's name; pressed, it opens a menu of all people."""

    trainee_chosen = Signal(str)
    people_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._people: Sequence[Trainee] = ()
        self._sitting = GUEST_ID
        self.body.setContentsMargins(GRID - 3, GRID, GRID - 3, GRID)
        row = QHBoxLayout()
        row.setSpacing(GRID)
        self._portrait = Portrait("?", None, 36)
        row.addWidget(self._portrait)
        self._words = QWidget()
        self._words.setProperty("role", "plain")
        words = QVBoxLayout(self._words)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(0)
        words.addWidget(Text(self.tr("Sitting here"), "secondary", wrap=False))
        self._name = ElidedText("", "strong")
        words.addWidget(self._name)
        row.addWidget(self._words, 1)
        self._chevron = Icon("chevron-up", Role.MUTED, 16)
        row.addWidget(self._chevron)
        self.body.addLayout(row)
        self.pressed_once.connect(self._open)

    def show_people(self, people: Sequence[Trainee], sitting: str) -> None:
        """`people` without the guest; `sitting` is the id of who is here."""
        self._people = people
        self._sitting = sitting
        name = self._name_of(sitting)
        self._name.setText(name)
        self._portrait.set_initials(initials(name))
        self.setAccessibleName(self.tr("Sitting here: {name}. Press to switch.").format(name=name))

    def set_compact(self, compact: bool) -> None:
        """The picture only, where the window is narrow."""
        self._words.setVisible(not compact)
        self._chevron.setVisible(not compact)
        self.setToolTip(self._name.text() if compact else "")

    def menu(self) -> QMenu:
        """All people, the one sitting here with a tick, and the way to add somebody."""
        menu = QMenu(self)
        theme = current_theme()
        for trainee in (*self._people, Trainee(GUEST_ID, self._name_of(GUEST_ID))):
            here = trainee.id == self._sitting
            action = QAction(trainee.name, menu)
            action.setIcon(theme.icon("check" if here else "user-round", Role.ACCENT if here else Role.MUTED))
            action.triggered.connect(lambda _checked=False, chosen=trainee.id: self.trainee_chosen.emit(chosen))
            menu.addAction(action)
            if here:
                menu.setActiveAction(action)
        menu.addSeparator()
        people = QAction(theme.icon("user-plus", Role.ACCENT), self.tr("Add or rename people"), menu)
        people.triggered.connect(self.people_wanted)
        menu.addAction(people)
        return menu

    def _name_of(self, trainee_id: str) -> str:
        return next((person.name for person in self._people if person.id == trainee_id), self.tr("Guest"))

    def _open(self) -> None:
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setMinimumWidth(self.width())
        menu.popup(self.mapToGlobal(QPoint(0, -menu.sizeHint().height() - GRID)))
