"""What an author writes: a customer, a complaint, and how the call can go."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class CustomerType(StrEnum):
    FURIOUS = "furious"
    DESPOTIC = "despotic"
    FREELOADING = "freeloading"
    METICULOUS = "meticulous"
    AGGRESSIVE = "aggressive"
    ACCUSES_OF_INCOMPETENCE = "accuses_of_incompetence"
    PLEASANT = "pleasant"


class Difficulty(StrEnum):
    GUIDED = "guided"
    STANDARD = "standard"
    HARD = "hard"


class Outcome(StrEnum):
    SETTLED = "settled"
    HANDED_OVER = "handed_over"
    ENDED_BY_RULE = "ended_by_rule"
    CUSTOMER_HUNG_UP = "customer_hung_up"
    ABANDONED = "abandoned"


# There the title comes last.
FAMILY_NAME_FIRST = frozenset({"hu"})


class Gender(StrEnum):
    FEMALE = "female"
    MALE = "male"


@dataclass(frozen=True, slots=True)
class Customer:
    """Who calls. `name_forms` are all the ways to address them that this scenario accepts, written as spoken
    ("Ms Novak", "pani Moniko"); `voice` is the id of a file in voices/."""

    title: str
    first_name: str
    last_name: str
    gender: Gender
    name_forms: tuple[str, ...]
    voice: str


@dataclass(frozen=True, slots=True)
class Briefing:
    """What the trainee reads before taking the call; each list entry is one sentence."""

    what_happened: str
    facts: tuple[str, ...]
    may_offer: tuple[str, ...]
    limits: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Condition:
    """When a line or reaction applies: all that is given must hold (an empty condition always does).

    `did` and `did_not` are technique ids in the last reply; `ever_did` and `never_did` in the whole call so
    far; temper is compared after the reply, inclusive, 10 furious to 0 satisfied. `again`: only where the
    customer has been in this beat before.
    """

    did: tuple[str, ...] = ()
    did_any: tuple[str, ...] = ()
    did_not: tuple[str, ...] = ()
    ever_did: tuple[str, ...] = ()
    never_did: tuple[str, ...] = ()
    temper_at_least: float | None = None
    temper_at_most: float | None = None
    again: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One thing the customer may say in a beat. The first line whose condition holds is spoken."""

    text: str
    when: Condition = Condition()


@dataclass(frozen=True, slots=True)
class Reaction:
    """Where the call goes after a reply: to another beat, or to its end. The first that holds is taken."""

    when: Condition
    goto: str | None = None
    end: Outcome | None = None


@dataclass(frozen=True, slots=True)
class Beat:
    """A step of the call. `expects` are the techniques a good reply to it would use, best first.
    `fallback` is the beat to go to when no reaction holds (it may be this beat itself)."""

    id: str
    lines: tuple[Line, ...]
    reactions: tuple[Reaction, ...]
    fallback: str | None
    expects: tuple[str, ...] = ()
    farewell: bool = False


@dataclass(frozen=True, slots=True)
class BetterWording:
    """A sentence that shows a technique in the words of this very case."""

    technique: str
    text: str


@dataclass(frozen=True, slots=True)
class Scenario:
    """A whole call as written. `fault_is_ours`: whether the facts allow admitting the fault.
    `demand` is what the customer demanded, `fact_words` the facts of the complaint a summary would mention.
    `poor_wordings` are sentences that show a harm in this case, to hear what not to say."""

    id: str
    language: str
    title: str
    complaint: str
    type: CustomerType
    difficulty: Difficulty
    minutes: int
    customer: Customer
    briefing: Briefing
    agent_name: str
    start_temper: float
    start: str
    beats: tuple[Beat, ...]
    trains: tuple[str, ...]
    good_ends: tuple[Outcome, ...]
    fault_is_ours: bool
    demand: str
    fact_words: tuple[str, ...]
    better_wordings: tuple[BetterWording, ...]
    incompetence_beats: tuple[str, ...] = ()
    threat_beats: tuple[str, ...] = ()
    max_turns: int = 12
    poor_wordings: tuple[BetterWording, ...] = ()

    @property
    def customer_name(self) -> str:
        """First and last name in the order of the scenario's language."""
        names = (self.customer.first_name, self.customer.last_name)
        return " ".join(reversed(names) if self.language in FAMILY_NAME_FIRST else names).strip()

    @property
    def customer_in_full(self) -> str:
        """Names and title (Ms Monica Novak, Tóth Katalin asszony)."""
        return self._titled(self.customer_name)

    @property
    def customer_addressed(self) -> str:
        """Last name and title (Ms Novak, Tóth asszony)."""
        return self._titled(self.customer.last_name)

    def _titled(self, name: str) -> str:
        words = (self.customer.title, name)
        return " ".join(reversed(words) if self.language in FAMILY_NAME_FIRST else words).strip()

    def beat(self, beat_id: str) -> Beat:
        """The beat of that id; KeyError where there is none (validated scenarios never ask for one)."""
        for beat in self.beats:
            if beat.id == beat_id:
                return beat
        raise KeyError(beat_id)
