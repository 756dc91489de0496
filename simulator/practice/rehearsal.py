"""One call, turn by turn: the use case that every front end drives. No device, no thread, no clock."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from simulator.domain.appraisal import Appraisal, Cause
from simulator.domain.call import (
    AskedSupervisor,
    CallState,
    Effect,
    HungUp,
    RaisedIncident,
    Replied,
    SayLine,
    TookHold,
    advance,
    likely_next,
    opening,
)
from simulator.domain.customer import FURIOUS, SATISFIED, TemperChange, next_temper
from simulator.domain.errors import SimulatorError
from simulator.domain.history import PastTurn, techniques_used
from simulator.domain.scenario import Outcome
from simulator.domain.session import SessionEvent
from simulator.domain.technique import Detection
from simulator.domain.turn import CustomerTurn
from simulator.domain.utterance import Utterance, WordSource
from simulator.ports import TechniqueDetector
from simulator.practice import events
from simulator.practice.assess_turn import Assessor, FeedbackWriter
from simulator.practice.messages import Move
from simulator.practice.settings import CallSetup
from simulator.practice.summary import summarise_call
from simulator.practice.turn_result import CallSummary, LineToSpeak, Reply, TurnResult

__all__ = ["FeedbackWriter", "Rehearsal"]

LIKELY_CHANGES = (-1.5, 0.0, 1.0)


class Rehearsal:
    """A call in progress. Every method appends its facts through `record`, then returns.

    session_id None where nothing is saved. `went_well` and `to_practise` of the summary are texts for people.
    """

    def __init__(
        self,
        setup: CallSetup,
        session_id: str | None,
        detector: TechniqueDetector,
        write_feedback: FeedbackWriter,
        record: Callable[[Sequence[SessionEvent]], None],
        started_at: str,
    ) -> None:
        self._setup = setup
        self._session_id = session_id
        self._assessor = Assessor(setup, detector, write_feedback)
        self._record = record
        self._started_at = started_at
        self._at_s = 0.0
        self._effects: tuple[Effect, ...]
        self._state, self._effects = opening(setup.scenario)
        self._customer: CustomerTurn | None = None
        self._replied = False
        self._turns: list[TurnResult] = []
        self._before: list[CallState] = []
        self._takes: dict[int, int] = {}
        self._moved: dict[int, float] = {}
        self._summary: CallSummary | None = None

    @property
    def setup(self) -> CallSetup:
        return self._setup

    @property
    def session_id(self) -> str | None:
        return self._session_id

    @property
    def temper(self) -> float:
        return self._state.temper

    @property
    def turns(self) -> Sequence[TurnResult]:
        return tuple(self._turns)

    @property
    def outcome(self) -> Outcome | None:
        """None while the call goes on."""
        return self._state.outcome

    def begin(self) -> LineToSpeak:
        """Record that the call started; the customer's first line."""
        self._append(events.started(self._setup, self._started_at))
        return self._current_line()

    def likely_next_lines(self) -> Sequence[LineToSpeak]:
        """The lines that may come after the current one, most likely first, for rendering ahead."""
        if self._replied:
            following = self._said()
            return () if following is None else (self._line(following),)
        tempers = [min(FURIOUS, max(SATISFIED, self.temper + change)) for change in LIKELY_CHANGES]
        return tuple(self._line(said) for said in likely_next(self._state, self._setup.scenario, tempers))

    def customer_spoke(self, turn: CustomerTurn) -> None:
        """The line was heard (or shown). Called once per line, before the reply; again when the line is repeated."""
        repeated = self._customer is not None
        self._customer = turn
        if turn.span is not None:
            self._at_s = max(self._at_s, turn.span.end_s)
        self._append(events.line_spoken(turn, self._state.beat, repeated))

    def take_reply(self, reply: Reply) -> TurnResult:
        """Judge a reply to the current line. Raises SimulatorError where none is awaited."""
        if self._replied or self.outcome is not None:
            raise SimulatorError("No reply is awaited now.")
        if reply.span is not None:
            self._at_s = max(self._at_s, reply.span.end_s)
        number = len(self._turns) + 1
        self._takes[number] = self._takes.get(number, 0) + 1
        result = self._assess(number, self._state, self._heard_line(), reply)
        self._before.append(self._state)
        self._replied = True
        self._turns.append(self._conclude(result))
        self._append(events.turn_taken(self._turns[-1], self._before[-1].beat))
        return self._turns[-1]

    def redo_turn(self) -> LineToSpeak:
        """Withdraw the last reply: temper and place in the call go back to before it; the line is spoken again.

        Raises SimulatorError once the session is closed."""
        if self._summary is not None:
            raise SimulatorError("The call has ended.")
        if self._replied:
            self._state = self._before.pop()
            withdrawn = self._turns.pop()
            self._moved.pop(withdrawn.number, None)
            self._customer = withdrawn.customer
            self._replied = False
            self._append(events.turn_redone(withdrawn.number, withdrawn.take))
        return self._current_line()

    def correct_words(self, turn: int, text: str) -> TurnResult:
        """ "That's not what I said": re-score that turn with these words (and what follows from it). The mark stays.

        After the end the call is scored anew and its end told again."""
        old = self._turn(turn).reply
        recogniser = old.utterance.recogniser if old.utterance is not None else "none"
        said = Utterance((), recogniser, WordSource.CORRECTED, verbatim=text.strip())
        return self._judge_again(turn, replace(old, utterance=said), "corrected")

    def tick_techniques(self, turn: int, techniques: Sequence[str]) -> TurnResult:
        """Where no recogniser ran: the trainee says what they said, marked as self-reported."""
        return self._judge_again(turn, replace(self._turn(turn).reply, ticked=tuple(techniques)), "ticked")

    def use_move(self, move: Move, at_s: float) -> TurnResult | None:
        """Hold, supervisor or incident: may calm, or end the call (then `outcome` is set).

        A hold calms a little where the last reply asked leave for it, and angers where it did not. An incident
        ends the call only on a threat, or on abuse after a boundary was set; otherwise it is only noted.
        """
        self._at_s = max(self._at_s, at_s)
        causes: tuple[Cause, ...] = ()
        if self.outcome is None:
            match move:
                case Move.HOLD:
                    causes = self._hold()
                case Move.SUPERVISOR:
                    self._advance(AskedSupervisor())
                case Move.INCIDENT:
                    self._advance(RaisedIncident())
        self._append(events.move_used(move, len(self._turns), causes, self.temper, self.outcome))
        return None

    def next_line(self) -> LineToSpeak | None:
        """After the feedback: what the customer says next; None when the call has ended.

        Ask even when `outcome` is set: a call may close with a farewell line (`LineToSpeak.farewell`).
        """
        following = self._said()
        if not self._replied or following is None:
            return None if self.outcome is not None else self._current_line()
        self._replied = False
        self._customer = None
        return self._line(following)

    def note(self, kind: str, at_s: float, data: dict[str, object]) -> None:
        """Record a fact from outside (device lost, paused, resumed, calibration, recording paths)."""
        self._at_s = max(self._at_s, at_s)
        self._record([SessionEvent(kind, round(at_s, 3), data)])

    def end(self, outcome: Outcome, at_s: float) -> CallSummary:
        """Close the session (an outcome the scenario reached itself wins over the one given)."""
        if self._summary is not None:
            return self._summary
        self._at_s = max(self._at_s, at_s)
        self._advance(HungUp(outcome))
        return self._close()

    # --- inside ------------------------------------------------------------------------------------------------

    def _close(self) -> CallSummary:
        self._summary = summarise_call(
            self._assessor, self._session_id, self._state, self._turns, [state.beat for state in self._before]
        )
        self._append(events.ended(self._summary, self._at_s))
        return self._summary

    def _assess(self, number: int, state: CallState, customer: CustomerTurn, reply: Reply) -> TurnResult:
        beat = self._setup.scenario.beat(state.beat)
        take = self._takes[number]
        return self._assessor.assess(number, take, customer, reply, state.temper, beat, self._history(number))

    def _conclude(self, result: TurnResult) -> TurnResult:
        """Let the call go on from this reply; the feedback of one that ended it says so."""
        self._state = self._before[-1]
        self._advance(Replied(techniques_used(result.appraisal), result.temper_after))
        return self._as_ended(result, self.outcome)

    def _as_ended(self, result: TurnResult, outcome: Outcome | None) -> TurnResult:
        if outcome is None:
            return result
        beat = self._setup.scenario.beat(self._before[result.number - 1].beat)
        return self._assessor.ended(result, beat, self._history(result.number), outcome)

    def _history(self, number: int) -> list[PastTurn]:
        return [PastTurn(past.reply, past.appraisal) for past in self._turns[: number - 1]]

    def _judge_again(self, turn: int, reply: Reply, why: str) -> TurnResult:
        self._turn(turn)
        self._takes[turn] += 1
        for number in range(turn, len(self._turns) + 1):
            old = self._turns[number - 1]
            state = replace(self._before[number - 1], temper=self._temper_before(number))
            self._before[number - 1] = state
            result = self._assess(number, state, old.customer, reply if number == turn else old.reply)
            self._turns[number - 1] = self._as_ended(result, old.outcome)
        self._judge_place_again()
        later = [(self._turns[at], self._before[at].beat) for at in range(turn - 1, len(self._turns))]
        self._append(events.judged_again(why, turn, later))
        if self._summary is not None:
            self._close()
        return self._turns[turn - 1]

    def _judge_place_again(self) -> None:
        """The path already taken stays; only what has not been said yet may change, and the temper carries on."""
        if self._replied and self._summary is None:
            again = self._assess(len(self._turns), self._before[-1], self._turns[-1].customer, self._turns[-1].reply)
            self._turns[-1] = self._conclude(again)
        self._state = replace(self._state, temper=self._temper_before(len(self._turns) + 1))

    def _temper_before(self, number: int) -> float:
        if number == 1:
            return _held(self._setup.scenario.start_temper + self._moved.get(0, 0.0))
        return _held(self._turns[number - 2].temper_after + self._moved.get(number - 1, 0.0))

    def _hold(self) -> tuple[Cause, ...]:
        asked = "request_pause" in self._state.did
        change = self._hold_changes("request_pause" if asked else "dead_air")
        after = len(self._turns)
        self._moved[after] = round(self._moved.get(after, 0.0) + change.temper - self.temper, 2)
        self._advance(TookHold(change.temper))
        return change.causes

    def _hold_changes(self, technique: str) -> TemperChange:
        found = Detection(technique)
        heard = Appraisal((found,), ()) if technique == "request_pause" else Appraisal((), (found,))
        return next_temper(self.temper, heard, self._setup.scenario.type, self._setup.difficulty, ())

    def _advance(self, event: Replied | AskedSupervisor | RaisedIncident | TookHold | HungUp) -> None:
        self._state, effects = advance(self._state, event, self._setup.scenario, self._setup.difficulty)
        if effects or isinstance(event, Replied):
            self._effects = effects

    def _said(self) -> SayLine | None:
        return next((effect for effect in self._effects if isinstance(effect, SayLine)), None)

    def _current_line(self) -> LineToSpeak:
        if self._customer is not None:
            return self._line(SayLine(self._customer.text, self.temper, self._state.beat))
        said = self._said()
        if said is None:
            raise SimulatorError("The call has ended.")
        return self._line(said)

    def _line(self, said: SayLine) -> LineToSpeak:
        hint = self._assessor.hint(self._setup.scenario.beat(said.beat), self._history(len(self._turns) + 1))
        return LineToSpeak(said.text, said.temper, said.beat, said.farewell, hint)

    def _heard_line(self) -> CustomerTurn:
        if self._customer is None:
            line = self._current_line()
            self._customer = CustomerTurn(line.text, line.temper, None)
        return self._customer

    def _turn(self, number: int) -> TurnResult:
        if not 1 <= number <= len(self._turns):
            raise SimulatorError(f"There is no turn {number} in this call.")
        return self._turns[number - 1]

    def _append(self, data: tuple[str, Mapping[str, object]]) -> None:
        kind, values = data
        self._record([SessionEvent(kind, round(self._at_s, 3), values)])


def _held(temper: float) -> float:
    return round(min(FURIOUS, max(SATISFIED, temper)), 2)
