"""A call as the JSON lines of `unruffled rehearse --json`. A value that cannot be known is null."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from simulator.domain.feedback import FeedbackItemText
from simulator.domain.measures import TurnTaking
from simulator.domain.reply import Reply
from simulator.domain.technique import Detection, Evidence
from simulator.domain.turn import Span
from simulator.practice.analysis_json import analysis_json
from simulator.practice.file_call import NotHeard
from simulator.practice.json_values import to_json
from simulator.practice.settings import CallSetup
from simulator.practice.turn_result import CallSummary, TurnResult

Json = dict[str, Any]


def started_json(setup: CallSetup, session_id: str | None, recogniser: str) -> Json:
    scenario = setup.scenario
    return {
        "event": "started",
        "scenario": scenario.id,
        "language": scenario.language,
        "type": scenario.type.value,
        "difficulty": setup.difficulty.value,
        "exam": setup.exam,
        "temper": scenario.start_temper,
        "recogniser": recogniser,
        "calibrated": setup.baseline is not None,
        "session": session_id,
    }


def turn_json(result: TurnResult, language: str) -> Json:
    customer = result.customer
    return {
        "event": "turn",
        "turn": result.number,
        "customer": {
            "line": customer.text,
            "temper": result.temper_before,
            "start_s": _rounded(customer.span.start_s if customer.span else None),
            "end_s": _rounded(customer.span.end_s if customer.span else None),
        },
        "reply": reply_json(result.reply, language),
        "techniques": [_technique(found) for found in result.appraisal.techniques],
        "not_scored": list(result.appraisal.not_scored),
        "out_of_order": list(result.appraisal.out_of_order),
        "temper_after": result.temper_after,
        "causes": [{"cause": c.cause, "change": c.change, "evidence": c.evidence} for c in result.causes],
        "feedback": {
            "headline": result.feedback_text.headline,
            "items": [_item(item) for item in result.feedback_text.items],
            "next_step": result.feedback_text.next_step or None,
            "better_wording": result.feedback_text.better_wording,
        },
    }


def not_heard_json(missed: NotHeard) -> Json:
    return {"event": "nothing_heard", "turn": missed.turn, "reason": missed.reason}


def ended_json(summary: CallSummary) -> Json:
    return {
        "event": "ended",
        "outcome": summary.outcome.value,
        "good_end": summary.good_end,
        "scorecard": to_json(summary.scorecard),
        "went_well": list(summary.went_well),
        "to_practise": list(summary.to_practise),
        "session": summary.session_id,
    }


def reply_json(reply: Reply, language: str) -> Json:
    """As `unruffled analyse` describes a recording, with its place in the call and how it met the line."""
    span = reply.span
    return {
        **analysis_json(reply.voice, reply.utterance, language),
        "start_s": _rounded(span.start_s if span else None),
        "end_s": _rounded(span.end_s if span else None),
        "overlap": _overlap(reply.timing),
    }


def _overlap(timing: TurnTaking | None) -> Json | None:
    if timing is None:
        return None
    return {
        "reply_gap_s": _rounded(timing.reply_gap_s),
        "overlap_s": _rounded(timing.overlap_s),
        "kind": None if timing.overlap_kind is None else timing.overlap_kind.value,
        "spans": [_span(span) for span in timing.overlaps],
        "timely_entry": timing.timely_entry,
        "longest_monologue_s": _rounded(timing.longest_monologue_s),
        "dead_air_s": _rounded(timing.dead_air_s),
        "share_of_talk": _rounded(timing.share_of_talk),
    }


def _technique(found: Detection) -> Json:
    span = _covering(found.evidence)
    return {
        "id": found.technique,
        "polarity": found.polarity.value,
        "evidence": [{"text": e.text, "start": e.start, "end": e.end} for e in found.evidence],
        "self_reported": found.self_reported,
        "start_s": _rounded(span.start_s if span else None),
        "end_s": _rounded(span.end_s if span else None),
    }


def _covering(evidence: Sequence[Evidence]) -> Span | None:
    spans = [each.span for each in evidence if each.span is not None]
    return Span(min(span.start_s for span in spans), max(span.end_s for span in spans)) if spans else None


def _item(item: FeedbackItemText) -> Json:
    return {
        "technique": item.technique,
        "kind": item.kind,
        "text": item.text,
        "source": item.source or None,
        "why": item.why,
        "evidence": item.evidence,
    }


def _span(span: Span) -> Json:
    return {"start_s": _rounded(span.start_s), "end_s": _rounded(span.end_s)}


def _rounded(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds, 3)
