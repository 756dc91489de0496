"""Where nothing could recognise the words: the trainee corrects them, or ticks what was said."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from simulator.domain.technique import CATALOGUE, Channel, Polarity
from simulator.ui.rehearse.names import technique_name
from simulator.ui.theme import GRID
from simulator.ui.widgets.buttons import Button, Kind
from simulator.ui.widgets.flow_layout import FlowLayout
from simulator.ui.widgets.labels import Text

_COMMON = (
    "acknowledge_feelings",
    "use_name",
    "apologise",
    "intend_to_help",
    "summarise",
    "ask_facts",
    "offer_solution",
    "explain_next_steps",
    "argue",
    "deny_responsibility",
)


def techniques_to_tick(expected: tuple[str, ...]) -> tuple[str, ...]:
    """What a trainee may tick: what the moment asked for first, then the common ones, then the rest that helps."""
    in_words = [t.id for t in CATALOGUE.values() if t.channel is Channel.WORDS and t.polarity is Polarity.HELPS]
    wanted = (*(e for e in expected if CATALOGUE[e].channel is Channel.WORDS), *_COMMON, *in_words)
    return tuple(dict.fromkeys(wanted))


class CorrectWords(QWidget):
    """The words as they were heard, to be put right. Enter takes them, Escape leaves them."""

    corrected = Signal(str)
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(Text(self.tr("What did you really say?"), "strong"))
        self._edit = QPlainTextEdit()
        self._edit.setAccessibleName(self.tr("Your words, corrected"))
        self._edit.setTabChangesFocus(True)
        self._edit.setMinimumHeight(72)
        self._edit.setMaximumHeight(160)
        self._edit.installEventFilter(self)
        column.addWidget(self._edit)
        column.addWidget(
            Text(
                self.tr("The turn is judged again by these words. Your coach sees that you changed them."), "secondary"
            )
        )
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        self._cancel = Button(self.tr("Leave as it is"), Kind.QUIET)
        self._cancel.clicked.connect(self.cancelled)
        buttons.addWidget(self._cancel)
        self._take = Button(self.tr("Use these words"), Kind.PRIMARY, "check")
        self._take.clicked.connect(self._on_take)
        buttons.addWidget(self._take)
        column.addLayout(buttons)
        column.addStretch(1)

    def begin(self, text: str) -> None:
        self._edit.setPlainText(text)
        self._edit.selectAll()
        self._edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._edit and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._on_take()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.cancelled.emit()
                return True
        return super().eventFilter(watched, event)

    def _on_take(self) -> None:
        text = " ".join(self._edit.toPlainText().split())
        if text:
            self.corrected.emit(text)


class TickWhatWasSaid(QWidget):
    """Chips for what the reply did, marked as the trainee's own report."""

    ticked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._expected: tuple[str, ...] = ()
        self._boxes: dict[str, Button] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(Text(self.tr("What did you say?"), "strong"))
        column.addWidget(
            Text(
                self.tr("No recognition is running, so your words are not scored. Tick what you did, if you like."),
                "secondary",
            )
        )
        grid = QWidget()
        self._grid = FlowLayout(grid, spacing=GRID)
        column.addWidget(grid)
        buttons = QHBoxLayout()
        self._more = Button(self.tr("Show all"), Kind.QUIET)
        self._more.clicked.connect(lambda: self._fill(self._expected, everything=True))
        buttons.addWidget(self._more)
        buttons.addStretch(1)
        self._send = Button(self.tr("Count these"), Kind.SECONDARY, "check")
        self._send.clicked.connect(lambda: self.ticked.emit(self.chosen()))
        buttons.addWidget(self._send)
        column.addLayout(buttons)

    def begin(self, expected: tuple[str, ...], ticked: tuple[str, ...]) -> None:
        self._expected = expected
        for box in self._boxes.values():
            box.setChecked(False)
        self._fill(expected, everything=False)
        for technique in ticked:
            if technique in self._boxes:
                self._boxes[technique].setChecked(True)

    def chosen(self) -> tuple[str, ...]:
        return tuple(technique for technique, box in self._boxes.items() if box.isChecked())

    def box(self, technique: str) -> Button:
        return self._boxes[technique]

    def _fill(self, expected: tuple[str, ...], *, everything: bool) -> None:
        chosen = self.chosen()
        while (item := self._grid.takeAt(0)) is not None:
            item.widget().deleteLater()
        offered = techniques_to_tick(expected)
        self._boxes = {}
        for technique in offered if everything else offered[: max(len(_COMMON), len(expected))]:
            box = Button(technique_name(technique), Kind.CHIP, "plus")
            box.toggled.connect(lambda on, box=box: box.show_icon("check" if on else "plus"))
            box.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            box.setChecked(technique in chosen)
            self._grid.addWidget(box)
            self._boxes[technique] = box
        self._more.setVisible(not everything)
