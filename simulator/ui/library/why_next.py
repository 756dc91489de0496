"""Why a call is suggested, in a sentence."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from simulator.practice.suggestion import Reason, Suggestion
from simulator.ui.rehearse.names import technique_name

# Named so that the words are found by the tools that collect them for translators.
translate = QCoreApplication.translate


def why_next(suggestion: Suggestion) -> str:
    match suggestion.reason:
        case Reason.FIRST_CALL:
            return translate("WhyNext", "a gentle call to begin with")
        case Reason.NEW:
            return translate("WhyNext", "you have not tried this one yet")
        case Reason.WEAKEST if suggestion.score is not None:
            return translate("WhyNext", "your best here is {score}, and there is more to gain").format(
                score=round(suggestion.score)
            )
        case Reason.WEAKEST:
            return translate("WhyNext", "this one has never been scored")
        case Reason.HARM:
            return _harm(suggestion.technique or "").format(count=suggestion.count, of=suggestion.of)
        case _:
            return translate("WhyNext", "“{technique}” was missing in {count} of your last {of} calls").format(
                technique=technique_name(suggestion.technique or ""), count=suggestion.count, of=suggestion.of
            )


def _harm(technique: str) -> str:
    sentences = {
        "interrupt": translate("WhyNext", "you interrupted in {count} of your last {of} calls"),
        "shout": translate("WhyNext", "you were too loud in {count} of your last {of} calls"),
        "rush": translate("WhyNext", "you spoke too fast in {count} of your last {of} calls"),
        "dead_air": translate("WhyNext", "you left a long silence in {count} of your last {of} calls"),
        "drone_on": translate("WhyNext", "you talked on and on in {count} of your last {of} calls"),
        "argue": translate("WhyNext", "you argued in {count} of your last {of} calls"),
        "deny_responsibility": translate("WhyNext", "you pushed the guilt away in {count} of your last {of} calls"),
        "blame_colleague": translate("WhyNext", "you blamed a colleague in {count} of your last {of} calls"),
        "blame_customer": translate("WhyNext", "you blamed the customer in {count} of your last {of} calls"),
        "command_calm": translate("WhyNext", "you told them to calm down in {count} of your last {of} calls"),
        "joke": translate("WhyNext", "you joked in {count} of your last {of} calls"),
        "personal_remark": translate("WhyNext", "you made a personal remark in {count} of your last {of} calls"),
        "hide_behind_policy": translate("WhyNext", "you hid behind rules in {count} of your last {of} calls"),
        "brush_off": translate("WhyNext", "you brushed them off in {count} of your last {of} calls"),
        "wrong_name": translate("WhyNext", "you used a wrong name in {count} of your last {of} calls"),
        "overuse_name": translate("WhyNext", "you used the name too often in {count} of your last {of} calls"),
        "over_apologise": translate("WhyNext", "you said sorry too often in {count} of your last {of} calls"),
    }
    return sentences.get(
        technique, translate("WhyNext", "to break a habit that showed in {count} of your last {of} calls")
    )
