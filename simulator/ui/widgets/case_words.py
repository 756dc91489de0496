"""The words for what a call is made of: types of customer, difficulties, ends, tempers."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from simulator.domain.scenario import Customer, CustomerType, Difficulty, Outcome


def _say(text: str) -> str:
    return QCoreApplication.translate("CaseWords", text)


def type_name(kind: CustomerType) -> str:
    return {
        CustomerType.FURIOUS: _say("Furious"),
        CustomerType.DESPOTIC: _say("Despotic"),
        CustomerType.FREELOADING: _say("Freeloading"),
        CustomerType.METICULOUS: _say("Meticulous"),
        CustomerType.AGGRESSIVE: _say("Aggressive"),
        CustomerType.ACCUSES_OF_INCOMPETENCE: _say("Accuses of incompetence"),
        CustomerType.PLEASANT: _say("Pleasant"),
    }[kind]


def difficulty_name(difficulty: Difficulty) -> str:
    return {
        Difficulty.GUIDED: _say("Guided"),
        Difficulty.STANDARD: _say("Standard"),
        Difficulty.HARD: _say("Hard"),
    }[difficulty]


def difficulty_help(difficulty: Difficulty) -> str:
    return {
        Difficulty.GUIDED: _say("Hints before each reply, and a customer who forgives."),
        Difficulty.STANDARD: _say("No hints. The customer reacts as written."),
        Difficulty.HARD: _say("The customer takes every slip badly and calms slowly."),
    }[difficulty]


def outcome_name(outcome: Outcome | str | None) -> str:
    """How a call ended; None: it was cut off."""
    if outcome is None:
        return _say("Cut off")
    return {
        Outcome.SETTLED: _say("Settled"),
        Outcome.HANDED_OVER: _say("Handed over"),
        Outcome.ENDED_BY_RULE: _say("Ended by the rule"),
        Outcome.CUSTOMER_HUNG_UP: _say("Customer hung up"),
        Outcome.ABANDONED: _say("Left early"),
    }[Outcome(outcome)]


def temper_name(temper: float) -> str:
    """A temper of 10 to 0 in a word."""
    if temper >= 8.0:
        return _say("furious")
    if temper >= 6.0:
        return _say("angry")
    if temper >= 4.0:
        return _say("upset")
    if temper >= 2.0:
        return _say("calm")
    return _say("settled")


def language_name(code: str) -> str:
    """A language in its own words, so that those who need it can read it."""
    return {"en": "English", "pl": "Polski", "uk": "Українська", "hu": "Magyar"}.get(code, code)


def customer_name(customer: Customer) -> str:
    return f"{customer.title} {customer.first_name} {customer.last_name}".strip()


def initials(first: str, last: str = "") -> str:
    words = [*first.split(), *last.split()]
    if not words:
        return "?"
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()
