"""What is in sight on the call page: its parts, and the feedback sliding over the lower half."""

from __future__ import annotations

from PySide6.QtCore import QEasingCurve, QPropertyAnimation, QRect, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from simulator.domain.errors import SimulatorError
from simulator.practice.messages import LineStarted
from simulator.practice.settings import CallSetup, Settings
from simulator.practice.turn_result import TurnResult
from simulator.ui.rehearse.announce import announce
from simulator.ui.rehearse.call_bar import CallBar
from simulator.ui.rehearse.call_card import CallCard
from simulator.ui.rehearse.card_topics import CardTopics
from simulator.ui.rehearse.feedback_panel import FeedbackPanel
from simulator.ui.rehearse.reply_bar import ReplyBar
from simulator.ui.rehearse.stage import HintRow, Meters, Stage
from simulator.ui.theme import GRID, MARGIN, current_theme
from simulator.ui.widgets.notice import Notice, Tone

_SLIDE_MS = 180
_NOTICE_STAYS_MS = 7000
_WIDEST_FEEDBACK = 1200
_FEEDBACK_PX = 580
_CAPTION_STAYS = 152
LEAST_WIDTH, LEAST_HEIGHT = 640, 440


class CallView(QWidget):
    """The parts of the page and where they are; it knows nothing of the call behind them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._meters_wanted = True
        self._sayings: list[str] = []
        self.setMinimumSize(LEAST_WIDTH, LEAST_HEIGHT)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.bar = CallBar()
        self.notice = Notice(closable=True)
        self.notice.hide()
        self._notice_timer = QTimer(self)
        self._notice_timer.setSingleShot(True)
        self._notice_timer.timeout.connect(self._notice_over)
        self.notice.closed.connect(self._notice_over)
        self._holder = QWidget()
        holding = QVBoxLayout(self._holder)
        holding.setContentsMargins(MARGIN, 0, MARGIN, 0)
        holding.addWidget(self.notice)
        self.stage = Stage()
        self.hint = HintRow()
        self.meters = Meters()
        self.replies = ReplyBar()
        self._room = QWidget()
        self._room.setFixedHeight(0)
        for part in (self.bar, self._holder):
            column.addWidget(part)
        column.addWidget(self.stage, 1)
        column.addWidget(self.hint)
        column.addSpacing(GRID)
        for part in (self.meters, self.replies, self._room):
            column.addWidget(part)
        self.feedback = FeedbackPanel(self)
        self.feedback.hide()
        self._opening = QTimer(self)
        self._opening.setSingleShot(True)
        self._opening.timeout.connect(self._slide_in)
        self._slide = QPropertyAnimation(self.feedback, b"geometry", self)
        self._slide.setEasingCurve(QEasingCurve.Type.OutCubic)
        self.card = CallCard(self)
        self.topics = CardTopics(self.card)

    def begin(self, setup: CallSetup, settings: Settings, *, demo: bool) -> None:
        """Empty the page for a new call."""
        self.bar.begin(setup, settings.customer_volume, demo=demo)
        self.stage.gauge.setVisible(not setup.exam)
        self.stage.gauge.show_temper(setup.scenario.start_temper)
        self.stage.show_captions(settings.captions)
        self.stage.floor.set_customer(setup.scenario.customer_addressed)
        self.stage.show_words("")
        self.stage.caption.set_line("")
        self._meters_wanted = settings.meters and settings.microphone_allowed and not setup.exam
        self.meters.set_calibrated(setup.baseline is not None and not setup.baseline.provisional)
        self.meters.clear()
        self.hint.show_hint("")
        self.replies.set_ways(
            speech=settings.microphone_allowed and not demo, hands_free=settings.hands_free, typing=not demo
        )
        self.card.dismiss()
        self._sayings.clear()
        self.notice.hide()
        self._warm_up()

    def _warm_up(self) -> None:
        """Let the feedback find its sizes now, while nobody speaks, and not when it first slides in."""
        self.feedback.setGeometry(self._feedback_place())
        self.feedback.show()
        self.hide_feedback()

    def show_line(self, message: LineStarted, setup: CallSetup) -> None:
        """A new line of the customer: the page is theirs."""
        line = message.line
        self.hide_feedback()
        self.stage.caption.set_line(line.text)
        if not message.spoken:
            self.stage.caption.hear_all()
        if not setup.exam:
            self.stage.gauge.show_temper(line.temper)
        self.stage.show_words("")
        self.meters.clear()
        self.hint.show_hint(line.hint)

    def say(self, text: str) -> None:
        """A passing sentence under the head of the page; one that comes while another stands waits for its turn."""
        if not self.notice.isHidden():
            if text not in (self.notice.text(), *self._sayings):
                self._sayings.append(text)
            return
        self.notice.tell(text, Tone.INFO)
        announce(self.notice, text)
        self._notice_shown()

    def say_error(self, error: SimulatorError) -> None:
        self.notice.tell_error(error)
        self._notice_shown()

    def _notice_shown(self) -> None:
        self._notice_timer.start(_NOTICE_STAYS_MS)
        self._place_feedback()

    def _notice_over(self) -> None:
        self._notice_timer.stop()
        self.notice.hide()
        if self._sayings:
            self.say(self._sayings.pop(0))
        self._place_feedback()

    def switch_meters(self) -> None:
        if not self.feedback.isVisible():
            self._meters_wanted = not self._meters_wanted
            self.meters.setVisible(self._meters_wanted)

    def show_feedback(self, result: TurnResult, expected: tuple[str, ...], *, can_hear: bool) -> None:
        self.stage.gauge.show_temper(result.temper_after, result.temper_before)
        self.feedback.show_result(result, expected, can_hear=can_hear)
        # Filling and showing are two events, so that a meter or a key may come between them.
        self._opening.start()

    def _slide_in(self) -> None:
        opening = not self.feedback.isVisible()
        place = self._feedback_place()
        self._make_room(place)
        self.feedback.show()
        self.feedback.raise_()
        self.card.raise_()
        if opening:
            announce(self.feedback, self.feedback.headline)
        duration = current_theme().motion_ms(_SLIDE_MS) if opening and self.isVisible() else 0
        self._slide.stop()
        if duration == 0:
            self.feedback.setGeometry(place)
            return
        self._slide.setDuration(duration)
        self._slide.setStartValue(QRect(place.left(), self.height(), place.width(), place.height()))
        self._slide.setEndValue(place)
        self._slide.start()

    def hide_feedback(self) -> None:
        self._opening.stop()
        self._slide.stop()
        self.feedback.hide()
        self._make_room(None)

    def _feedback_place(self) -> QRect:
        """The lower part of the page; on a low page as much as leaves the caption three lines."""
        head = self.bar.sizeHint().height() + (0 if self.notice.isHidden() else self._holder.sizeHint().height())
        most = max(self.height() - head - _CAPTION_STAYS, 200)
        width = min(self.width() - 2 * (MARGIN - GRID), _WIDEST_FEEDBACK)
        height = min(max(self.height() // 2, _FEEDBACK_PX), most)
        return QRect((self.width() - width) // 2, self.height() - height - GRID, width, height)

    def _make_room(self, place: QRect | None) -> None:
        free = place is None
        if free:
            self._room.setFixedHeight(0)
        self.stage.set_compact(not free)
        self.replies.setVisible(free)
        self.meters.setVisible(free and self._meters_wanted)
        self.hint.setVisible(free and bool(self.hint.text))
        if not free:
            self._room.setFixedHeight(place.height() + GRID)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        side = max(0, (self.width() - _WIDEST_FEEDBACK) // 2 - MARGIN)
        self.layout().setContentsMargins(side, 0, side, 0)
        self.card.setGeometry(self.rect())
        self._place_feedback()

    def _place_feedback(self) -> None:
        """Where the feedback is open, give it the room there is now."""
        if self.feedback.isVisible():
            self._slide.stop()
            place = self._feedback_place()
            self._make_room(place)
            self.feedback.setGeometry(place)
