"""The end of a call: its score, what went well and what to practise, each with its evidence."""

from __future__ import annotations

from collections.abc import Sequence

from simulator.domain.appraisal import is_sure
from simulator.domain.call import CallState
from simulator.domain.feedback import Feedback, FeedbackItem, FeedbackKind
from simulator.domain.scenario import Outcome
from simulator.domain.scorecard import ScoredTurn, score_call
from simulator.domain.technique import Polarity
from simulator.practice.assess_turn import Assessor
from simulator.practice.turn_result import CallSummary, TurnResult

MOST_POINTS = 3
ALL_CHANNELS = frozenset({"words", "pace", "level", "timing"})


def summarise_call(
    assessor: Assessor, session_id: str | None, state: CallState, turns: Sequence[TurnResult], beats: Sequence[str]
) -> CallSummary:
    """`beats` are the ids of the beats that the turns answered."""
    scenario = assessor.setup.scenario
    outcome = state.outcome or Outcome.ABANDONED
    good_end = outcome in scenario.good_ends and not state.handed_over_too_soon
    scored = [scored_turn(turn, scenario.beat(beat).expects) for turn, beat in zip(turns, beats, strict=True)]
    return CallSummary(
        session_id=session_id,
        outcome=outcome,
        good_end=good_end,
        start_temper=scenario.start_temper,
        turns=tuple(turns),
        scorecard=score_call(scored, scenario.start_temper, scenario.trains, good_end),
        went_well=_points(assessor, turns, FeedbackKind.PRAISE),
        to_practise=_points(assessor, turns, FeedbackKind.ADVICE),
    )


def scored_turn(turn: TurnResult, expected: tuple[str, ...]) -> ScoredTurn:
    found = turn.appraisal.techniques
    return ScoredTurn(
        number=turn.number,
        expected=expected,
        helped=tuple(
            each.technique
            for each in found
            if each.polarity is Polarity.HELPS and each.technique not in turn.appraisal.out_of_order
        ),
        harmed=tuple(each.technique for each in found if each.polarity is Polarity.HARMS and is_sure(each)),
        words_scored="words" not in turn.appraisal.not_scored,
        anything_scored=not set(turn.appraisal.not_scored) >= ALL_CHANNELS,
        change=sum(cause.change for cause in turn.causes),
    )


def _points(assessor: Assessor, turns: Sequence[TurnResult], kind: FeedbackKind) -> tuple[str, ...]:
    """The strongest points of that kind over the call as texts, one a technique, at most three."""
    best: dict[str, tuple[float, FeedbackItem]] = {}
    for turn in turns:
        effect = {cause.cause: abs(cause.change) for cause in turn.causes}
        for item in turn.feedback.items:
            weight = effect.get(item.technique, 0.0)
            if item.kind is kind and weight >= best.get(item.technique, (0.0, item))[0]:
                best[item.technique] = (weight, item)
    ranked = sorted(best.values(), key=lambda point: -point[0])[:MOST_POINTS]
    feedback = Feedback("", tuple(item for _, item in ranked), None)
    return tuple(item.text for item in assessor.write_feedback(feedback, assessor.setup.scenario).items)
