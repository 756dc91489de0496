"""A call of former days, rebuilt from its stored events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from simulator.domain.scenario import Outcome, Scenario
from simulator.domain.scorecard import Scorecard
from simulator.domain.session import SessionEvent
from simulator.domain.technique import Polarity
from simulator.practice.events import RecordedSession, read_session
from simulator.practice.turn_result import CallSummary, TurnResult
from simulator.ui.rehearse.look_back import LookBack, look_back_of


@dataclass(frozen=True, slots=True)
class PastCall:
    """`cut_off`: the call has no end, so its summary holds what was recorded and no score."""

    scenario: Scenario
    summary: CallSummary
    look_back: LookBack | None
    cut_off: bool


def past_call(session_id: str, events: Sequence[SessionEvent]) -> PastCall:
    """Raises SimulatorError where the events do not tell a session."""
    recorded = read_session(events)
    return PastCall(
        recorded.setup.scenario,
        summary_from_events(session_id, recorded),
        look_back_of(recorded.notes),
        recorded.outcome is None,
    )


def summary_from_events(session_id: str, recorded: RecordedSession) -> CallSummary:
    """The summary as it was at the end; of a call that was cut off, what its turns show."""
    turns = tuple(turn.result for turn in recorded.turns)
    return CallSummary(
        session_id=session_id,
        outcome=recorded.outcome or Outcome.ABANDONED,
        good_end=recorded.good_end,
        start_temper=turns[0].temper_before if turns else recorded.setup.scenario.start_temper,
        turns=turns,
        scorecard=recorded.scorecard or _found_so_far(turns),
        went_well=recorded.went_well,
        to_practise=recorded.to_practise,
    )


def _found_so_far(turns: Sequence[TurnResult]) -> Scorecard:
    found = [detection for turn in turns for detection in turn.appraisal.techniques]
    helped = tuple(dict.fromkeys(each.technique for each in found if each.polarity is Polarity.HELPS))
    harmed = tuple(dict.fromkeys(each.technique for each in found if each.polarity is Polarity.HARMS))
    return Scorecard(None, helped, (), harmed, None, None)
