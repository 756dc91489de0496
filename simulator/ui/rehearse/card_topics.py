"""What the card on the call page says in each moment when the call stands still."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from simulator.domain.errors import SimulatorError
from simulator.practice.messages import Move
from simulator.ui.rehearse.call_card import CallCard
from simulator.ui.theme_colours import Role
from simulator.ui.widgets.buttons import Kind


class CardTopics:
    """Puts one topic at a time on the card."""

    PAUSED = "paused"
    TROUBLE = "trouble"
    ON_HOLD = "on_hold"
    UNHEARD = "unheard"
    HANG_UP = "hang_up"
    MOVE = "move"
    NO_START = "no_start"
    STANDING_STILL = (PAUSED, ON_HOLD, TROUBLE)
    """Those that go as soon as the call goes on."""

    def __init__(self, card: CallCard) -> None:
        self._card = card

    def paused(self, trouble: str | None, *, can_type: bool) -> None:
        go_on = ("resume", QCoreApplication.translate("CardTopics", "Go on"), Kind.PRIMARY)
        hang_up = ("hang_up", QCoreApplication.translate("CardTopics", "End the call"), Kind.QUIET)
        if trouble is None:
            self._card.ask(
                self.PAUSED,
                "pause",
                Role.ACCENT,
                QCoreApplication.translate("CardTopics", "Paused"),
                QCoreApplication.translate("CardTopics", "Breathe out slowly. The customer waits as long as you need."),
                (go_on, hang_up),
                QCoreApplication.translate("CardTopics", "Enter or Esc: go on"),
            )
            return
        typing = (
            (("type", QCoreApplication.translate("CardTopics", "Type my reply"), Kind.SECONDARY),) if can_type else ()
        )
        self._card.ask(
            self.TROUBLE,
            "octagon-alert",
            Role.HARM,
            QCoreApplication.translate("CardTopics", "The call is waiting"),
            trouble,
            (("resume", QCoreApplication.translate("CardTopics", "Try again"), Kind.PRIMARY), *typing, hang_up),
            QCoreApplication.translate("CardTopics", "Nothing is lost: the call is kept as far as it went."),
        )

    def on_hold(self) -> None:
        """The break that the trainee asked the customer for."""
        self._card.ask(
            self.ON_HOLD,
            "hourglass",
            Role.CALM,
            QCoreApplication.translate("CardTopics", "On hold"),
            QCoreApplication.translate("CardTopics", "Two minutes are yours. Count to ten, breathe, sit up straight."),
            (
                ("resume", QCoreApplication.translate("CardTopics", "Back to the call"), Kind.PRIMARY),
                ("breathe", QCoreApplication.translate("CardTopics", "Breathe with me"), Kind.SECONDARY),
            ),
            QCoreApplication.translate("CardTopics", "It is their anger, not yours. What is the next useful step?"),
        )

    def nothing_heard(self, reason: str, *, can_speak: bool) -> None:
        unclear = reason == "unclear"
        self._card.ask(
            self.UNHEARD,
            "ear",
            Role.ALERT,
            QCoreApplication.translate("CardTopics", "I could not make out what you said")
            if unclear
            else QCoreApplication.translate("CardTopics", "I could not hear you"),
            QCoreApplication.translate(
                "CardTopics", "It costs you nothing. Say it once more, a little closer to the microphone."
            )
            if unclear
            else QCoreApplication.translate(
                "CardTopics", "Is the microphone in front of your mouth, and not muted? Just speak, or choose:"
            ),
            (
                *(
                    (("say_again", QCoreApplication.translate("CardTopics", "Hear the line again"), Kind.PRIMARY),)
                    if can_speak
                    else ()
                ),
                ("type", QCoreApplication.translate("CardTopics", "Type my reply"), Kind.SECONDARY),
                ("stay", QCoreApplication.translate("CardTopics", "I am speaking now"), Kind.QUIET),
            ),
        )

    def hang_up(self, customer: str) -> None:
        self._card.ask(
            self.HANG_UP,
            "phone-off",
            Role.HARM,
            QCoreApplication.translate("CardTopics", "Hang up on {customer}?").format(customer=customer),
            QCoreApplication.translate("CardTopics", "The call ends here. You still get your summary."),
            (
                ("stay", QCoreApplication.translate("CardTopics", "Stay on the line"), Kind.PRIMARY),
                ("hang_up", QCoreApplication.translate("CardTopics", "Hang up"), Kind.DANGER),
            ),
        )

    def move(self, move: Move) -> None:
        if move is Move.SUPERVISOR:
            icon, title = "users", QCoreApplication.translate("CardTopics", "Hand the call to a supervisor?")
            text = QCoreApplication.translate(
                "CardTopics",
                "Best after you have tried yourself; at once when you are threatened or called incompetent.",
            )
            yes = QCoreApplication.translate("CardTopics", "Hand over")
        else:
            icon, title = "flag", QCoreApplication.translate("CardTopics", "Report an incident?")
            text = QCoreApplication.translate(
                "CardTopics", "For threats and abuse. The incident is written down, and the call may end."
            )
            yes = QCoreApplication.translate("CardTopics", "Report it")
        answers = (
            (move.value, yes, Kind.PRIMARY),
            ("stay", QCoreApplication.translate("CardTopics", "Go on talking"), Kind.SECONDARY),
        )
        self._card.ask(self.MOVE, icon, Role.ACCENT, title, text, answers)

    def could_not_start(self, error: SimulatorError) -> None:
        answers = (("leave", QCoreApplication.translate("CardTopics", "Back"), Kind.PRIMARY),)
        self._card.ask(
            self.NO_START,
            "octagon-alert",
            Role.HARM,
            QCoreApplication.translate("CardTopics", "The call could not start"),
            error.problem,
            answers,
            error.remedy,
        )
