"""The private look back before any figure is shown: two questions to oneself."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPlainTextEdit, QWidget

from simulator.domain.session import SessionEvent
from simulator.ui.theme import GRID
from simulator.ui.widgets.buttons import Button, Kind
from simulator.ui.widgets.card import Card
from simulator.ui.widgets.flow_layout import FlowLayout
from simulator.ui.widgets.labels import Text

EVENT_KIND = "look_back"
_RATINGS = (1, 2, 3, 4, 5)


@dataclass(frozen=True, slots=True)
class LookBack:
    """`rating` 1 (hard going) to 5 (very good), None where it was left out."""

    rating: int | None
    note: str = ""

    def event(self, at_s: float) -> SessionEvent:
        return SessionEvent(EVENT_KIND, at_s, {"rating": self.rating, "note": self.note})


def look_back_of(notes: tuple[SessionEvent, ...]) -> LookBack | None:
    """The last look back among a session's notes."""
    for event in reversed(notes):
        if event.kind == EVENT_KIND:
            rating = event.data.get("rating")
            return LookBack(int(rating) if rating is not None else None, str(event.data.get("note", "")))
    return None


def rating_name(rating: int) -> str:
    return (
        QCoreApplication.translate("LookBack", "hard going"),
        QCoreApplication.translate("LookBack", "shaky"),
        QCoreApplication.translate("LookBack", "fair"),
        QCoreApplication.translate("LookBack", "good"),
        QCoreApplication.translate("LookBack", "very good"),
    )[rating - 1]


class LookBackCard(Card):
    """`answered` carries the `LookBack`; `skipped` where nobody wants to."""

    answered = Signal(object)
    skipped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, title=self.tr("Before you see the figures"), icon="history")
        self.body.setSpacing(GRID + 4)
        self.body.addWidget(Text(self.tr("A moment for yourself. Nobody else reads this."), "secondary"))
        self.body.addSpacing(GRID)
        self.body.addWidget(Text(self.tr("How did I do?"), "strong"))
        self.body.addWidget(self._build_ratings())
        self.body.addSpacing(GRID)
        self.body.addWidget(Text(self.tr("What would I do differently next time?"), "strong"))
        self._note = QPlainTextEdit()
        self._note.setAccessibleName(self.tr("What would I do differently next time?"))
        self._note.setTabChangesFocus(True)
        self._note.setPlaceholderText(self.tr("A few words are enough"))
        self._note.setFixedHeight(96)
        self.body.addWidget(self._note)
        buttons = QHBoxLayout()
        buttons.setSpacing(GRID)
        skip = Button(self.tr("Skip"), Kind.QUIET)
        skip.clicked.connect(self.skipped)
        show = Button(self.tr("Show how it went"), Kind.PRIMARY, "arrow-right")
        show.clicked.connect(self._on_show)
        buttons.addStretch(1)
        buttons.addWidget(skip)
        buttons.addWidget(show)
        self.body.addSpacing(GRID)
        self.body.addLayout(buttons)

    def _build_ratings(self) -> QWidget:
        """Nothing is chosen beforehand: an answer that nobody gave is none."""
        holder = QWidget()
        row = FlowLayout(holder, spacing=GRID)
        self._ratings = QButtonGroup(self)
        for rating in _RATINGS:
            chip = Button(rating_name(rating), Kind.CHIP)
            chip.setAccessibleDescription(self.tr("How did I do?"))
            self._ratings.addButton(chip, rating)
            row.addWidget(chip)
        return holder

    def begin(self) -> None:
        self._note.clear()
        self._ratings.setExclusive(False)
        for chip in self._ratings.buttons():
            chip.setChecked(False)
        self._ratings.setExclusive(True)
        self._ratings.button(_RATINGS[0]).setFocus(Qt.FocusReason.OtherFocusReason)

    def write(self, rating: int, note: str) -> None:
        """Fill in the answers."""
        self._ratings.button(rating).setChecked(True)
        self._note.setPlainText(note)

    def _on_show(self) -> None:
        rating = self._ratings.checkedId()
        note = " ".join(self._note.toPlainText().split())
        self.answered.emit(LookBack(rating if rating in _RATINGS else None, note))
