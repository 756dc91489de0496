"""A call as plain text for a terminal."""

from __future__ import annotations

from simulator.domain.scenario import Scenario
from simulator.practice.file_call import NotHeard
from simulator.practice.turn_result import CallSummary, LineToSpeak, TurnResult

_NOT_HEARD = {
    "silence": "I could not hear you. Say it again.",
    "unclear": "I could hear you, but could not make out the words. Say it again.",
    "empty": "There was nothing in that reply. Say something to the customer.",
}
_OUTCOMES = {
    "settled": "settled",
    "handed_over": "handed over",
    "ended_by_rule": "ended by the rule",
    "customer_hung_up": "the customer hung up",
    "abandoned": "not finished",
}
SCALE = 10


def show_line(scenario: Scenario, line: LineToSpeak) -> str:
    hint = f"\n  (Hint: {line.hint})" if line.hint else ""
    return f"\n{scenario.customer_addressed}  {temper_bar(line.temper)}\n  “{line.text}”{hint}"


def temper_bar(temper: float) -> str:
    """A gauge that can be read without colour: 10 is furious, 0 satisfied."""
    full = round(temper)
    return f"[{'#' * full}{'.' * (SCALE - full)}] {temper:.1f}"


def show_turn(result: TurnResult, *, exam: bool) -> str:
    """What the trainee reads after a reply; in an exam only that it was taken."""
    if exam:
        return "  (Exam: feedback comes at the end.)"
    text = result.feedback_text
    lines = [f"\n  {text.headline}"]
    lines += [f"    {cause.change:+.2f}  {cause.cause}  {cause.evidence}".rstrip() for cause in result.causes]
    marks = {"praise": "+", "advice": "!"}
    for item in text.items:
        lines.append(f"  {marks[item.kind]} {item.title}: {item.text}")
        if item.kind == "advice" and item.why:
            lines.append(f"      {item.why}{f' ({item.source})' if item.source else ''}")
    if text.next_step:
        lines.append(f"  > Next: {text.next_step}")
    if text.better_wording:
        lines.append(f"      For example: “{text.better_wording}”")
    if result.appraisal.not_scored and result.reply.voice is not None:
        lines.append(f"  (Not scored: {', '.join(result.appraisal.not_scored)}.)")
    return "\n".join(lines)


def show_not_heard(missed: NotHeard) -> str:
    return f"  {_NOT_HEARD[missed.reason]}"


def show_ended(summary: CallSummary, scenario: Scenario) -> str:
    card = summary.scorecard
    score = "no score (too little could be judged)" if card.score is None else f"{card.score:.0f} of 100"
    lines = [f"\nThe call is over: {_OUTCOMES[summary.outcome.value]}. Score: {score}."]
    curve = [scenario.start_temper, *(turn.temper_after for turn in summary.turns)]
    lines.append("  Temper: " + " > ".join(f"{temper:.1f}" for temper in curve))
    lines += [f"  + {point}" for point in summary.went_well]
    lines += [f"  ! {point}" for point in summary.to_practise]
    if summary.session_id is not None:
        lines.append(f"  Kept as {summary.session_id}.")
    return "\n".join(lines)
