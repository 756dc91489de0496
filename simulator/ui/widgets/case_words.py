"""The words for what a call is made of: types of customer, difficulties, ends, tempers."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from simulator.domain.scenario import CustomerType, Difficulty, Outcome

# Named so that the words are found by the tools that collect them for translators.
translate = QCoreApplication.translate


def type_name(kind: CustomerType) -> str:
    return {
        CustomerType.FURIOUS: translate("CaseWords", "Furious"),
        CustomerType.DESPOTIC: translate("CaseWords", "Despotic"),
        CustomerType.FREELOADING: translate("CaseWords", "Freeloading"),
        CustomerType.METICULOUS: translate("CaseWords", "Meticulous"),
        CustomerType.AGGRESSIVE: translate("CaseWords", "Aggressive"),
        CustomerType.ACCUSES_OF_INCOMPETENCE: translate("CaseWords", "Accuses of incompetence"),
        CustomerType.PLEASANT: translate("CaseWords", "Pleasant"),
    }[kind]


def difficulty_name(difficulty: Difficulty) -> str:
    return {
        Difficulty.GUIDED: translate("CaseWords", "Guided"),
        Difficulty.STANDARD: translate("CaseWords", "Standard"),
        Difficulty.HARD: translate("CaseWords", "Hard"),
    }[difficulty]


def difficulty_help(difficulty: Difficulty) -> str:
    return {
        Difficulty.GUIDED: translate("CaseWords", "Hints before each reply, and a customer who forgives."),
        Difficulty.STANDARD: translate("CaseWords", "No hints. The customer reacts as written."),
        Difficulty.HARD: translate("CaseWords", "The customer takes every slip badly and calms slowly."),
    }[difficulty]


def outcome_name(outcome: Outcome | str | None) -> str:
    """How a call ended; None: it was cut off."""
    if outcome is None:
        return translate("CaseWords", "Cut off")
    return {
        Outcome.SETTLED: translate("CaseWords", "Settled"),
        Outcome.HANDED_OVER: translate("CaseWords", "Handed over"),
        Outcome.ENDED_BY_RULE: translate("CaseWords", "Ended by the rule"),
        Outcome.CUSTOMER_HUNG_UP: translate("CaseWords", "Customer hung up"),
        Outcome.ABANDONED: translate("CaseWords", "Left early"),
    }[Outcome(outcome)]


def temper_name(temper: float) -> str:
    """A temper of 10 to 0 in a word."""
    if temper >= 8.0:
        return translate("CaseWords", "furious")
    if temper >= 6.0:
        return translate("CaseWords", "angry")
    if temper >= 4.0:
        return translate("CaseWords", "upset")
    if temper >= 2.0:
        return translate("CaseWords", "calm")
    return translate("CaseWords", "settled")


def language_name(code: str) -> str:
    """A language in its own words, so that those who need it can read it."""
    return {"en": "English", "pl": "Polski", "uk": "Українська", "hu": "Magyar"}.get(code, code)


def initials(name: str) -> str:
    words = name.split()
    if not words:
        return "?"
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()
