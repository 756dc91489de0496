"""What a live call tells the front ends, and what they may ask of it. Messages are facts in the past tense."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from simulator.domain.scenario import Scenario
from simulator.practice.turn_result import CallSummary, LineToSpeak, TurnResult


class Floor(StrEnum):
    CUSTOMER = "customer"
    TRAINEE = "you"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class CallConnected:
    """The call begins. `session_id` is where its recordings are, None where nothing is saved."""

    scenario: Scenario
    temper: float
    recogniser: str
    recogniser_label: str
    session_id: str | None = None


@dataclass(frozen=True, slots=True)
class LineStarted:
    """The customer begins to speak. `word_starts_s` counts from the line's start; with no voice, `spoken` is False."""

    line: LineToSpeak
    turn: int
    word_starts_s: tuple[float, ...]
    spoken: bool


@dataclass(frozen=True, slots=True)
class CaptionMoved:
    """So many words of the line have been heard."""

    words_heard: int


@dataclass(frozen=True, slots=True)
class LineFinished:
    turn: int


@dataclass(frozen=True, slots=True)
class FloorChanged:
    floor: Floor


@dataclass(frozen=True, slots=True)
class MeterMoved:
    """Level against the own calm (dB) and pace against it (ratio); None: not known (yet)."""

    level_db: float | None
    pace_ratio: float | None


@dataclass(frozen=True, slots=True)
class WordsHeard:
    """The words so far, partial: they may change."""

    text: str


@dataclass(frozen=True, slots=True)
class ReplyEnded:
    turn: int


@dataclass(frozen=True, slots=True)
class TurnAppraised:
    result: TurnResult
    redone: bool = False


@dataclass(frozen=True, slots=True)
class NothingHeard:
    """No speech, or none that could be made out; the turn can be redone. `reason`: "silence" or "unclear"."""

    turn: int
    reason: str


@dataclass(frozen=True, slots=True)
class Paused:
    """`trouble` is None when the trainee asked, otherwise one plain sentence (headset unplugged, disk full)."""

    trouble: str | None


@dataclass(frozen=True, slots=True)
class Resumed:
    pass


@dataclass(frozen=True, slots=True)
class Noticed:
    """Something worth knowing that does not stop the call: one plain sentence."""

    text: str


@dataclass(frozen=True, slots=True)
class CallEnded:
    summary: CallSummary


Message = (
    CallConnected
    | LineStarted
    | CaptionMoved
    | LineFinished
    | FloorChanged
    | MeterMoved
    | WordsHeard
    | ReplyEnded
    | TurnAppraised
    | NothingHeard
    | Paused
    | Resumed
    | Noticed
    | CallEnded
)

Listener = Callable[[Message], None]


class Move(StrEnum):
    """What a trainee can do besides talking."""

    HOLD = "hold"
    SUPERVISOR = "supervisor"
    INCIDENT = "incident"


class CallControl(Protocol):
    """A running call, as a front end drives it. Every method returns at once; what happened comes as a message,
    from another thread."""

    def start(self) -> None: ...
    def pause(self) -> None: ...
    def resume(self) -> None: ...
    def repeat_line(self) -> None: ...
    def redo_turn(self) -> None: ...
    def next_turn(self) -> None:
        """After the feedback: let the customer go on."""
        ...

    def press_to_talk(self, pressed: bool) -> None: ...
    def finish_reply(self) -> None:
        """End the reply now, without waiting for the silence."""
        ...

    def type_reply(self, text: str) -> None: ...
    def correct_words(self, turn: int, text: str) -> None: ...
    def tick_techniques(self, turn: int, techniques: tuple[str, ...]) -> None: ...
    def use_move(self, move: Move) -> None: ...
    def set_volume(self, volume: float) -> None: ...
    def end(self) -> None:
        """Hang up. `CallEnded` follows."""
        ...

    def close(self) -> None:
        """Stop everything and join the threads, with a deadline; the call is kept as far as it went."""
        ...
