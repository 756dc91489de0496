"""Words for people: techniques, causes, sources, and the steps of temper."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from simulator.ui.widgets.case_words import temper_name

_NAMES = {
    "use_name": QT_TRANSLATE_NOOP("Technique", "Use their name"),
    "acknowledge_feelings": QT_TRANSLATE_NOOP("Technique", "Acknowledge feelings"),
    "name_need": QT_TRANSLATE_NOOP("Technique", "Name the need"),
    "apologise": QT_TRANSLATE_NOOP("Technique", "Apologise"),
    "intend_to_help": QT_TRANSLATE_NOOP("Technique", "Say you will help"),
    "take_their_side": QT_TRANSLATE_NOOP("Technique", "Take their side"),
    "show_listening": QT_TRANSLATE_NOOP("Technique", "Show you listen"),
    "summarise": QT_TRANSLATE_NOOP("Technique", "Sum up the problem"),
    "check_understanding": QT_TRANSLATE_NOOP("Technique", "Check you understood"),
    "ask_facts": QT_TRANSLATE_NOOP("Technique", "Ask for the facts"),
    "ask_expectation": QT_TRANSLATE_NOOP("Technique", "Ask what they expect"),
    "refocus": QT_TRANSLATE_NOOP("Technique", "Lead back to the matter"),
    "explain_cause": QT_TRANSLATE_NOOP("Technique", "Explain the cause"),
    "explain_procedure": QT_TRANSLATE_NOOP("Technique", "Explain the procedure"),
    "offer_solution": QT_TRANSLATE_NOOP("Technique", "Offer a solution"),
    "offer_alternative": QT_TRANSLATE_NOOP("Technique", "Offer another way"),
    "offer_compensation": QT_TRANSLATE_NOOP("Technique", "Offer something for the trouble"),
    "reassure": QT_TRANSLATE_NOOP("Technique", "Reassure"),
    "explain_next_steps": QT_TRANSLATE_NOOP("Technique", "Explain the next steps"),
    "offer_follow_up": QT_TRANSLATE_NOOP("Technique", "Promise to follow up"),
    "offer_escalation": QT_TRANSLATE_NOOP("Technique", "Offer a supervisor"),
    "request_pause": QT_TRANSLATE_NOOP("Technique", "Ask for a short break"),
    "set_respect_boundary": QT_TRANSLATE_NOOP("Technique", "Ask for respect"),
    "set_scope_boundary": QT_TRANSLATE_NOOP("Technique", "Say what is not included"),
    "thank": QT_TRANSLATE_NOOP("Technique", "Thank them"),
    "argue": QT_TRANSLATE_NOOP("Technique", "Arguing"),
    "deny_responsibility": QT_TRANSLATE_NOOP("Technique", "Pushing the guilt away"),
    "blame_colleague": QT_TRANSLATE_NOOP("Technique", "Blaming a colleague"),
    "blame_customer": QT_TRANSLATE_NOOP("Technique", "Blaming the customer"),
    "command_calm": QT_TRANSLATE_NOOP("Technique", "Telling them to calm down"),
    "joke": QT_TRANSLATE_NOOP("Technique", "Joking"),
    "personal_remark": QT_TRANSLATE_NOOP("Technique", "A personal remark"),
    "hide_behind_policy": QT_TRANSLATE_NOOP("Technique", "Hiding behind rules"),
    "brush_off": QT_TRANSLATE_NOOP("Technique", "Brushing them off"),
    "wrong_name": QT_TRANSLATE_NOOP("Technique", "The wrong name"),
    "overuse_name": QT_TRANSLATE_NOOP("Technique", "The name too often"),
    "over_apologise": QT_TRANSLATE_NOOP("Technique", "Sorry too often"),
    "match_then_lead": QT_TRANSLATE_NOOP("Technique", "Meet, then lead down"),
    "slow_down": QT_TRANSLATE_NOOP("Technique", "Slow down"),
    "lower_voice": QT_TRANSLATE_NOOP("Technique", "Lower your voice"),
    "steady_voice": QT_TRANSLATE_NOOP("Technique", "Keep the voice steady"),
    "patient_start": QT_TRANSLATE_NOOP("Technique", "Let them finish first"),
    "timely_entry": QT_TRANSLATE_NOOP("Technique", "Step in at a pause"),
    "let_them_vent": QT_TRANSLATE_NOOP("Technique", "Let them vent"),
    "interrupt": QT_TRANSLATE_NOOP("Technique", "Interrupting"),
    "shout": QT_TRANSLATE_NOOP("Technique", "Too loud"),
    "rush": QT_TRANSLATE_NOOP("Technique", "Too fast"),
    "dead_air": QT_TRANSLATE_NOOP("Technique", "A long silence"),
    "drone_on": QT_TRANSLATE_NOOP("Technique", "Talking on and on"),
    "no_answer": QT_TRANSLATE_NOOP("Technique", "No answer"),
    "difficulty": QT_TRANSLATE_NOOP("Technique", "This customer's difficulty"),
    "order": QT_TRANSLATE_NOOP("Technique", "In another order"),
}

_HINTS = {
    "use_name": QT_TRANSLATE_NOOP("Hint", "use their name"),
    "acknowledge_feelings": QT_TRANSLATE_NOOP("Hint", "acknowledge what they feel"),
    "name_need": QT_TRANSLATE_NOOP("Hint", "name what matters most to them"),
    "apologise": QT_TRANSLATE_NOOP("Hint", "say sorry for the trouble"),
    "intend_to_help": QT_TRANSLATE_NOOP("Hint", "say that you will see to it"),
    "take_their_side": QT_TRANSLATE_NOOP("Hint", "put both of you on one side"),
    "show_listening": QT_TRANSLATE_NOOP("Hint", "show that you are listening"),
    "summarise": QT_TRANSLATE_NOOP("Hint", "sum up their problem with its facts"),
    "check_understanding": QT_TRANSLATE_NOOP("Hint", "ask whether you understood it right"),
    "ask_facts": QT_TRANSLATE_NOOP("Hint", "ask for the fact you need"),
    "ask_expectation": QT_TRANSLATE_NOOP("Hint", "ask what they would find fair"),
    "refocus": QT_TRANSLATE_NOOP("Hint", "lead back to the matter"),
    "explain_cause": QT_TRANSLATE_NOOP("Hint", "explain why it happened"),
    "explain_procedure": QT_TRANSLATE_NOOP("Hint", "explain the steps and why they exist"),
    "offer_solution": QT_TRANSLATE_NOOP("Hint", "offer something concrete"),
    "offer_alternative": QT_TRANSLATE_NOOP("Hint", "offer another way"),
    "offer_compensation": QT_TRANSLATE_NOOP("Hint", "offer something for the trouble"),
    "reassure": QT_TRANSLATE_NOOP("Hint", "assure them it will be put right"),
    "explain_next_steps": QT_TRANSLATE_NOOP("Hint", "say what happens next, and when"),
    "offer_follow_up": QT_TRANSLATE_NOOP("Hint", "promise to call back"),
    "offer_escalation": QT_TRANSLATE_NOOP("Hint", "offer someone who can decide"),
    "request_pause": QT_TRANSLATE_NOOP("Hint", "ask for a short break"),
    "set_respect_boundary": QT_TRANSLATE_NOOP("Hint", "ask calmly for respect"),
    "set_scope_boundary": QT_TRANSLATE_NOOP("Hint", "say politely what is not included"),
    "thank": QT_TRANSLATE_NOOP("Hint", "thank them"),
    "match_then_lead": QT_TRANSLATE_NOOP("Hint", "meet their energy, then lead it down"),
    "slow_down": QT_TRANSLATE_NOOP("Hint", "slow down"),
    "lower_voice": QT_TRANSLATE_NOOP("Hint", "lower your voice"),
    "steady_voice": QT_TRANSLATE_NOOP("Hint", "keep your voice even"),
    "patient_start": QT_TRANSLATE_NOOP("Hint", "let them finish"),
    "timely_entry": QT_TRANSLATE_NOOP("Hint", "step in when they pause"),
    "let_them_vent": QT_TRANSLATE_NOOP("Hint", "let them vent"),
}

_INSTEAD = {
    "argue": QT_TRANSLATE_NOOP("Instead", "let their view stand, and say what you will do"),
    "deny_responsibility": QT_TRANSLATE_NOOP("Instead", "take the matter on, whoever caused it"),
    "blame_colleague": QT_TRANSLATE_NOOP("Instead", "speak for the company, and of nobody in it"),
    "blame_customer": QT_TRANSLATE_NOOP("Instead", "speak of what happened, not of who should have known"),
    "command_calm": QT_TRANSLATE_NOOP("Instead", "name what they feel, and stay calm yourself"),
    "joke": QT_TRANSLATE_NOOP("Instead", "stay serious until they smile first"),
    "personal_remark": QT_TRANSLATE_NOOP("Instead", "speak of the matter, never of the person"),
    "hide_behind_policy": QT_TRANSLATE_NOOP("Instead", "give the reason for the rule, and another way"),
    "brush_off": QT_TRANSLATE_NOOP("Instead", "offer one thing that you can do"),
    "wrong_name": QT_TRANSLATE_NOOP("Instead", "write the name down, and look at it before you say it"),
    "overuse_name": QT_TRANSLATE_NOOP("Instead", "say the name once, at most twice in a reply"),
    "over_apologise": QT_TRANSLATE_NOOP("Instead", "say sorry once, then act"),
    "interrupt": QT_TRANSLATE_NOOP("Instead", "wait for a pause before you speak"),
    "shout": QT_TRANSLATE_NOOP("Instead", "lower your voice with each reply"),
    "rush": QT_TRANSLATE_NOOP("Instead", "leave a pause after each sentence"),
    "dead_air": QT_TRANSLATE_NOOP("Instead", "say what you are checking, and how long it takes"),
    "drone_on": QT_TRANSLATE_NOOP("Instead", "stop after two sentences and let them answer"),
}

_STEPS = (9.0, 7.0, 5.0, 3.0, 1.0)  # the middle of each of the five words for temper

_SOURCES = {
    "S0": QT_TRANSLATE_NOOP("Source", "Staying calm with difficult customers"),
    "S1": QT_TRANSLATE_NOOP("Source", "Angry callers"),
    "S2": QT_TRANSLATE_NOOP("Source", "Dissatisfied customers"),
    "S3": QT_TRANSLATE_NOOP("Source", "Four types of customers"),
    "S4": QT_TRANSLATE_NOOP("Source", "When the customer is really furious"),
    "house": QT_TRANSLATE_NOOP("Source", "Our own practice"),
}


def technique_name(technique: str) -> str:
    """The technique's or cause's name; a text that is neither comes back as it is."""
    return QCoreApplication.translate("Technique", _NAMES[technique]) if technique in _NAMES else technique


def technique_hint(technique: str) -> str | None:
    """What to do, as the middle of a sentence; None for what nobody should do."""
    return QCoreApplication.translate("Hint", _HINTS[technique]) if technique in _HINTS else None


def technique_instead(technique: str) -> str | None:
    """What to do in place of what harms, as the middle of a sentence; None for what helps."""
    return QCoreApplication.translate("Instead", _INSTEAD[technique]) if technique in _INSTEAD else None


def temper_step(temper: float) -> int:
    """0 (furious, 8 to 10) to 4 (settled, under 2)."""
    return next((step for step, middle in enumerate(_STEPS) if temper >= middle - 1.0), len(_STEPS) - 1)


def temper_words() -> tuple[str, ...]:
    """The five words from the hottest to the calmest."""
    return tuple(temper_name(middle) for middle in _STEPS)


def source_name(source: str) -> str:
    """The article behind a piece of advice ("S4"), or the text itself where it is not one of ours."""
    return QCoreApplication.translate("Source", _SOURCES[source]) if source in _SOURCES else source
