"""After a turn: the headline, what changed the customer's temper, the measures, and the one next step."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from simulator.domain.utterance import WordSource
from simulator.practice.turn_result import TurnResult
from simulator.ui.rehearse.cause_rows import CauseRows
from simulator.ui.rehearse.feedback_items import FeedbackPoint, NextStep
from simulator.ui.rehearse.measure_rows import MeasureRows
from simulator.ui.rehearse.names import temper_step
from simulator.ui.rehearse.said_words import SaidWords
from simulator.ui.rehearse.self_report import CorrectWords, TickWhatWasSaid
from simulator.ui.rehearse.wrapping import let_texts_wrap
from simulator.ui.theme import GRID
from simulator.ui.theme_colours import Role
from simulator.ui.widgets.buttons import Button, Kind
from simulator.ui.widgets.card import Tag
from simulator.ui.widgets.case_words import temper_name
from simulator.ui.widgets.labels import Text

_TWO_COLUMNS_FROM = 780
MOST_POINTS = 3


class FeedbackPanel(QFrame):
    """Shows one `TurnResult`; what the trainee wants done about it comes out as signals."""

    next_wanted = Signal()
    redo_wanted = Signal()
    words_corrected = Signal(int, str)
    techniques_ticked = Signal(int, object)
    moment_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setAccessibleName(self.tr("Feedback on your reply"))
        self._result: TurnResult | None = None
        self._expected: tuple[str, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        column.setSpacing(GRID + 4)
        self._head = QHBoxLayout()
        self._head.setSpacing(2 * GRID)
        self._headline = Text("", "section")
        self._head.addWidget(self._headline, 1)
        self._change: Tag | None = None
        column.addLayout(self._head)
        self._pages = QStackedLayout()
        self._pages.addWidget(self._build_review())
        self._correct = CorrectWords()
        self._correct.corrected.connect(self._on_corrected)
        self._correct.cancelled.connect(self.stop_correcting)
        self._pages.addWidget(self._correct)
        column.addLayout(self._pages, 1)
        column.addWidget(self._build_foot())

    def _build_review(self) -> QWidget:
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._scroll.setAccessibleName(self.tr("Feedback, to scroll"))
        inside = QWidget()
        inside.setProperty("role", "plain")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, GRID, 0)
        column.setSpacing(2 * GRID)
        self._next_step = NextStep()
        column.addWidget(self._next_step)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(4 * GRID)
        self._columns.addLayout(self._build_left(), 1)
        self._columns.addLayout(self._build_right(), 1)
        column.addLayout(self._columns)
        column.addStretch(1)
        self._scroll.setWidget(inside)
        let_texts_wrap(inside)
        return self._scroll

    def _build_left(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(GRID + 4)
        self._points = [FeedbackPoint() for _ in range(MOST_POINTS)]
        for point in self._points:
            column.addWidget(point)
        self._said_title = Text(self.tr("You said"), "accent")
        column.addWidget(self._said_title)
        self._said = SaidWords()
        column.addWidget(self._said)
        self._said_note = Text("", "secondary")
        column.addWidget(self._said_note)
        self._tick = TickWhatWasSaid()
        self._tick.ticked.connect(self._on_ticked)
        column.addWidget(self._tick)
        column.addStretch(1)
        return column

    def _build_right(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(GRID)
        column.addWidget(Text(self.tr("What changed the temper"), "accent"))
        self._causes = CauseRows()
        self._causes.moment_wanted.connect(self.moment_wanted)
        column.addWidget(self._causes)
        column.addSpacing(GRID)
        column.addWidget(Text(self.tr("Your voice, against your own calm"), "accent"))
        self._measures = MeasureRows()
        column.addWidget(self._measures)
        column.addStretch(1)
        return column

    def _build_foot(self) -> QWidget:
        self._foot = QWidget()
        row = QHBoxLayout(self._foot)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        self._redo = Button(self.tr("Try this turn again"), Kind.SECONDARY, "rotate-ccw")
        self._redo.setToolTip(self.tr("Say it again from the customer's line (Ctrl+D)"))
        self._redo.clicked.connect(self.redo_wanted)
        self._not_mine = Button(self.tr("That\u2019s not what I said"), Kind.QUIET, "pencil")
        self._not_mine.clicked.connect(self.start_correcting)
        self._next = Button(self.tr("Next"), Kind.PRIMARY, "arrow-right")
        self._next.setToolTip(self.tr("Let the customer go on (Enter)"))
        self._next.clicked.connect(self.next_wanted)
        for button in (self._redo, self._not_mine, self._next):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        row.addWidget(self._redo)
        row.addWidget(self._not_mine)
        row.addStretch(1)
        row.addWidget(self._next)
        return self._foot

    @property
    def headline(self) -> str:
        return self._headline.text()

    @property
    def correcting(self) -> bool:
        return self._pages.currentWidget() is self._correct

    def show_result(self, result: TurnResult, expected: tuple[str, ...], *, can_hear: bool) -> None:
        """`expected` are the techniques the customer's line asked for; `can_hear` whether moments can be played."""
        self._result = result
        self._expected = expected
        self.stop_correcting()
        self._headline.setText(result.feedback_text.headline)
        self._show_change(result)
        self._next_step.show_feedback(result.feedback_text)
        self._show_points(result)
        self._show_words(result)
        self._causes.show_result(result, can_hear=can_hear)
        self._measures.show_reply(result.reply)
        self._next.setText(self.tr("Next") if result.outcome is None else self.tr("To the end of the call"))
        self._scroll.verticalScrollBar().setValue(0)

    def _show_change(self, result: TurnResult) -> None:
        if self._change is not None:
            self._head.removeWidget(self._change)
            self._change.deleteLater()
        before, after = result.temper_before, result.temper_after
        names = {"before": temper_name(before), "now": temper_name(after)}
        same_word = temper_step(before) == temper_step(after)
        if after < before - 0.05:
            words = self.tr("calmer, still {now}") if same_word else self.tr("calmer: {before} \u2192 {now}")
            self._change = Tag(words.format(**names), Role.CALM, "trending-down")
        elif after > before + 0.05:
            words = self.tr("angrier, still {now}") if same_word else self.tr("angrier: {before} \u2192 {now}")
            self._change = Tag(words.format(**names), Role.HARM, "trending-up")
        else:
            self._change = Tag(self.tr("still {now}").format(**names), Role.MUTED, "minus")
        self._head.addWidget(self._change, 0, Qt.AlignmentFlag.AlignTop)

    def _show_points(self, result: TurnResult) -> None:
        said = result.reply.utterance.text if result.reply.utterance else ""
        items = result.feedback_text.items[:MOST_POINTS]
        for point, item in zip(self._points, items, strict=False):
            point.show_item(item, said)
        for at, point in enumerate(self._points):
            point.setVisible(at < len(items))

    def _show_words(self, result: TurnResult) -> None:
        utterance = result.reply.utterance
        heard = utterance is not None and bool(utterance.text)
        self._said_title.setVisible(heard)
        self._said.setVisible(heard)
        self._said.show_result(result)
        note = self._words_note(result)
        self._said_note.setText(note)
        self._said_note.setVisible(bool(note))
        self._not_mine.setVisible(heard and utterance.source is not WordSource.TYPED)
        self._tick.setVisible(utterance is None)
        if utterance is None:
            self._tick.begin(self._expected, result.reply.ticked)

    def _words_note(self, result: TurnResult) -> str:
        utterance = result.reply.utterance
        if utterance is None:
            return self.tr("Counted by your own report.") if result.reply.ticked else ""
        if utterance.source is WordSource.CORRECTED:
            return self.tr("Corrected by you.")
        if "words" in result.appraisal.not_scored:
            return self.tr("Hard to make out, so the words cost you nothing.")
        if any(word.confidence is not None and word.confidence < 0.6 for word in utterance.words):
            return self.tr("Faint words were not heard for sure; they cost you nothing.")
        return ""

    def start_correcting(self) -> None:
        utterance = self._result.reply.utterance if self._result else None
        if utterance is None:
            return
        self._foot.hide()
        self._pages.setCurrentWidget(self._correct)
        self._correct.begin(utterance.text)

    def stop_correcting(self) -> None:
        self._pages.setCurrentIndex(0)
        self._foot.show()

    def _on_corrected(self, text: str) -> None:
        self.stop_correcting()
        self.words_corrected.emit(self._result.number, text)

    def _on_ticked(self, techniques: tuple[str, ...]) -> None:
        self.techniques_ticked.emit(self._result.number, techniques)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = event.size().width() >= _TWO_COLUMNS_FROM
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        if self._columns.direction() != direction:
            self._columns.setDirection(direction)

    def sizeHint(self) -> QSize:
        return QSize(900, 420)
