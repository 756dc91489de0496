"""What the trainee is told after a turn, as facts; the words for people are written elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from simulator.domain.technique import Evidence


class FeedbackKind(StrEnum):
    PRAISE = "praise"
    ADVICE = "advice"


@dataclass(frozen=True, slots=True)
class FeedbackItem:
    """One point: `message` is the id of its text in the language's feedback texts, `figures` what the text
    fills in (numbers with their unit in the key, words heard, targets). `source` is the article shown as the why."""

    technique: str
    kind: FeedbackKind
    message: str
    evidence: tuple[Evidence, ...]
    figures: tuple[tuple[str, str | float], ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class Feedback:
    """One headline, at most three items (one of them praise where any is due), one next step."""

    headline: str
    items: tuple[FeedbackItem, ...]
    next_step: FeedbackItem | None
    better_wording: str | None = None


@dataclass(frozen=True, slots=True)
class FeedbackItemText:
    technique: str
    title: str
    kind: str
    text: str
    why: str
    source: str
    evidence: str


@dataclass(frozen=True, slots=True)
class FeedbackText:
    """Feedback in the trainee's language, ready to show."""

    headline: str
    items: tuple[FeedbackItemText, ...]
    next_step: str
    better_wording: str | None
