"""One turn in the summary: both sides to read and to hear, what it changed, and what it taught."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from simulator.domain.turn import Span
from simulator.domain.utterance import WordSource
from simulator.practice.turn_result import TurnResult
from simulator.ui.rehearse.measure_rows import measures_of
from simulator.ui.rehearse.moment_player import CUSTOMER_TRACK, TRAINEE_TRACK
from simulator.ui.rehearse.said_words import SaidWords
from simulator.ui.rehearse.temper_curve import turn_causes
from simulator.ui.theme import GRID
from simulator.ui.theme_colours import Role
from simulator.ui.widgets.card import Card, Tag
from simulator.ui.widgets.case_words import temper_name
from simulator.ui.widgets.flow_layout import FlowLayout
from simulator.ui.widgets.icon import Icon, IconButton
from simulator.ui.widgets.labels import Text


class TurnCard(Card):
    """`hear_wanted` carries the track and the stretch of it."""

    hear_wanted = Signal(str, object)

    def __init__(self, turn: TurnResult, *, best: bool, can_hear: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.number = turn.number
        self.players: list[IconButton] = []
        self.body.setSpacing(GRID + 4)
        self.body.addLayout(self._head(turn, best))
        self.body.addLayout(
            self._side(
                "user-round",
                self.tr("Customer"),
                self._customer_words(turn),
                CUSTOMER_TRACK,
                turn.customer.span if can_hear else None,
            )
        )
        self.body.addLayout(
            self._side(
                "mic", self.tr("You"), self._own_words(turn), TRAINEE_TRACK, turn.reply.span if can_hear else None
            )
        )
        if turn.causes:
            self.body.addWidget(Text(turn_causes(turn), "secondary"))
        self.body.addWidget(self._measures(turn))
        feedback = turn.feedback_text
        if feedback.headline:
            self.body.addWidget(Text(feedback.headline, "strong"))
        if feedback.better_wording:
            self.body.addLayout(self._better(feedback.better_wording))

    def _head(self, turn: TurnResult, best: bool) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(GRID)
        head.addWidget(Text(self.tr("Turn {number}").format(number=turn.number), "strong", wrap=False))
        before, after = temper_name(turn.temper_before), temper_name(turn.temper_after)
        change = turn.temper_after - turn.temper_before
        role, icon = Role.MUTED, "minus"
        if abs(change) >= 0.05:
            role, icon = (Role.HARM, "trending-up") if change > 0 else (Role.CALM, "trending-down")
        words = after if before == after else self.tr("{before} \u2192 {now}").format(before=before, now=after)
        head.addWidget(Tag(words, role, icon))
        if best:
            head.addWidget(Tag(self.tr("best moment"), Role.PRAISE, "star"))
        if turn.take > 1:
            head.addWidget(Tag(self.tr("take {number}").format(number=turn.take)))
        head.addStretch(1)
        return head

    def _side(self, icon: str, who: str, words: QWidget, track: str, span: Span | None) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(GRID + 4)
        row.addWidget(Icon(icon, Role.MUTED), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addWidget(Text(who, "secondary"))
        column.addWidget(words)
        row.addLayout(column, 1)
        if span is not None and span.duration_s > 0:
            play = IconButton("play", self.tr("Hear {who} in turn {number}").format(who=who, number=self.number))
            play.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            play.clicked.connect(lambda: self.hear_wanted.emit(track, span))
            self.players.append(play)
            row.addWidget(play, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _customer_words(self, turn: TurnResult) -> QWidget:
        return Text(turn.customer.text, "body")

    def _own_words(self, turn: TurnResult) -> QWidget:
        utterance = turn.reply.utterance
        if utterance is None or not utterance.text:
            return Text(self.tr("Your words were not recognised."), "secondary")
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        said = SaidWords()
        said.show_result(turn)
        column.addWidget(said)
        note = {
            WordSource.TYPED: self.tr("typed"),
            WordSource.CORRECTED: self.tr("corrected by you"),
        }.get(utterance.source)
        if note is not None:
            column.addWidget(Text(note, "secondary"))
        return holder

    def _measures(self, turn: TurnResult) -> QWidget:
        """Level, pace and start in a line; what was not measured is left out here."""
        holder = QWidget()
        flow = FlowLayout(holder, spacing=GRID)
        for measure in measures_of(turn.reply):
            text = self.tr("{name}: {figure}").format(name=measure.title, figure=measure.figure)
            zone = 0 if measure.band is None or measure.value is None else measure.band.zone(measure.value)
            role = {1: Role.ALERT, 2: Role.HARM}.get(zone, Role.MUTED)
            flow.addWidget(Tag(text, role, "triangle-alert" if zone > 0 else None))
        if flow.count() == 0:
            holder.hide()
        return holder

    def _better(self, wording: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(GRID + 4)
        row.addWidget(Icon("lightbulb", Role.ALERT), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Text(self.tr("You could say: \u201c{words}\u201d").format(words=wording), "body"), 1)
        return row
