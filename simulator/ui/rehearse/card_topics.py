"""What the card on the call page says in each moment when the call stands still."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from simulator.domain.errors import SimulatorError
from simulator.practice.messages import Move
from simulator.ui.rehearse.call_card import CallCard
from simulator.ui.theme_colours import Role
from simulator.ui.widgets.buttons import Kind


def _say(text: str) -> str:
    return QCoreApplication.translate("CardTopics", text)


class CardTopics:
    """Puts one topic at a time on the card."""

    PAUSED = "paused"
    TROUBLE = "trouble"
    UNHEARD = "unheard"
    HANG_UP = "hang_up"
    MOVE = "move"
    NO_START = "no_start"

    def __init__(self, card: CallCard) -> None:
        self._card = card

    def paused(self, trouble: str | None, *, can_type: bool) -> None:
        go_on = ("resume", _say("Go on"), Kind.PRIMARY)
        hang_up = ("hang_up", _say("End the call"), Kind.QUIET)
        if trouble is None:
            self._card.ask(
                self.PAUSED,
                "pause",
                Role.ACCENT,
                _say("Paused"),
                _say("Breathe out slowly. The customer waits as long as you need."),
                (go_on, hang_up),
                _say("Enter or Esc: go on"),
            )
            return
        typing = (("type", _say("Type my reply"), Kind.SECONDARY),) if can_type else ()
        self._card.ask(
            self.TROUBLE,
            "octagon-alert",
            Role.HARM,
            _say("The call is waiting"),
            trouble,
            (("resume", _say("Try again"), Kind.PRIMARY), *typing, hang_up),
            _say("Nothing is lost: the call is kept as far as it went."),
        )

    def nothing_heard(self, reason: str, *, can_speak: bool) -> None:
        unclear = reason == "unclear"
        self._card.ask(
            self.UNHEARD,
            "ear",
            Role.ALERT,
            _say("I could not make out what you said") if unclear else _say("I could not hear you"),
            _say("It costs you nothing. Say it once more, a little closer to the microphone.")
            if unclear
            else _say("Is the microphone in front of your mouth, and not muted? Just speak, or choose:"),
            (
                *((("say_again", _say("Hear the line again"), Kind.PRIMARY),) if can_speak else ()),
                ("type", _say("Type my reply"), Kind.SECONDARY),
                ("stay", _say("I am speaking now"), Kind.QUIET),
            ),
        )

    def hang_up(self, customer: str) -> None:
        self._card.ask(
            self.HANG_UP,
            "phone-off",
            Role.HARM,
            _say("Hang up on {customer}?").format(customer=customer),
            _say("The call ends here. You still get your summary."),
            (("stay", _say("Stay on the line"), Kind.PRIMARY), ("hang_up", _say("Hang up"), Kind.DANGER)),
        )

    def move(self, move: Move) -> None:
        if move is Move.SUPERVISOR:
            icon, title = "users", _say("Hand the call to a supervisor?")
            text = _say("Best after you have tried yourself; at once when you are threatened or called incompetent.")
            yes = _say("Hand over")
        else:
            icon, title = "flag", _say("Report an incident?")
            text = _say("For threats and abuse. The incident is written down, and the call may end.")
            yes = _say("Report it")
        answers = ((move.value, yes, Kind.PRIMARY), ("stay", _say("Go on talking"), Kind.SECONDARY))
        self._card.ask(self.MOVE, icon, Role.ACCENT, title, text, answers)

    def could_not_start(self, error: SimulatorError) -> None:
        answers = (("leave", _say("Back"), Kind.PRIMARY),)
        self._card.ask(
            self.NO_START,
            "octagon-alert",
            Role.HARM,
            _say("The call could not start"),
            error.problem,
            answers,
            error.remedy,
        )
