"""Short ways to write down replies, lines and scenarios for tests of the call's decisions."""

from __future__ import annotations

from simulator.domain.appraisal import Appraisal
from simulator.domain.appraise import appraise
from simulator.domain.history import History, PastTurn
from simulator.domain.measures import (
    Baseline,
    Confidence,
    Effort,
    Level,
    OverlapKind,
    Pace,
    PaceRoute,
    Steadiness,
    TurnTaking,
    VoiceMeasures,
)
from simulator.domain.reply import Reply
from simulator.domain.scenario import (
    Beat,
    BetterWording,
    Briefing,
    Condition,
    Customer,
    CustomerType,
    Difficulty,
    Gender,
    Line,
    Outcome,
    Reaction,
    Scenario,
)
from simulator.domain.technique import Detection, Evidence
from simulator.domain.turn import CustomerTurn, Span
from simulator.domain.utterance import Utterance, WordSource

LINE = CustomerTurn("Nine days! Where is it?", 9.0, Span(0.0, 8.0))
BASELINE = Baseline(-30.0, 5.0, 120.0, -10.0, -60.0, 14.0)
WORDS_OF = {
    "use_name": "Ms Novak",
    "acknowledge_feelings": "how upsetting",
    "apologise": "I'm sorry",
    "intend_to_help": "I will sort this out",
    "offer_solution": "a new one tomorrow",
    "ask_facts": "your order number",
    "summarise": "so it never came",
    "argue": "that's not true",
    "offer_compensation": "a voucher",
    "set_scope_boundary": "that is not included",
}


def found(*techniques: str, confidence: float | None = None) -> tuple[Detection, ...]:
    """Techniques in the words, in this order, each with words and their place."""
    detections, at = [], 0
    for technique in techniques:
        words = WORDS_OF.get(technique, technique)
        span = Span(9.0 + at / 10, 9.0 + (at + len(words)) / 10)
        detections.append(Detection(technique, (Evidence(words, at, at + len(words), span, confidence),)))
        at += len(words) + 1
    return tuple(detections)


def voice(
    level_db: float | None = 0.0,
    pace: float | None = 1.0,
    *,
    rate: float = 5.0,
    wpm: float | None = 150.0,
    clipped: bool = False,
    agrees: bool | None = True,
    effort: float | None = 0.0,
    spread_db: float | None = 2.0,
    level_confidence: Confidence = Confidence.HIGH,
    pace_confidence: Confidence = Confidence.HIGH,
    noise_db: float = 1.0,
    noise_pace: float = 0.06,
) -> VoiceMeasures:
    """Eight seconds of speech, by default exactly at the own calm."""
    known = pace is not None
    return VoiceMeasures(
        duration_s=9.0,
        speech_s=8.0,
        pace=Pace(
            40,
            rate * (pace or 1.0) if known else None,
            4.5,
            wpm,
            PaceRoute.WORDS,
            pace_confidence,
            pace,
            noise_pace,
        ),
        level=Level(-30.0 + (level_db or 0.0), level_db, -3.0, clipped, -60.0, level_confidence, noise_db),
        effort=Effort(effort, agrees, Confidence.HIGH),
        steadiness=Steadiness(spread_db, 2.0, Confidence.HIGH if spread_db is not None else Confidence.NONE),
        speech=(Span(8.5, 16.5),),
    )


def timing(gap_s: float = 0.5, **others: object) -> TurnTaking:
    known: dict[str, object] = {
        "reply_gap_s": gap_s,
        "overlaps": (),
        "overlap_s": 0.0,
        "overlap_kind": OverlapKind.NONE,
        "timely_entry": False,
        "longest_monologue_s": 6.0,
        "dead_air_s": 0.0,
        "share_of_talk": 0.5,
    }
    return TurnTaking(**{**known, **others})  # type: ignore[arg-type]


def interrupting(overlap_s: float = 1.5) -> TurnTaking:
    kind = OverlapKind.INTERRUPTION if overlap_s > 1 else OverlapKind.BRIEF
    return timing(-overlap_s, overlaps=(Span(8.0 - overlap_s, 8.0),), overlap_s=overlap_s, overlap_kind=kind)


def typed(text: str = "Well, here is what I say.") -> Reply:
    return Reply(None, Utterance((), "none", WordSource.TYPED, verbatim=text), None, None)


def spoken(
    measures: VoiceMeasures | None = None,
    turn_taking: TurnTaking | None = None,
    *,
    text: str | None = "well here is what I say",
    confidence: float | None = 0.9,
) -> Reply:
    """A reply by voice; `text` None: no recogniser ran."""
    said = None if text is None else Utterance((), "scripted", confidence=confidence, verbatim=text)
    return Reply(Span(8.5, 16.5), said, measures or voice(), turn_taking or timing())


def judged(
    reply: Reply,
    *techniques: str,
    temper: float = 9.0,
    history: History = (),
    customer: CustomerTurn = LINE,
    confidence: float | None = None,
    baseline: Baseline | None = BASELINE,
) -> Appraisal:
    words = found(*techniques, confidence=confidence)
    return appraise(reply, words, customer, temper, scenario(), history, baseline)


def past(reply: Reply, *techniques: str, **others: object) -> PastTurn:
    return PastTurn(reply, judged(reply, *techniques, **others))  # type: ignore[arg-type]


def techniques(appraisal: Appraisal) -> set[str]:
    return {each.technique for each in appraisal.techniques}


OPENING = Beat(
    "opening",
    (
        Line("You again!", Condition(again=True)),
        Line("It is nine days late!", Condition(temper_at_least=8)),
        Line("It is late."),
    ),
    (
        Reaction(Condition(did=("acknowledge_feelings",), temper_at_most=8.5), goto="matter"),
        Reaction(Condition(did_any=("brush_off", "personal_remark")), end=Outcome.CUSTOMER_HUNG_UP),
    ),
    "opening",
    ("acknowledge_feelings", "use_name"),
)
MATTER = Beat(
    "matter",
    (Line("What now, after all?", Condition(never_did=("ask_facts",))), Line("What now?")),
    (
        Reaction(Condition(ever_did=("ask_facts",), did=("offer_solution",)), goto="thanks"),
        Reaction(Condition(did_not=("offer_solution",), temper_at_least=9.5), goto="opening"),
    ),
    "matter",
    ("ask_facts", "offer_solution"),
)
THANKS = Beat("thanks", (Line("Thank you."),), (Reaction(Condition(), end=Outcome.SETTLED),), None, farewell=True)
BETTER_WORDINGS = (
    BetterWording("acknowledge_feelings", "Nine days, how upsetting."),
    BetterWording("ask_facts", "May I have your order number?"),
    BetterWording("use_name", "Ms Novak, I see it here."),
)


def scenario(
    customer_type: CustomerType = CustomerType.FURIOUS, gender: Gender = Gender.FEMALE, **others: object
) -> Scenario:
    """Three beats and two farewells: the customer wants to be heard, then a way out."""
    known: dict[str, object] = {
        "id": "en-test",
        "language": "en",
        "title": "A test",
        "complaint": "It is late.",
        "type": customer_type,
        "difficulty": Difficulty.STANDARD,
        "minutes": 3,
        "customer": Customer("Ms", "Monica", "Novak", gender, ("Ms Novak",), "en-female-1"),
        "briefing": Briefing("It is late.", ("It is in the depot.",), ("A new one.",), ("Not today.",)),
        "agent_name": "Sam",
        "start_temper": 9.0,
        "start": "opening",
        "beats": (OPENING, MATTER, THANKS),
        "trains": ("acknowledge_feelings", "offer_solution"),
        "good_ends": (Outcome.SETTLED, Outcome.HANDED_OVER),
        "fault_is_ours": True,
        "demand": "the parcel",
        "fact_words": ("parcel",),
        "better_wordings": BETTER_WORDINGS,
        "max_turns": 6,
    }
    return Scenario(**{**known, **others})  # type: ignore[arg-type]
