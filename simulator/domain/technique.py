"""The catalogue of what the program listens for, and the evidence it must show for each."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from simulator.domain.turn import Span


class Polarity(StrEnum):
    HELPS = "+"
    HARMS = "-"


class Channel(StrEnum):
    """Where a technique is found: in the words, or in the voice and the timing."""

    WORDS = "words"
    VOICE = "voice"


@dataclass(frozen=True, slots=True)
class Technique:
    """One thing a reply can do. `sources` are S0 to S4 (the articles) or "house" (our own practice)."""

    id: str
    polarity: Polarity
    channel: Channel
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """The exact words (character offsets into the utterance's text) with their time, or a measure in words."""

    text: str
    start: int | None = None
    end: int | None = None
    span: Span | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Detection:
    """A technique that was found, with all its evidence. `self_reported`: the trainee ticked it, nobody heard it.

    `strength` is how much of it there was (1.0 in full; a voice only in the amber zone less). `figures` are the
    measures behind it, unit in the key, for the feedback's text.
    """

    technique: str
    evidence: tuple[Evidence, ...] = ()
    self_reported: bool = False
    strength: float = 1.0
    figures: tuple[tuple[str, float], ...] = ()

    @property
    def polarity(self) -> Polarity:
        return CATALOGUE[self.technique].polarity


def _heard(sign: str, sources: str, ids: str) -> list[Technique]:
    return [Technique(i, Polarity(sign), Channel.WORDS, tuple(sources.split())) for i in ids.split()]


def _sounded(sign: str, sources: str, ids: str) -> list[Technique]:
    return [Technique(i, Polarity(sign), Channel.VOICE, tuple(sources.split())) for i in ids.split()]


CATALOGUE: dict[str, Technique] = {
    technique.id: technique
    for technique in [
        *_heard("+", "S4", "use_name name_need"),
        *_heard("+", "S1 S3", "acknowledge_feelings"),
        *_heard("+", "S0 S1 S2", "apologise"),
        *_heard("+", "S4 S1 S2", "intend_to_help"),
        *_heard(
            "+",
            "S1",
            "take_their_side check_understanding explain_next_steps offer_follow_up",
        ),
        *_heard("+", "S1 S4", "show_listening summarise"),
        *_heard("+", "S1 S2", "ask_facts refocus offer_solution reassure"),
        *_heard("+", "house", "ask_expectation"),
        *_heard("+", "S2", "explain_cause"),
        *_heard("+", "S3", "explain_procedure offer_compensation set_scope_boundary"),
        *_heard("+", "S0 S3", "offer_alternative"),
        *_heard("+", "S0 S1 S2 S3", "offer_escalation"),
        *_heard("+", "S2 S1 S4", "request_pause"),
        *_heard("+", "S2 S3", "set_respect_boundary"),
        *_heard("+", "S0", "thank"),
        *_heard("-", "S4 S2", "argue"),
        *_heard("-", "S1 S2", "deny_responsibility blame_customer"),
        *_heard("-", "house", "blame_colleague command_calm overuse_name over_apologise"),
        *_heard("-", "S4", "joke wrong_name"),
        *_heard("-", "S2", "personal_remark"),
        *_heard("-", "S3", "hide_behind_policy"),
        *_heard("-", "S1 S2 S3", "brush_off"),
        *_sounded("+", "S4", "match_then_lead slow_down lower_voice timely_entry"),
        *_sounded("+", "S1", "steady_voice"),
        *_sounded("+", "S1 S2", "patient_start"),
        *_sounded("+", "S0 S1 S4", "let_them_vent"),
        *_sounded("-", "S2 S4", "interrupt"),
        *_sounded("-", "S1 S4", "shout"),
        *_sounded("-", "S4", "rush"),
        *_sounded("-", "S1", "dead_air"),
        *_sounded("-", "house", "drone_on"),
    ]
}
