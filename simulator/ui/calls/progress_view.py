"""My progress: techniques, voice, and the same case at first and latest, over the past calls."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from simulator.ui.calls.progress_facts import FirstAndLatest, Progress
from simulator.ui.calls.technique_grid import TechniqueGrid
from simulator.ui.rehearse.lead_chart import LeadChart
from simulator.ui.rehearse.wrapping import let_texts_wrap
from simulator.ui.theme import GRID
from simulator.ui.theme_colours import Role
from simulator.ui.widgets.card import Card, Tag
from simulator.ui.widgets.empty_state import EmptyState
from simulator.ui.widgets.flow_layout import FlowLayout
from simulator.ui.widgets.labels import Text

LEAST_CALLS = 2
_COLUMN = 400


class ProgressView(QWidget):
    """Shows a `Progress`; until two calls are finished it says what is missing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "plain")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2 * GRID)

    def show_progress(self, progress: Progress) -> None:
        while (item := self._column.takeAt(0)) is not None:
            item.widget().hide()
            item.widget().deleteLater()
        if len(progress.calls) < LEAST_CALLS:
            self._column.addWidget(
                EmptyState("chart-line", self.tr("Not yet"), self.tr("Two finished calls show the first progress."))
            )
            return
        if progress.techniques:
            self._column.addWidget(self._techniques(progress))
        holder = QWidget()
        flow = FlowLayout(holder, spacing=2 * GRID, column_width=_COLUMN)
        for card in (self._voice(progress), self._cases(progress)):
            if card is not None:
                flow.addWidget(card)
        self._column.addWidget(holder)
        self._column.addStretch(1)
        let_texts_wrap(self)

    def _techniques(self, progress: Progress) -> Card:
        card = Card(title=self.tr("Techniques over your latest calls"), icon="list-filter")
        card.body.addWidget(TechniqueGrid(progress))
        legend = QWidget()
        row = FlowLayout(legend, spacing=GRID)
        row.addWidget(Tag(self.tr("shown"), Role.PRAISE, "check"))
        row.addWidget(Tag(self.tr("missed"), Role.MUTED, "circle"))
        row.addWidget(Tag(self.tr("did harm"), Role.HARM, "x"))
        card.body.addWidget(legend)
        return card

    def _voice(self, progress: Progress) -> Card | None:
        chart = LeadChart()
        chart.show_calls(
            tuple(call.level_db for call in progress.calls), tuple(call.pace_ratio for call in progress.calls)
        )
        if not chart.has_values:
            return None
        card = Card(title=self.tr("Your voice, call by call"), icon="activity")
        card.body.addWidget(chart)
        card.body.addWidget(Text(self.tr("The middle turn of each call, against your own calm band."), "secondary"))
        card.body.addStretch(1)
        return card

    def _cases(self, progress: Progress) -> Card | None:
        if not progress.cases:
            return None
        card = Card(title=self.tr("The same case, first and latest"), icon="repeat")
        for case in progress.cases:
            card.body.addLayout(self._case(case))
        card.body.addStretch(1)
        return card

    def _case(self, case: FirstAndLatest) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(GRID)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Text(case.title, "strong"))
        words.addWidget(Text(self.tr("Calls: {number}").format(number=case.calls), "secondary"))
        row.addLayout(words, 1)
        first, latest = round(case.first), round(case.latest)
        change = latest - first
        role, icon = (
            (Role.MUTED, "minus")
            if change == 0
            else ((Role.PRAISE, "trending-up") if change > 0 else (Role.ALERT, "trending-down"))
        )
        tag = Tag(self.tr("{first} \u2192 {latest}").format(first=first, latest=latest), role, icon)
        row.addWidget(tag, 0, Qt.AlignmentFlag.AlignVCenter)
        return row
