"""The cards of the summary: how it ended, what to practise, what was shown, missed and harmful."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from simulator.domain.scenario import Outcome
from simulator.domain.technique import CATALOGUE
from simulator.practice.turn_result import CallSummary, TurnResult
from simulator.ui.rehearse.feedback_items import SoftGround
from simulator.ui.rehearse.look_back import LookBack, rating_name
from simulator.ui.rehearse.names import technique_hint, technique_instead, technique_name
from simulator.ui.theme import GRID, SECONDARY_PX, current_theme, sized_font
from simulator.ui.theme_colours import Role
from simulator.ui.widgets.card import Card, Tag
from simulator.ui.widgets.case_words import temper_name
from simulator.ui.widgets.flow_layout import FlowLayout
from simulator.ui.widgets.icon import Icon, IconButton
from simulator.ui.widgets.labels import Text

_RING = 112


def ending_words(summary: CallSummary, cut_off: bool = False) -> str:
    """How the call ended, in a sentence."""
    if cut_off:
        return QCoreApplication.translate("Summary", "This call was cut off. What was recorded is kept.")
    if summary.outcome is Outcome.SETTLED:
        return QCoreApplication.translate("Summary", "The matter is settled.")
    if summary.outcome is Outcome.HANDED_OVER:
        return (
            QCoreApplication.translate("Summary", "You handed the call over. That was right here.")
            if summary.good_end
            else QCoreApplication.translate("Summary", "You handed the call over. Here it could have been settled.")
        )
    if summary.outcome is Outcome.ENDED_BY_RULE:
        return QCoreApplication.translate("Summary", "You ended the call by the rule on abuse.")
    if summary.outcome is Outcome.CUSTOMER_HUNG_UP:
        return QCoreApplication.translate("Summary", "The customer hung up.")
    return QCoreApplication.translate("Summary", "You ended the call early.")


class ScoreRing(QWidget):
    """The score as a ring and a number; without one a dashed ring and words."""

    def __init__(self, score: float | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._score = score
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        name = self.tr("Not scored") if score is None else self.tr("{score} of 100").format(score=round(score))
        self.setAccessibleName(name)

    def sizeHint(self) -> QSize:
        return QSize(_RING, _RING)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ring = QRectF(self.rect()).adjusted(7, 7, -7, -7)
        dashed = self._score is None
        painter.setPen(
            QPen(
                theme.colour(Role.BORDER), 3 if dashed else 9, Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine
            )
        )
        painter.drawEllipse(ring)
        painter.setPen(theme.colour(Role.TEXT))
        if self._score is None:
            painter.setFont(sized_font(self.font(), SECONDARY_PX))
            flags = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap)
            painter.setPen(theme.colour(Role.MUTED))
            painter.drawText(ring.adjusted(12, 0, -12, 0), flags, self.tr("too little to score"))
            painter.end()
            return
        pen = QPen(theme.colour(Role.ACCENT), 9)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        if self._score > 0:
            painter.drawArc(ring, 90 * 16, -round(360 * 16 * min(self._score, 100.0) / 100.0))
        painter.setPen(theme.colour(Role.TEXT))
        painter.setFont(sized_font(self.font(), 34, bold=True))
        painter.drawText(ring.adjusted(0, -8, 0, -8), Qt.AlignmentFlag.AlignCenter, str(round(self._score)))
        painter.setFont(sized_font(self.font(), SECONDARY_PX))
        painter.setPen(theme.colour(Role.MUTED))
        painter.drawText(ring.adjusted(0, 44, 0, 0), Qt.AlignmentFlag.AlignCenter, self.tr("of 100"))
        painter.end()


class EndingCard(Card):
    """The score, the ending, the way of the temper, and one's own look back beside it."""

    def __init__(self, summary: CallSummary, look_back: LookBack | None, *, cut_off: bool) -> None:
        super().__init__()
        row = QHBoxLayout()
        row.setSpacing(3 * GRID)
        row.addWidget(ScoreRing(summary.scorecard.score), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(GRID)
        end = QHBoxLayout()
        end.setSpacing(GRID)
        end.addWidget(Icon(*_ending_icon(summary, cut_off)), 0, Qt.AlignmentFlag.AlignTop)
        end.addWidget(Text(ending_words(summary, cut_off), "strong"), 1)
        words.addLayout(end)
        words.addWidget(Text(_temper_way(summary), "body"))
        if look_back is not None and look_back.rating is not None:
            own = QCoreApplication.translate("Summary", "Your own look back: {rating}").format(
                rating=rating_name(look_back.rating)
            )
            words.addWidget(Text(own, "secondary"))
        if look_back is not None and look_back.note:
            words.addWidget(
                Text(
                    QCoreApplication.translate("Summary", "\u201c{note}\u201d").format(note=look_back.note), "secondary"
                )
            )
        words.addStretch(1)
        row.addLayout(words, 1)
        self.body.addLayout(row)
        self.body.addStretch(1)


def _ending_icon(summary: CallSummary, cut_off: bool) -> tuple[str, Role]:
    if cut_off:
        return "phone-off", Role.MUTED
    return ("circle-check", Role.PRAISE) if summary.good_end else ("circle-x", Role.ALERT)


def _temper_way(summary: CallSummary) -> str:
    if not summary.turns:
        return QCoreApplication.translate("Summary", "No turn was finished.")
    first, last = temper_name(summary.start_temper), temper_name(summary.turns[-1].temper_after)
    if first == last:
        return QCoreApplication.translate(
            "Summary", "The customer was {temper} at the start and at the end. Turns: {turns}."
        ).format(temper=first, turns=len(summary.turns))
    return QCoreApplication.translate("Summary", "From {first} to {last}. Turns: {turns}.").format(
        first=first, last=last, turns=len(summary.turns)
    )


class PractiseNextCard(SoftGround):
    """The one thing to practise next, and what else came up."""

    def __init__(self, summary: CallSummary) -> None:
        super().__init__(Role.ACCENT)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * GRID, 2 * GRID + 4, 3 * GRID, 2 * GRID + 4)
        column.setSpacing(GRID)
        head = QHBoxLayout()
        head.setSpacing(GRID)
        head.addWidget(Icon("target", Role.ACCENT), 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(Text(QCoreApplication.translate("Summary", "Practise next"), "accent"), 1)
        column.addLayout(head)
        technique = summary.scorecard.practise_next
        if technique is not None:
            self._add_technique(column, technique)
        for point in summary.to_practise[:3]:
            column.addWidget(Text(point, "body"))
        if technique is None and not summary.to_practise:
            column.addWidget(
                Text(
                    QCoreApplication.translate(
                        "Summary", "Nothing stands out. Take the same call once more, or a harder one."
                    ),
                    "body",
                )
            )
        column.addStretch(1)

    @staticmethod
    def _add_technique(column: QVBoxLayout, technique: str) -> None:
        """What to do in the next call, or what to do in place of what did harm."""
        instead = technique_instead(technique)
        drill = technique_hint(technique) or instead
        name = technique_name(technique)
        if instead is not None:
            name = QCoreApplication.translate("Summary", "Without: {harm}").format(harm=name)
        column.addWidget(Text(name, "section"))
        if drill is not None:
            words = QCoreApplication.translate("Summary", "In your next call, when the moment is there: {drill}.")
            column.addWidget(Text(words.format(drill=drill), "body"))


class WentWellCard(Card):
    """What went well, and the best moment to hear again: `best_wanted` carries its stretch."""

    best_wanted = Signal(object)

    def __init__(self, summary: CallSummary, *, can_hear: bool) -> None:
        super().__init__(title=QCoreApplication.translate("Summary", "What went well"), icon="thumbs-up")
        for point in summary.went_well:
            row = QHBoxLayout()
            row.setSpacing(GRID)
            row.addWidget(Icon("check", Role.PRAISE, 16), 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(Text(point, "body"), 1)
            self.body.addLayout(row)
        if not summary.went_well:
            self.body.addWidget(
                Text(
                    QCoreApplication.translate("Summary", "Nothing stood out yet. That is what practice is for."),
                    "body",
                )
            )
        best = next((turn for turn in summary.turns if turn.number == summary.scorecard.best_turn), None)
        if best is not None:
            self._add_best(best, can_hear=can_hear)
        self.body.addStretch(1)

    def _add_best(self, best: TurnResult, *, can_hear: bool) -> None:
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addWidget(Icon("star", Role.PRAISE, 16), 0, Qt.AlignmentFlag.AlignTop)
        words = QCoreApplication.translate("Summary", "Best moment: turn {number}. {headline}").format(
            number=best.number, headline=best.feedback_text.headline
        )
        row.addWidget(Text(words, "body"), 1)
        if can_hear and best.reply.span is not None:
            play = IconButton("play", QCoreApplication.translate("Summary", "Hear your best moment"))
            play.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            play.clicked.connect(lambda: self.best_wanted.emit(best.reply.span))
            row.addWidget(play, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(row)


class TechniquesCard(Card):
    """What was shown, what the moments asked for and did not get, and what did harm."""

    def __init__(self, summary: CallSummary) -> None:
        super().__init__(title=QCoreApplication.translate("Summary", "Techniques"), icon="list-filter")
        card = summary.scorecard
        if not (card.shown or card.missed or card.harms):
            self.body.addWidget(
                Text(
                    QCoreApplication.translate(
                        "Summary", "Nothing in this call could be judged by its words or its voice."
                    ),
                    "body",
                )
            )
        for title, techniques, role, icon in (
            (QCoreApplication.translate("Summary", "Shown"), card.shown, Role.PRAISE, "check"),
            (QCoreApplication.translate("Summary", "Missed"), card.missed, Role.MUTED, "circle"),
            (QCoreApplication.translate("Summary", "Did harm"), card.harms, Role.HARM, "x"),
        ):
            if not techniques:
                continue
            self.body.addWidget(Text(title, "secondary"))
            holder = QWidget()
            flow = FlowLayout(holder, spacing=GRID)
            for technique in dict.fromkeys(techniques):
                flow.addWidget(Tag(technique_name(technique), role, icon))
            self.body.addWidget(holder)
        self.body.addStretch(1)


def was_hard(summary: CallSummary) -> bool:
    """Whether one had better breathe before the next call."""
    if not summary.turns:
        return False
    last = summary.turns[-1].temper_after
    hurt = any(cause.change > 0 and cause.cause in CATALOGUE for turn in summary.turns for cause in turn.causes)
    return last >= 6.0 or (not summary.good_end and hurt) or summary.outcome is Outcome.ENDED_BY_RULE
