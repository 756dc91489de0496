"""The facts of a session as plain JSON data, and a session read back from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from simulator.domain.appraisal import Cause
from simulator.domain.errors import SimulatorError
from simulator.domain.history import PastTurn
from simulator.domain.measures import Baseline
from simulator.domain.scenario import Difficulty, Outcome, Scenario
from simulator.domain.scorecard import Scorecard
from simulator.domain.session import SessionEvent
from simulator.domain.turn import CustomerTurn
from simulator.ports import TechniqueDetector
from simulator.practice.assess_turn import Assessor, FeedbackWriter
from simulator.practice.json_values import from_json, to_json
from simulator.practice.messages import Move
from simulator.practice.settings import CallSetup
from simulator.practice.turn_result import CallSummary, TurnResult

Fact = tuple[str, Mapping[str, Any]]


def started(setup: CallSetup, started_at: str) -> Fact:
    """The whole scenario is kept, so that the session can be replayed after its file has changed."""
    return "started", {
        "trainee_id": setup.trainee_id,
        "scenario_id": setup.scenario.id,
        "scenario_title": setup.scenario.title,
        "language": setup.scenario.language,
        "started_at": started_at,
        "difficulty": setup.difficulty.value,
        "exam": setup.exam,
        "baseline": to_json(setup.baseline),
        "scenario": to_json(setup.scenario),
    }


def line_spoken(turn: CustomerTurn, beat: str, repeated: bool) -> Fact:
    return "line", {"beat": beat, "repeated": repeated, "customer": to_json(turn)}


def turn_taken(result: TurnResult, beat: str) -> Fact:
    return "turn", {"turn": result.number, "take": result.take, "beat": beat, "result": to_json(result)}


def turn_redone(turn: int, take: int) -> Fact:
    return "redone", {"turn": turn, "take": take}


def judged_again(why: str, turn: int, results: Sequence[tuple[TurnResult, str]]) -> Fact:
    """`why` is "corrected" or "ticked"; the results are that turn's and those of all later ones."""
    return why, {
        "turn": turn,
        "results": [{"beat": beat, "result": to_json(result)} for result, beat in results],
    }


def move_used(move: Move, after_turn: int, causes: Sequence[Cause], temper: float, outcome: Outcome | None) -> Fact:
    return "move", {
        "move": move.value,
        "after_turn": after_turn,
        "causes": to_json(tuple(causes)),
        "temper": temper,
        "outcome": to_json(outcome),
    }


def ended(summary: CallSummary, duration_s: float) -> Fact:
    return "ended", {
        "outcome": summary.outcome.value,
        "good_end": summary.good_end,
        "score": summary.scorecard.score,
        "turns": len(summary.turns),
        "duration_s": round(duration_s, 3),
        "scorecard": to_json(summary.scorecard),
        "went_well": list(summary.went_well),
        "to_practise": list(summary.to_practise),
    }


@dataclass(frozen=True, slots=True)
class RecordedTurn:
    """The last take of a turn, and the beat that it answered."""

    result: TurnResult
    beat: str


@dataclass(frozen=True, slots=True)
class RecordedMove:
    move: Move
    after_turn: int
    causes: tuple[Cause, ...]
    temper: float


@dataclass(frozen=True, slots=True)
class RecordedSession:
    """A session read back. `withdrawn` are replies that were redone; `outcome` None: the call was cut off."""

    setup: CallSetup
    started_at: str
    turns: tuple[RecordedTurn, ...]
    withdrawn: tuple[RecordedTurn, ...] = ()
    moves: tuple[RecordedMove, ...] = ()
    outcome: Outcome | None = None
    good_end: bool = False
    scorecard: Scorecard | None = None
    went_well: tuple[str, ...] = ()
    to_practise: tuple[str, ...] = ()
    duration_s: float = 0.0
    notes: tuple[SessionEvent, ...] = ()


def read_session(facts: Sequence[SessionEvent]) -> RecordedSession:
    """The session that these events tell. Raises SimulatorError where they do not begin with "started"."""
    if not facts or facts[0].kind != "started":
        raise SimulatorError("This session has no beginning.", "It cannot be shown.")
    reader = _Reader()
    for fact in facts:
        reader.take(fact)
    return reader.session(facts[0].data)


def replay(
    recorded: RecordedSession, detector: TechniqueDetector, write_feedback: FeedbackWriter
) -> tuple[TurnResult, ...]:
    """Every turn judged again from its stored words and measures: with the same judge, the same to the last bit."""
    assessor = Assessor(recorded.setup, detector, write_feedback)
    history: list[PastTurn] = []
    results: list[TurnResult] = []
    for at, turn in enumerate(recorded.turns):
        old, beat = turn.result, recorded.setup.scenario.beat(turn.beat)
        # A move between two turns changed the temper by itself.
        moved = old.temper_before - recorded.turns[at - 1].result.temper_after if at else 0.0
        start = old.temper_before if not at else results[-1].temper_after + moved
        temper = round(min(10.0, max(0.0, start)), 2)
        result = assessor.assess(old.number, old.take, old.customer, old.reply, temper, beat, tuple(history))
        if old.outcome is not None:
            result = assessor.ended(result, beat, tuple(history), old.outcome)
        history.append(PastTurn(result.reply, result.appraisal))
        results.append(result)
    return tuple(results)


@dataclass(slots=True)
class _Reader:
    turns: list[RecordedTurn] = field(default_factory=list)
    withdrawn: list[RecordedTurn] = field(default_factory=list)
    moves: list[RecordedMove] = field(default_factory=list)
    notes: list[SessionEvent] = field(default_factory=list)
    end: Mapping[str, Any] | None = None
    last_s: float = 0.0

    def take(self, fact: SessionEvent) -> None:
        data = fact.data
        self.last_s = max(self.last_s, fact.at_s)
        match fact.kind:
            case "started" | "line":
                pass
            case "turn":
                self.turns.append(_turn(data))
            case "redone":
                self.withdrawn.append(self.turns.pop())
                self.moves = [move for move in self.moves if move.after_turn != data["turn"]]
            case "corrected" | "ticked":
                self.turns[data["turn"] - 1 :] = [_turn(each) for each in data["results"]]
            case "move":
                causes = from_json(tuple[Cause, ...], data["causes"])
                self.moves.append(RecordedMove(Move(data["move"]), data["after_turn"], causes, data["temper"]))
            case "ended":
                self.end = data
            case _:
                self.notes.append(fact)

    def session(self, start: Mapping[str, Any]) -> RecordedSession:
        setup = CallSetup(
            scenario=from_json(Scenario, start["scenario"]),
            trainee_id=start["trainee_id"],
            difficulty=Difficulty(start["difficulty"]),
            exam=start["exam"],
            baseline=None if start["baseline"] is None else from_json(Baseline, start["baseline"]),
        )
        end = self.end or {}
        return RecordedSession(
            setup=setup,
            started_at=start["started_at"],
            turns=tuple(self.turns),
            withdrawn=tuple(self.withdrawn),
            moves=tuple(self.moves),
            outcome=Outcome(end["outcome"]) if end else None,
            good_end=bool(end.get("good_end", False)),
            scorecard=from_json(Scorecard, end["scorecard"]) if end else None,
            went_well=tuple(end.get("went_well", ())),
            to_practise=tuple(end.get("to_practise", ())),
            duration_s=float(end.get("duration_s", self.last_s)),
            notes=tuple(self.notes),
        )


def _turn(data: Mapping[str, Any]) -> RecordedTurn:
    return RecordedTurn(from_json(TurnResult, data["result"]), data["beat"])
