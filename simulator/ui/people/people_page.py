"""All people who practise on this computer: add one, rename one, sit down."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from simulator.domain.errors import SimulatorError
from simulator.domain.session import SessionSummary
from simulator.ports import Trainee
from simulator.practice.services import Services
from simulator.ui.people.who_button import GUEST_ID
from simulator.ui.theme import GRID, READING_WIDTH
from simulator.ui.theme_colours import Role
from simulator.ui.widgets.buttons import Button, Kind
from simulator.ui.widgets.card import Card, Tag
from simulator.ui.widgets.case_words import initials
from simulator.ui.widgets.icon import IconButton
from simulator.ui.widgets.labels import Text
from simulator.ui.widgets.page import Page
from simulator.ui.widgets.portrait import Portrait

LONGEST_NAME = 60


class PeoplePage(Page):
    """`trainee_chosen` carries the id of who sits down; `people_changed` says that a name was added or changed."""

    trainee_chosen = Signal(str)
    people_changed = Signal()

    def __init__(self, services: Services, sitting: str, parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("Who is sitting here?"),
            self.tr("Everyone has their own calm voice and their own calls. All of it stays on this computer."),
            parent,
            column_width=READING_WIDTH,
        )
        self._store = services.store
        self._sitting = sitting
        self.body.addWidget(self._adding())
        self._list = QVBoxLayout()
        self._list.setSpacing(GRID + 4)
        self.body.addLayout(self._list)
        self.body.addStretch(1)
        self.show_trainee(sitting)

    def show_trainee(self, sitting: str) -> None:
        """Show everyone, and who of them is sitting here."""
        self._sitting = sitting
        while (item := self._list.takeAt(0)) is not None:
            row = item.widget()
            row.setParent(None)
            row.deleteLater()
        try:
            people = [person for person in self._store.trainees() if person.id != GUEST_ID]
            sessions = self._store.sessions()
        except SimulatorError as error:
            self.notice.tell_error(error)
            return
        for person in (*people, Trainee(GUEST_ID, self.tr("Guest"))):
            row = PersonRow(person, [s for s in sessions if s.trainee_id == person.id], here=person.id == sitting)
            row.sits_down.connect(self.trainee_chosen)
            row.renamed.connect(self._rename)
            self._list.addWidget(row)

    def rows(self) -> list[PersonRow]:
        return [self._list.itemAt(at).widget() for at in range(self._list.count())]

    def _adding(self) -> Card:
        card = Card(title=self.tr("Add a person"), icon="user-plus")
        row = QHBoxLayout()
        row.setSpacing(GRID + 4)
        self.name = QLineEdit()
        self.name.setPlaceholderText(self.tr("First name, or any name"))
        self.name.setAccessibleName(self.tr("Name of the new person"))
        self.name.setMaxLength(LONGEST_NAME)
        self.name.returnPressed.connect(self._add)
        self.name.textChanged.connect(lambda text: self.add.setEnabled(bool(text.strip())))
        row.addWidget(self.name, 1)
        self.add = Button(self.tr("Add and sit down"), Kind.PRIMARY, "plus")
        self.add.setEnabled(False)
        self.add.clicked.connect(self._add)
        row.addWidget(self.add)
        card.body.addLayout(row)
        return card

    def _add(self) -> None:
        name = " ".join(self.name.text().split())
        if not name:
            return
        try:
            person = self._store.add_trainee(name)
        except SimulatorError as error:
            self.notice.tell_error(error)
            return
        self.notice.hide()
        self.name.clear()
        self.people_changed.emit()
        self.trainee_chosen.emit(person.id)

    def _rename(self, trainee_id: str, name: str) -> None:
        try:
            self._store.rename_trainee(trainee_id, name)
        except SimulatorError as error:
            self.notice.tell_error(error)
        else:
            self.notice.hide()
            self.people_changed.emit()
        self.show_trainee(self._sitting)


class PersonRow(Card):
    """One person: name, calls so far, and what can be done."""

    sits_down = Signal(str)
    renamed = Signal(str, str)

    def __init__(
        self, person: Trainee, sessions: Sequence[SessionSummary], *, here: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.person = person
        self.setProperty("chosen", here)
        row = QHBoxLayout()
        row.setSpacing(2 * GRID)
        row.addWidget(Portrait(initials(person.name), None, 44))
        words = QVBoxLayout()
        words.setSpacing(0)
        self._name = Text(person.name, "strong")
        self.field = QLineEdit(person.name)
        self.field.setAccessibleName(self.tr("Name"))
        self.field.setMaxLength(LONGEST_NAME)
        self.field.hide()
        self.field.returnPressed.connect(self._finish_renaming)
        words.addWidget(self._name)
        words.addWidget(self.field)
        words.addWidget(Text(self._so_far(sessions), "secondary"))
        row.addLayout(words, 1)
        if here:
            row.addWidget(Tag(self.tr("Sitting here"), Role.ACCENT, "check"))
        else:
            sit = Button(self.tr("Sit down"))
            sit.setAccessibleName(self.tr("Sit down as {name}").format(name=person.name))
            sit.clicked.connect(lambda: self.sits_down.emit(person.id))
            row.addWidget(sit)
        self.rename = IconButton("pencil", self.tr("Rename {name}").format(name=person.name), role=Role.MUTED)
        self.rename.clicked.connect(self._start_or_finish)
        self.rename.setVisible(person.id != GUEST_ID)
        row.addWidget(self.rename, 0, Qt.AlignmentFlag.AlignVCenter)
        self.body.addLayout(row)

    def _so_far(self, sessions: Sequence[SessionSummary]) -> str:
        if not sessions:
            return self.tr("No calls yet")
        best = max((row.score for row in sessions if row.score is not None), default=None)
        calls = self.tr("1 call") if len(sessions) == 1 else self.tr("{count} calls").format(count=len(sessions))
        return calls if best is None else self.tr("{calls}, best {best}").format(calls=calls, best=round(best))

    def _start_or_finish(self) -> None:
        if self.field.isVisible():
            self._finish_renaming()
            return
        self._name.hide()
        self.field.show()
        self.field.selectAll()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.rename.show_icon("check", self.tr("Keep this name"))

    def _finish_renaming(self) -> None:
        name = " ".join(self.field.text().split())
        if name and name != self.person.name:
            self.renamed.emit(self.person.id, name)
            return
        self.field.hide()
        self._name.show()
        self.rename.show_icon("pencil", self.tr("Rename {name}").format(name=self.person.name))
