"""One past call in the list."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QDateTime, QLocale, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from simulator.domain.scenario import Outcome
from simulator.domain.session import SessionSummary
from simulator.ui.theme import BODY_PX, GRID, SECTION_PX, sized_font
from simulator.ui.theme_colours import Role
from simulator.ui.widgets.card import PressableCard, Tag
from simulator.ui.widgets.case_words import language_name, outcome_name
from simulator.ui.widgets.flow_layout import FlowLayout
from simulator.ui.widgets.icon import IconButton
from simulator.ui.widgets.labels import Text

_OUTCOME_LOOKS = {
    Outcome.SETTLED: (Role.PRAISE, "circle-check"),
    Outcome.HANDED_OVER: (Role.CALM, "users"),
    Outcome.ENDED_BY_RULE: (Role.ALERT, "flag"),
    Outcome.CUSTOMER_HUNG_UP: (Role.HARM, "phone-off"),
    Outcome.ABANDONED: (Role.MUTED, "circle-x"),
}


def local_time(started_at: str) -> datetime | None:
    """When a call began, in this computer's time; None where the store holds no readable date."""
    try:
        return datetime.fromisoformat(started_at).astimezone()
    except ValueError:
        return None


def when_words(started_at: str) -> str:
    """Date and time as the language writes them."""
    at = local_time(started_at)
    if at is None:
        return started_at
    return QLocale().toString(QDateTime.fromSecsSinceEpoch(int(at.timestamp())), QLocale.FormatType.ShortFormat)


class CallRow(PressableCard):
    """Pressing it opens the call; the bin at its end asks to delete it."""

    delete_wanted = Signal()

    def __init__(self, row: SessionSummary, *, several_languages: bool, parent: QWidget | None = None) -> None:
        when = when_words(row.started_at)
        super().__init__(f"{row.scenario_title}, {when}, {outcome_name(row.outcome)}", parent)
        self.session = row
        line = QHBoxLayout()
        line.setSpacing(2 * GRID)
        line.addWidget(self._score(row), 0, Qt.AlignmentFlag.AlignVCenter)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(Text(row.scenario_title, "strong"))
        words.addWidget(Text(when, "secondary"))
        line.addLayout(words, 3)
        line.addWidget(self._tags(row, several_languages), 2)
        bin_button = IconButton(
            "trash-2",
            self.tr("Delete the call {title} of {when}").format(title=row.scenario_title, when=when),
            role=Role.MUTED,
        )
        bin_button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        bin_button.clicked.connect(self.delete_wanted)
        line.addWidget(bin_button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.body.addLayout(line)

    def _score(self, row: SessionSummary) -> Text:
        known = row.score is not None
        label = Text(str(round(row.score)) if known else "\u2013", "section", wrap=False)
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        label.setFixedWidth(
            QFontMetrics(sized_font(self.font(), SECTION_PX, bold=True)).horizontalAdvance("100") + GRID
        )
        says = self.tr("{score} of 100").format(score=round(row.score)) if known else self.tr("not scored")
        label.setToolTip(says)
        label.setAccessibleName(says)
        return label

    def _tags(self, row: SessionSummary, several_languages: bool) -> QWidget:
        holder = QWidget()
        holder.setMinimumWidth(12 * BODY_PX)
        flow = FlowLayout(holder, spacing=GRID)
        role, icon = _OUTCOME_LOOKS[Outcome(row.outcome)] if row.outcome else (Role.MUTED, "phone-off")
        flow.addWidget(Tag(outcome_name(row.outcome), role, icon))
        flow.addWidget(Tag(self.tr("Turns: {turns}").format(turns=row.turns)))
        minutes, seconds = divmod(round(row.duration_s), 60)
        flow.addWidget(
            Tag(self.tr("{minutes}:{seconds} min").format(minutes=minutes, seconds=f"{seconds:02d}"), icon="clock")
        )
        if several_languages:
            flow.addWidget(Tag(language_name(row.language)))
        return holder
