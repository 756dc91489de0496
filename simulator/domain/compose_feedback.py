"""Choosing what to tell the trainee after a reply: little, true, and shown by evidence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from simulator.domain.appraisal import Appraisal, Cause, OrderSlip, is_sure
from simulator.domain.feedback import Feedback, FeedbackItem, FeedbackKind
from simulator.domain.history import History, ever_used
from simulator.domain.scenario import Beat, Outcome, Scenario
from simulator.domain.technique import CATALOGUE, Channel, Detection, Evidence, Polarity

MOST_ITEMS = 3
CALMED = -0.8
MOVED = 0.1
FELT_HEARD = frozenset({"acknowledge_feelings", "name_need", "summarise", "show_listening", "let_them_vent"})
_OUTCOMES = {
    Outcome.SETTLED: "settled",
    Outcome.HANDED_OVER: "handed_over",
    Outcome.ENDED_BY_RULE: "ended_by_rule",
    Outcome.CUSTOMER_HUNG_UP: "customer_hung_up",
}

# What to do instead of each harm; the first for which the scenario has a wording shows the better wording.
INSTEAD: dict[str, tuple[str, ...]] = {
    "argue": ("acknowledge_feelings", "take_their_side"),
    "deny_responsibility": ("intend_to_help", "apologise"),
    "blame_colleague": ("intend_to_help", "explain_cause"),
    "blame_customer": ("take_their_side", "acknowledge_feelings"),
    "command_calm": ("acknowledge_feelings", "show_listening"),
    "joke": ("acknowledge_feelings", "name_need"),
    "personal_remark": ("refocus", "acknowledge_feelings"),
    "hide_behind_policy": ("explain_procedure", "offer_alternative"),
    "brush_off": ("offer_solution", "intend_to_help"),
    "wrong_name": ("use_name",),
    "overuse_name": (),
    "over_apologise": (),
    "interrupt": ("show_listening",),
    "shout": (),
    "rush": (),
    "dead_air": ("request_pause",),
    "drone_on": ("check_understanding",),
}


def compose_feedback(
    appraisal: Appraisal,
    causes: Sequence[Cause],
    scenario: Scenario,
    beat: Beat,
    history: History = (),
    outcome: Outcome | None = None,
) -> Feedback:
    """One headline, at most three items with their evidence (one of them praise where any is due), one next step."""
    praise = _praise(appraisal, causes)
    advice = [*_harms(appraisal, causes), *_slips(appraisal)]
    if appraisal.unanswered and not advice:
        advice.append(FeedbackItem("no_answer", FeedbackKind.ADVICE, "no_answer.advice", appraisal.unanswered))
    kept = praise[:1] if advice else praise
    items = (*kept, *advice)[:MOST_ITEMS]
    step = None if outcome is not None and not advice else _next_step(appraisal, advice, beat, history)
    return Feedback(
        headline=_headline(appraisal, causes, outcome),
        items=items,
        next_step=step,
        better_wording=_better_wording(step, scenario),
    )


def _headline(appraisal: Appraisal, causes: Sequence[Cause], outcome: Outcome | None) -> str:
    if outcome in _OUTCOMES:
        return _OUTCOMES[outcome]
    change = sum(cause.change for cause in causes)
    if change > MOVED:
        worst = max((cause for cause in causes if cause.cause != "difficulty"), key=lambda cause: cause.change).cause
        return f"worse.{worst}" if worst in INSTEAD or worst in ("order", "no_answer") else "worse"
    if change > -MOVED:
        return "unmoved"
    helped = {found.technique for found in appraisal.techniques}
    if change > CALMED:
        return "a_little_calmer"
    return "felt_heard" if helped & FELT_HEARD else "calmer"


def _praise(appraisal: Appraisal, causes: Sequence[Cause]) -> list[FeedbackItem]:
    """What helped, the greatest effect first; nothing that came out of order or did not help this customer."""
    effect = {cause.cause: cause.change for cause in causes}
    due = [
        found
        for found in appraisal.techniques
        if found.polarity is Polarity.HELPS
        and found.technique not in appraisal.out_of_order
        and effect.get(found.technique, 0.0) < 0
        and found.evidence
        and not _inside_a_harm(found, appraisal)
    ]
    due.sort(key=lambda found: effect[found.technique])
    return [_item(found, FeedbackKind.PRAISE) for found in due]


def _inside_a_harm(found: Detection, appraisal: Appraisal) -> bool:
    """Words that also did harm are not praised."""
    harmful = [
        (each.start, each.end)
        for harm in appraisal.words
        if harm.polarity is Polarity.HARMS
        for each in harm.evidence
        if each.start is not None and each.end is not None
    ]
    return any(
        each.start is not None and each.end is not None and each.start < end and each.end > start
        for each in found.evidence
        for start, end in harmful
    )


def _harms(appraisal: Appraisal, causes: Sequence[Cause]) -> list[FeedbackItem]:
    effect = {cause.cause: cause.change for cause in causes}
    harmed = [
        each for each in appraisal.techniques if each.polarity is Polarity.HARMS and each.evidence and is_sure(each)
    ]
    harmed.sort(key=lambda found: -effect.get(found.technique, 0.0))
    return [_item(found, FeedbackKind.ADVICE) for found in harmed]


def _slips(appraisal: Appraisal) -> list[FeedbackItem]:
    return [_slip(slip) for slip in appraisal.slips]


def _slip(slip: OrderSlip) -> FeedbackItem:
    return FeedbackItem(
        slip.technique,
        FeedbackKind.ADVICE,
        f"order.{slip.slip}",
        slip.evidence,
        figures=(("heard", _heard(slip.evidence)),),
        source=_source(slip.technique),
    )


def _item(found: Detection, kind: FeedbackKind) -> FeedbackItem:
    figures: tuple[tuple[str, str | float], ...] = (
        ("heard", _heard(found.evidence)),
        ("times", float(len(found.evidence))),
    )
    measured = {name for name, _ in found.figures}
    variant = ".effort" if "effort" in measured else ".own" if "over_calm_percent" in measured else ""
    return FeedbackItem(
        technique=found.technique,
        kind=kind,
        message=f"{found.technique}.{kind}{variant}",
        evidence=found.evidence,
        figures=(*figures, *found.figures),
        source=_source(found.technique),
    )


def _heard(evidence: Sequence[Evidence]) -> str:
    return evidence[0].text if evidence else ""


def _source(technique: str) -> str:
    """The article shown as the why; our own practice is never shown as one."""
    return next((source for source in CATALOGUE[technique].sources if source != "house"), "")


# One apology, and not a late one (S1, S2): who has said it is not told to say it again.
ONCE_A_CALL = frozenset({"apologise"})


def _next_step(
    appraisal: Appraisal, advice: Sequence[FeedbackItem], beat: Beat, history: History
) -> FeedbackItem | None:
    for item in advice:
        wanted = INSTEAD.get(item.technique)
        if wanted is not None:
            return next_step_for(wanted[0] if wanted else item.technique)
        if item.message.startswith("order."):
            return next_step_for("acknowledge_feelings" if item.message.endswith("acknowledging") else "ask_facts")
    used = {found.technique for found in appraisal.techniques}
    before = ever_used(history)
    done = used | (ONCE_A_CALL & before)
    missed = [each for each in beat.expects if each not in done and _could_be_judged(each, appraisal)]
    # What the call has not had at all comes first.
    missed.sort(key=lambda each: each in before)
    return next_step_for(missed[0]) if missed else None


def _could_be_judged(technique: str, appraisal: Appraisal) -> bool:
    return CATALOGUE[technique].channel is Channel.VOICE or "words" not in appraisal.not_scored


def next_step_for(technique: str) -> FeedbackItem:
    """The next step that is this technique."""
    return FeedbackItem(technique, FeedbackKind.ADVICE, f"{technique}.next", (), source=_source(technique))


def _better_wording(step: FeedbackItem | None, scenario: Scenario) -> str | None:
    if step is None:
        return None
    return _wording_for((step.technique, *INSTEAD.get(step.technique, ())), scenario)


def _wording_for(techniques: Iterable[str], scenario: Scenario) -> str | None:
    for technique in techniques:
        for wording in scenario.better_wordings:
            if wording.technique == technique:
                return wording.text
    return None
