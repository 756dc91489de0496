"""My calls: the list of past calls, and one of them opened."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from simulator.domain.errors import SimulatorError
from simulator.domain.session import SessionSummary
from simulator.practice.events import read_session
from simulator.practice.services import Services
from simulator.ui.calls.call_filter import CallFilter, FilterRow
from simulator.ui.calls.call_row import CallRow, local_time, when_words
from simulator.ui.calls.past_call import PastCall, past_call
from simulator.ui.calls.progress_facts import Progress, facts_of, progress_of
from simulator.ui.calls.progress_view import ProgressView
from simulator.ui.rehearse.call_card import CallCard
from simulator.ui.rehearse.errand import Errand
from simulator.ui.rehearse.summary_page import SummaryPage
from simulator.ui.theme import GRID
from simulator.ui.theme_colours import Role
from simulator.ui.widgets.buttons import Button, Kind
from simulator.ui.widgets.choice import Chips
from simulator.ui.widgets.empty_state import EmptyState
from simulator.ui.widgets.labels import Text
from simulator.ui.widgets.page import Page

_AT_ONCE = 40
_WIDEST = 1000


class CallsPage(QWidget):
    """`show_trainee` lists one person's calls; `practise_again` carries the scenario of an opened call."""

    practise_again = Signal(object)
    back_to_library = Signal()

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._trainee_id: str | None = services.settings.load().trainee_id
        self._all: Sequence[SessionSummary] = ()
        self._shown = _AT_ONCE
        self._opened: PastCall | None = None
        self._to_delete: SessionSummary | None = None
        self._errand: Errand | None = None
        self._stack = QStackedLayout(self)
        self._list = Page(self.tr("My calls"), column_width=_WIDEST)
        self._stack.addWidget(self._list)
        self._summary = SummaryPage(services)
        self._summary.show_back_as(self.tr("All calls"), "arrow-left")
        self._summary.back_to_library.connect(self.show_list)
        self._summary.practise_again.connect(self._on_practise_again)
        self._stack.addWidget(self._summary)
        self._build_list()
        self._card = CallCard(self)
        self._card.answered.connect(self._on_answer)
        back = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        back.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        back.activated.connect(self._on_escape)

    def _build_list(self) -> None:
        self.view = Chips(
            self.tr("What to show"), [(self.tr("List"), False), (self.tr("Progress"), True)], one_row=True
        )
        self.view.chosen.connect(self._on_view)
        self._list.actions.addWidget(self.view)
        self.progress = ProgressView()
        self.progress.hide()
        self._list.body.addWidget(self.progress)
        self.filters = FilterRow()
        self.filters.changed.connect(self._on_filter)
        self._list.body.addWidget(self.filters)
        self._rows = QWidget()
        self._rows.setProperty("role", "plain")
        self._column = QVBoxLayout(self._rows)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GRID)
        self._list.body.addWidget(self._rows)
        self._more = Button(self.tr("Show more"), Kind.SECONDARY, "chevron-down")
        self._more.clicked.connect(self._show_more)
        self._list.body.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        self._empty = EmptyState(
            "history",
            self.tr("No calls yet"),
            self.tr("Each call you rehearse is kept here."),
            self.tr("Choose a call"),
        )
        self._empty.action_taken.connect(self.back_to_library)
        self._list.body.addWidget(self._empty, 1)
        self._none = EmptyState(
            "search",
            self.tr("No call fits"),
            self.tr("Nothing fits what you chose above."),
            self.tr("Show all"),
        )
        self._none.action_taken.connect(self.filters.clear)
        self._list.body.addWidget(self._none, 1)
        self._list.body.addStretch(1)

    # The list

    @property
    def rows(self) -> list[CallRow]:
        """The calls in sight, newest first."""
        items = (self._column.itemAt(at).widget() for at in range(self._column.count()))
        return [item for item in items if isinstance(item, CallRow)]

    @property
    def open_call(self) -> PastCall | None:
        return self._opened

    @property
    def card(self) -> CallCard:
        return self._card

    def show_trainee(self, trainee_id: str) -> None:
        self._trainee_id = trainee_id
        self.show_list()
        self.refresh()

    def refresh(self) -> None:
        """Read the calls again; the filters stay."""
        self._list.notice.hide()
        try:
            self._all = tuple(self._services.store.sessions(self._trainee_id))
        except SimulatorError as error:
            self._all = ()
            self._list.notice.tell_error(error)
        self.view.choose(False)
        self.progress.hide()
        self.view.setVisible(bool(self._all))
        self.filters.offer_languages(sorted({row.language for row in self._all}))
        self._shown = _AT_ONCE
        self._fill()

    def show_list(self) -> None:
        self._opened = None
        self._stack.setCurrentWidget(self._list)

    def _on_filter(self, _filter: CallFilter) -> None:
        self._shown = _AT_ONCE
        self._fill()

    def _show_more(self) -> None:
        self._shown += _AT_ONCE
        self._fill()

    def _fill(self) -> None:
        while (item := self._column.takeAt(0)) is not None:
            item.widget().hide()
            item.widget().deleteLater()
        now = local_time(self._services.clock.now_iso()) or datetime.now().astimezone()
        fitting = [row for row in self._all if self.filters.filter.takes(row, now)]
        several = len({row.language for row in self._all}) > 1
        heading = ""
        for row in fitting[: self._shown]:
            group = self._group(row, now)
            if group != heading:
                heading = group
                self._column.addWidget(Text(group, "accent"))
            self._column.addWidget(self._row(row, several))
        self._more.setVisible(len(fitting) > self._shown)
        self._empty.setVisible(not self._all and self._list.notice.isHidden())
        self._none.setVisible(bool(self._all) and not fitting)
        self._rows.setVisible(bool(fitting))
        self.filters.setVisible(bool(self._all))
        self._list.say_subtitle(self._count_words(len(fitting)))

    def _count_words(self, fitting: int) -> str:
        if not self._all:
            return ""
        if fitting == len(self._all):
            return self.tr("Calls: {number}").format(number=fitting)
        return self.tr("Calls: {number} of {all}").format(number=fitting, all=len(self._all))

    def _group(self, row: SessionSummary, now: datetime) -> str:
        at = local_time(row.started_at)
        if at is None:
            return self.tr("Without a date")
        days = (now.date() - at.date()).days
        if days <= 0:
            return self.tr("Today")
        if days == 1:
            return self.tr("Yesterday")
        return self.tr("In the last 7 days") if days <= 7 else self.tr("Earlier")

    def _row(self, row: SessionSummary, several_languages: bool) -> CallRow:
        card = CallRow(row, several_languages=several_languages)
        card.pressed_once.connect(lambda: self.open(row))
        card.delete_wanted.connect(lambda: self.ask_to_delete(row))
        return card

    # Progress

    def _on_view(self, progress: bool) -> None:
        """The list, or what the calls say together; the latter is read on another thread."""
        self.progress.hide()
        self._fill()
        if progress:
            ids = [row.id for row in reversed(self._all) if row.outcome is not None]
            self._run(lambda: self._read_progress(ids), self._show_progress)

    def _read_progress(self, session_ids: Sequence[str]) -> Progress:
        read = (facts_of(read_session(self._services.store.events(each))) for each in session_ids)
        return progress_of([facts for facts in read if facts is not None])

    def _show_progress(self, progress: Progress) -> None:
        self.progress.show_progress(progress)
        self.progress.show()
        for part in (self.filters, self._rows, self._more, self._none, self._empty):
            part.hide()

    # One call

    def open(self, row: SessionSummary) -> None:
        """Rebuild a call from its events, on another thread, and show it."""
        self._run(
            lambda: past_call(row.id, self._services.store.events(row.id)),
            lambda past: self._show_past(row, past),
        )

    def _show_past(self, row: SessionSummary, past: PastCall) -> None:
        self._opened = past
        when = when_words(row.started_at)
        self._summary.show_past(past.summary, row.scenario_title, when, past.look_back, cut_off=past.cut_off)
        self._stack.setCurrentWidget(self._summary)

    def _on_practise_again(self) -> None:
        if self._opened is not None:
            self.practise_again.emit(self._opened.scenario)

    def ask_to_delete(self, row: SessionSummary) -> None:
        self._to_delete = row
        self._card.ask(
            "delete",
            "trash-2",
            Role.HARM,
            self.tr("Delete this call?"),
            self.tr("{title}, {when}").format(title=row.scenario_title, when=when_words(row.started_at)),
            (("keep", self.tr("Keep it"), Kind.PRIMARY), ("delete", self.tr("Delete"), Kind.DANGER)),
            self.tr("Its recordings, words and results are gone for good."),
        )

    def _on_answer(self, answer: str) -> None:
        self._card.dismiss()
        row, self._to_delete = self._to_delete, None
        if answer == "delete" and row is not None:
            self._run(lambda: self._delete(row.id), lambda _done: self.refresh())

    def _delete(self, session_id: str) -> None:
        self._services.store.delete(session_id)
        self._services.recordings.delete(session_id)

    def _run(self, work: Callable[[], Any], then: Callable[[Any], None]) -> None:
        if self._errand is not None:
            self._errand.abandon()
        self._errand = Errand(self, work, then, self._on_trouble)

    def _on_trouble(self, error: SimulatorError) -> None:
        self.refresh()
        self._list.notice.tell_error(error)
        self._list.scroll.verticalScrollBar().setValue(0)

    def _on_escape(self) -> None:
        if self._card.topic:
            self._on_answer("keep")
        elif self._opened is not None:
            self.show_list()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._card.setGeometry(self.rect())
