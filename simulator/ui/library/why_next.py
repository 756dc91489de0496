"""Why a call is suggested, in a sentence."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from simulator.practice.suggestion import Reason, Suggestion
from simulator.ui.rehearse.names import technique_name


def _say(text: str) -> str:
    return QCoreApplication.translate("WhyNext", text)


def why_next(suggestion: Suggestion) -> str:
    match suggestion.reason:
        case Reason.FIRST_CALL:
            return _say("a gentle call to begin with")
        case Reason.NEW:
            return _say("you have not tried this one yet")
        case Reason.WEAKEST if suggestion.score is not None:
            return _say("your best here is {score}, and there is more to gain").format(score=round(suggestion.score))
        case Reason.WEAKEST:
            return _say("this one has never been scored")
        case Reason.HARM:
            return _harm(suggestion.technique or "").format(count=suggestion.count, of=suggestion.of)
        case _:
            return _say("“{technique}” was missing in {count} of your last {of} calls").format(
                technique=technique_name(suggestion.technique or ""), count=suggestion.count, of=suggestion.of
            )


def _harm(technique: str) -> str:
    sentences = {
        "interrupt": _say("you interrupted in {count} of your last {of} calls"),
        "shout": _say("you were too loud in {count} of your last {of} calls"),
        "rush": _say("you spoke too fast in {count} of your last {of} calls"),
        "dead_air": _say("you left a long silence in {count} of your last {of} calls"),
        "drone_on": _say("you talked on and on in {count} of your last {of} calls"),
        "argue": _say("you argued in {count} of your last {of} calls"),
        "deny_responsibility": _say("you pushed the guilt away in {count} of your last {of} calls"),
        "blame_colleague": _say("you blamed a colleague in {count} of your last {of} calls"),
        "blame_customer": _say("you blamed the customer in {count} of your last {of} calls"),
        "command_calm": _say("you told them to calm down in {count} of your last {of} calls"),
        "joke": _say("you joked in {count} of your last {of} calls"),
        "personal_remark": _say("you made a personal remark in {count} of your last {of} calls"),
        "hide_behind_policy": _say("you hid behind rules in {count} of your last {of} calls"),
        "brush_off": _say("you brushed them off in {count} of your last {of} calls"),
        "wrong_name": _say("you used a wrong name in {count} of your last {of} calls"),
        "overuse_name": _say("you used the name too often in {count} of your last {of} calls"),
        "over_apologise": _say("you said sorry too often in {count} of your last {of} calls"),
    }
    return sentences.get(technique, _say("to break a habit that showed in {count} of your last {of} calls"))
