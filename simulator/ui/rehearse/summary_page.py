"""After the call: first a look back of one's own, then the whole call at a glance and turn by turn."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from simulator.domain.errors import SimulatorError
from simulator.domain.turn import Span
from simulator.practice.services import Services
from simulator.practice.turn_result import CallSummary, TurnResult
from simulator.ui.rehearse.errand import Errand
from simulator.ui.rehearse.lead_chart import LeadChart
from simulator.ui.rehearse.look_back import LookBack, LookBackCard
from simulator.ui.rehearse.moment_player import TRAINEE_TRACK, MomentPlayer
from simulator.ui.rehearse.summary_cards import (
    EndingCard,
    PractiseNextCard,
    TechniquesCard,
    WentWellCard,
    was_hard,
)
from simulator.ui.rehearse.take_five import TakeFive
from simulator.ui.rehearse.temper_curve import TemperCurve, turn_causes
from simulator.ui.rehearse.turn_card import TurnCard
from simulator.ui.rehearse.wrapping import let_texts_wrap
from simulator.ui.theme import GRID, READING_WIDTH
from simulator.ui.widgets.buttons import Button, Kind
from simulator.ui.widgets.card import Card
from simulator.ui.widgets.flow_layout import FlowLayout
from simulator.ui.widgets.labels import Text
from simulator.ui.widgets.notice import Tone
from simulator.ui.widgets.page import Page

_COLUMN = 400
_WIDEST = 1200


class SummaryPage(QWidget):
    """`show_summary` asks for the look back first; `show_past` shows a call of former days at once."""

    practise_again = Signal()
    back_to_library = Signal()

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._summary: CallSummary | None = None
        self._look_back: LookBack | None = None
        self._cut_off = False
        self._player = MomentPlayer(services, self)
        self._player.failed.connect(self._on_trouble)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._page = Page(self.tr("After the call"), column_width=_WIDEST)
        self._page.notice.action_taken.connect(self.take_five)
        column.addWidget(self._page)
        self._build_actions()
        self._question = LookBackCard()
        self._question.setMaximumWidth(READING_WIDTH)
        self._question.answered.connect(self._on_answered)
        self._question.skipped.connect(self._on_skipped)
        self._page.body.addWidget(self._question)
        self._results = QWidget()
        self._results.setProperty("role", "plain")
        self._column = QVBoxLayout(self._results)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2 * GRID)
        self._page.body.addWidget(self._results)
        self._page.body.addStretch(1)
        self._turn_cards: dict[int, TurnCard] = {}
        self._to_add: list[TurnResult] = []
        self._adding = QTimer(self)
        self._adding.setInterval(0)
        self._adding.timeout.connect(self._add_turn)
        self._breathing = TakeFive(self)

    def _build_actions(self) -> None:
        self._breathe = Button(self.tr("Take five"), Kind.QUIET, "wind")
        self._breathe.setToolTip(self.tr("Five slow breaths before you go on"))
        self._breathe.clicked.connect(self.take_five)
        self._back = Button(self.tr("To the library"), Kind.SECONDARY, "library")
        self._back.clicked.connect(self.back_to_library)
        self._again = Button(self.tr("Practise again"), Kind.PRIMARY, "rotate-ccw")
        self._again.clicked.connect(self.practise_again)
        for button in (self._breathe, self._back, self._again):
            self._page.actions.addWidget(button)

    @property
    def summary(self) -> CallSummary | None:
        return self._summary

    @property
    def complete(self) -> bool:
        """Whether every turn stands on the page."""
        return not self._to_add

    @property
    def asking(self) -> bool:
        return not self._question.isHidden()

    def show_summary(self, summary: CallSummary) -> None:
        """A call that has just ended: the look back comes before any figure."""
        self._take(summary, None, cut_off=False)
        self._page.title.setText(self.tr("After the call"))
        self._page.say_subtitle("")
        self._question.show()
        self._results.hide()
        self._again.hide()
        self._breathe.hide()
        self._question.begin()

    def show_past(
        self, summary: CallSummary, title: str, subtitle: str, look_back: LookBack | None, *, cut_off: bool
    ) -> None:
        """A call of former days; `cut_off`: it has no end, only what was recorded."""
        self._take(summary, look_back, cut_off=cut_off)
        self._page.title.setText(title)
        self._page.say_subtitle(subtitle)
        self._show_results()
        self._breathe.hide()

    def show_back_as(self, words: str, icon: str) -> None:
        """Where the back button leads, when it is not the library."""
        self._back.setText(words)
        self._back.show_icon(icon)

    def _take(self, summary: CallSummary, look_back: LookBack | None, *, cut_off: bool) -> None:
        self._summary, self._look_back, self._cut_off = summary, look_back, cut_off
        self._player.use_session(summary.session_id)
        self._page.notice.hide()
        self._page.scroll.verticalScrollBar().setValue(0)

    def _on_answered(self, look_back: LookBack) -> None:
        self._look_back = look_back
        self._keep(look_back)
        self._on_skipped()

    def _on_skipped(self) -> None:
        self._show_results()
        self._offer_to_breathe()

    def _keep(self, look_back: LookBack) -> None:
        """Beside the call's other facts, on another thread; an unsaved call keeps nothing."""
        session_id = self._summary.session_id
        if session_id is None:
            return
        last_s = max((turn.reply.span.end_s for turn in self._summary.turns if turn.reply.span), default=0.0)
        event = look_back.event(last_s)
        Errand(self, partial(self._services.store.append, session_id, [event]), trouble=self._on_trouble)

    def _show_results(self) -> None:
        self._question.hide()
        self._clear()
        summary = self._summary
        self._column.addWidget(
            self._side_by_side(EndingCard(summary, self._look_back, cut_off=self._cut_off), PractiseNextCard(summary))
        )
        if summary.turns:
            self._column.addWidget(self._side_by_side(self._temper_card(), self._lead_card()))
            well = WentWellCard(summary, can_hear=self._player.can_play)
            well.best_wanted.connect(lambda span: self._on_hear(TRAINEE_TRACK, span))
            self._column.addWidget(self._side_by_side(well, TechniquesCard(summary)))
            self._add_turns()
        let_texts_wrap(self._results)
        self._results.show()
        self._again.show()
        self._breathe.show()
        self._again.setFocus(Qt.FocusReason.OtherFocusReason)

    def _offer_to_breathe(self) -> None:
        if was_hard(self._summary):
            self._page.notice.tell(
                self.tr("That was a hard call. Leave it behind before you take the next one."),
                Tone.INFO,
                action=self.tr("Take five breaths"),
            )

    def _clear(self) -> None:
        self._adding.stop()
        self._to_add.clear()
        self._turn_cards.clear()
        while (item := self._column.takeAt(0)) is not None:
            item.widget().hide()
            item.widget().deleteLater()

    def _side_by_side(self, *cards: QWidget | None) -> QWidget:
        shown = [card for card in cards if card is not None]
        if len(shown) == 1:
            return shown[0]
        holder = QWidget()
        flow = FlowLayout(holder, spacing=2 * GRID, column_width=_COLUMN)
        for card in shown:
            flow.addWidget(card)
        return holder

    def _temper_card(self) -> Card:
        card = Card(title=self.tr("The customer\u2019s temper"), icon="trending-down")
        curve = TemperCurve()
        detail = Text("", "secondary")
        detail.setMinimumHeight(2 * detail.fontMetrics().lineSpacing())
        detail.setAlignment(Qt.AlignmentFlag.AlignTop)
        curve.turn_chosen.connect(lambda number: detail.setText(self._turn_detail(number)))
        curve.turn_opened.connect(self._show_turn)
        curve.show_turns(self._summary.start_temper, self._summary.turns)
        card.body.addWidget(curve)
        card.body.addWidget(detail)
        card.body.addStretch(1)
        return card

    def _turn_detail(self, number: int) -> str:
        turn = next(turn for turn in self._summary.turns if turn.number == number)
        causes = turn_causes(turn) or self.tr("nothing changed")
        return self.tr("Turn {number}: {causes}").format(number=number, causes=causes)

    def _lead_card(self) -> Card | None:
        """None for a call without a voice."""
        chart = LeadChart()
        chart.show_turns(self._summary.turns)
        if not chart.has_values:
            return None
        card = Card(title=self.tr("Meet them, then lead down"), icon="activity")
        card.body.addWidget(chart)
        card.body.addWidget(Text(chart.verdict(), "secondary"))
        card.body.addStretch(1)
        return card

    def _add_turns(self) -> None:
        self._column.addWidget(Text(self.tr("Turn by turn"), "section"))
        self._to_add = list(self._summary.turns)
        self._adding.start()

    def _add_turn(self) -> None:
        """One card at a time: a long call must not hold up the window."""
        if not self._to_add:
            self._adding.stop()
            return
        turn = self._to_add.pop(0)
        card = TurnCard(turn, best=turn.number == self._summary.scorecard.best_turn, can_hear=self._player.can_play)
        card.hear_wanted.connect(self._on_hear)
        let_texts_wrap(card)
        self._turn_cards[turn.number] = card
        self._column.addWidget(card)

    def _show_turn(self, number: int) -> None:
        card = self._turn_cards.get(number)
        if card is not None:
            self._page.scroll.ensureWidgetVisible(card, 0, 3 * GRID)
            if card.players:
                card.players[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_hear(self, track: str, span: Span) -> None:
        self._player.play(track, span)

    def _on_trouble(self, error: SimulatorError) -> None:
        self._page.notice.tell_error(error)
        self._page.scroll.verticalScrollBar().setValue(0)

    def take_five(self) -> None:
        self._player.stop()
        self._page.notice.hide()
        self._breathing.begin()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._breathing.setGeometry(self.rect())

    def hideEvent(self, event: QHideEvent) -> None:
        self._player.stop()
        super().hideEvent(event)
