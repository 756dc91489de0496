"""A call to show: a scenario, turns as the program makes them, and the summaries of four calls."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from simulator.domain.appraisal import Appraisal, Cause
from simulator.domain.feedback import Feedback
from simulator.domain.measures import (
    Baseline,
    Confidence,
    Level,
    OverlapKind,
    Pace,
    PaceRoute,
    Pitch,
    TurnTaking,
    VoiceMeasures,
)
from simulator.domain.scenario import (
    Beat,
    BetterWording,
    Briefing,
    Customer,
    CustomerType,
    Difficulty,
    Gender,
    Line,
    Outcome,
    Scenario,
)
from simulator.domain.technique import Detection, Evidence
from simulator.domain.turn import CustomerTurn, Span
from simulator.domain.utterance import Utterance, Word, WordSource
from simulator.practice.settings import CallSetup
from simulator.practice.turn_result import (
    CallSummary,
    FeedbackItemText,
    FeedbackText,
    LineToSpeak,
    Reply,
    Scorecard,
    TurnResult,
)

FURIOUS_LINE = (
    "I have been waiting for NINE days for this parcel, and nobody, not one of you, has picked up the phone "
    "or written a single line to tell me where it is!"
)
GOOD_REPLY = (
    "ms novak i can hear how frustrating these nine days have been and i am sorry this is what i am here for "
    "could you give me the order number so that i can find your parcel right now"
)

SCENARIO = Scenario(
    id="late_delivery",
    language="en",
    title="Late delivery",
    complaint="A birthday parcel is nine days late and nobody answered.",
    type=CustomerType.FURIOUS,
    difficulty=Difficulty.STANDARD,
    minutes=6,
    customer=Customer("Ms", "Monika", "Novak", Gender.FEMALE, ("Ms Novak", "Monika"), "monika"),
    briefing=Briefing("The parcel was lost.", ("Order 4711",), ("Redelivery",), ("No refund",)),
    agent_name="Sam",
    start_temper=9.0,
    start="rage",
    beats=(
        Beat("rage", (Line(FURIOUS_LINE),), (), "facts", ("acknowledge_feelings", "ask_facts")),
        Beat("facts", (Line("It is four seven one one."),), (), None, ("offer_solution",)),
    ),
    trains=("acknowledge_feelings", "slow_down"),
    good_ends=(Outcome.SETTLED,),
    fault_is_ours=True,
    demand="the parcel today",
    fact_words=("parcel", "nine days"),
    better_wordings=(BetterWording("offer_solution", "I will have it with you by noon tomorrow."),),
)

BASELINE = Baseline(-32.0, 4.2, 190.0, -3.0, -68.0, 13.0, "pulse: Headset")


def words(text: str, start_s: float, rate_wps: float = 2.6, confidence: float = 0.9) -> tuple[Word, ...]:
    step = 1.0 / rate_wps
    return tuple(
        Word(text=word, span=Span(start_s + i * step, start_s + (i + 0.9) * step), confidence=confidence)
        for i, word in enumerate(text.split())
    )


def spoken_reply(
    text: str, start_s: float, level_db: float, pace: float, gap_s: float = 0.5, confidence: float = 0.9
) -> Reply:
    heard = words(text, start_s, confidence=confidence)
    end_s = heard[-1].span.end_s
    duration = end_s - start_s
    return Reply(
        span=Span(start_s, end_s),
        utterance=Utterance(heard, "vosk", WordSource.HEARD, confidence),
        voice=VoiceMeasures(
            duration,
            duration * 0.85,
            Pace(40, 4.2 * pace, 3.6 * pace, 150 * pace, PaceRoute.WORDS, Confidence.HIGH, pace, 0.05),
            Level(-32.0 + level_db, level_db, -12.0, False, -68.0, Confidence.HIGH, 0.8),
            Pitch(201.0, 5.0, 400, 0.9, Confidence.HIGH, 0.4),
        ),
        timing=TurnTaking(gap_s, (), 0.0, None, None, duration, 0.2, 0.5),
    )


def found(text: str, technique: str, phrase: str, start_s: float | None) -> Detection:
    at = text.index(phrase)
    span = None if start_s is None else Span(start_s + at / 14.0, start_s + (at + len(phrase)) / 14.0)
    return Detection(technique, (Evidence(phrase, at, at + len(phrase), span, 0.9),))


FEEDBACK_THREE = FeedbackText(
    headline="She felt heard. Now slow down.",
    items=(
        FeedbackItemText(
            "acknowledge_feelings",
            "Acknowledge feelings",
            "praise",
            "You named what she feels before anything else, and that took most of the heat out of her.",
            "People calm down when they notice that somebody understood what it is like for them.",
            "S1",
            "i can hear how frustrating these nine days have been",
        ),
        FeedbackItemText(
            "slow_down",
            "Slow down",
            "advice",
            "You spoke 18 % faster than your calm pace (5.0 against 4.2 syllables/s).",
            "A slower voice takes the other person with it; a fast one keeps the fire going.",
            "S4",
            "5.0 syllables/s, 18 % above your calm pace",
        ),
        FeedbackItemText(
            "explain_next_steps",
            "Explain the next steps",
            "advice",
            "She does not know yet what you will do with the order number.",
            "Who knows what happens next does not need to push.",
            "S1",
            "not heard in this reply",
        ),
    ),
    next_step="Say what you will do with the order number, and by when.",
    better_wording="With your order number I can see the parcel in a minute, and I'll stay on the line until we know.",
)
EMPTY_FEEDBACK = Feedback("felt_heard", (), None)


def good_turn(number: int = 1, before: float = 9.0, after: float = 6.6, start_s: float = 9.0) -> TurnResult:
    reply = spoken_reply(GOOD_REPLY, start_s, 3.4, 1.18)
    techniques = (
        found(GOOD_REPLY, "use_name", "ms novak", start_s),
        found(GOOD_REPLY, "acknowledge_feelings", "i can hear how frustrating these nine days have been", start_s),
        found(GOOD_REPLY, "apologise", "i am sorry", start_s),
        found(GOOD_REPLY, "intend_to_help", "this is what i am here for", start_s),
        found(GOOD_REPLY, "ask_facts", "could you give me the order number", start_s),
    )
    return TurnResult(
        number=number,
        take=1,
        customer=CustomerTurn(FURIOUS_LINE, before, Span(start_s - 8.5, start_s - 0.5)),
        reply=reply,
        appraisal=Appraisal(techniques, (Detection("patient_start"),)),
        temper_before=before,
        temper_after=after,
        causes=(
            Cause("acknowledge_feelings", -1.4, "i can hear how frustrating these nine days have been"),
            Cause("use_name", -0.6, "ms novak"),
            Cause("intend_to_help", -0.8, "this is what i am here for"),
            Cause("rush", 0.4, "5.0 syllables/s, 18 % above your calm pace"),
        ),
        feedback=EMPTY_FEEDBACK,
        feedback_text=FEEDBACK_THREE,
    )


BAD_REPLY = "no that is not true you should have read the terms it is not my fault so calm down"


def bad_turn(number: int = 1, before: float = 9.0, after: float = 9.8, start_s: float = 9.0) -> TurnResult:
    techniques = (
        found(BAD_REPLY, "argue", "no that is not true", start_s),
        found(BAD_REPLY, "blame_customer", "you should have read the terms", start_s),
        found(BAD_REPLY, "deny_responsibility", "it is not my fault", start_s),
        found(BAD_REPLY, "command_calm", "calm down", start_s),
    )
    reply = spoken_reply(BAD_REPLY, start_s, 11.2, 1.42, gap_s=-1.4, confidence=0.5)
    timing = replace(
        reply.timing, overlaps=(Span(start_s, start_s + 1.4),), overlap_s=1.4, overlap_kind=OverlapKind.INTERRUPTION
    )
    return TurnResult(
        number=number,
        take=1,
        customer=CustomerTurn("So where is it? Where? Tell me!", before, Span(start_s - 3.0, start_s + 1.4)),
        reply=replace(reply, timing=timing),
        appraisal=Appraisal(techniques, (Detection("shout"), Detection("rush"), Detection("interrupt"))),
        temper_before=before,
        temper_after=after,
        causes=(Cause("argue", 0.5, "no that is not true"), Cause("shout", 0.6, "+11.2 dB over your calm level")),
        feedback=EMPTY_FEEDBACK,
        feedback_text=FeedbackText(
            "She is angrier than before.",
            (
                FeedbackItemText(
                    "argue",
                    "Arguing",
                    "advice",
                    "You disputed what she said.",
                    "Nobody has ever been argued out of being angry.",
                    "S4",
                    "no that is not true",
                ),
            ),
            "Let her finish, then say what you heard.",
            "I hear you, Ms Novak. Nine days is far too long.",
        ),
    )


def typed_turn(number: int = 1, before: float = 9.0, after: float = 7.0) -> TurnResult:
    text = "Ms Novak, I am sorry. I will find your parcel now."
    utterance = Utterance(tuple(Word(w) for w in text.split()), "none", WordSource.TYPED, None, verbatim=text)
    detections = (found(text, "use_name", "Ms Novak", None), found(text, "apologise", "I am sorry", None))
    return replace(
        good_turn(number, before, after),
        customer=CustomerTurn(FURIOUS_LINE, before, None),
        reply=Reply(None, utterance, None, None),
        appraisal=Appraisal(detections, (), ("pace", "level", "timing")),
        causes=(Cause("apologise", -1.2, "I am sorry"), Cause("use_name", -0.8, "Ms Novak")),
    )


def unheard_turn(number: int = 1, before: float = 9.0, after: float = 8.4) -> TurnResult:
    """The voice was measured, but no recogniser ran."""
    turn = good_turn(number, before, after)
    return replace(
        turn,
        reply=replace(turn.reply, utterance=None),
        appraisal=Appraisal((), (Detection("patient_start"),), ("words",)),
        causes=(Cause("patient_start", -0.6, "0.5 s after she finished"),),
        feedback_text=FeedbackText(
            "You let her finish.",
            (
                FeedbackItemText(
                    "patient_start",
                    "Let them finish first",
                    "praise",
                    "You waited until she had finished.",
                    "Waiting shows that you take in what she says.",
                    "S1",
                    "0.5 s after she finished",
                ),
            ),
            "Keep your voice even.",
            None,
        ),
    )


def good_summary(turns: int = 5, session_id: str | None = "s-good") -> CallSummary:
    levels = (4.2, 3.1, 2.0, 0.9, 0.2, -0.3, 0.1)
    paces = (1.18, 1.12, 1.06, 1.01, 0.98, 0.97, 1.0)
    tempers = (9.0, 6.6, 5.1, 3.8, 2.2, 1.2, 0.8, 0.5)
    done = []
    for i in range(turns):
        turn = good_turn(i + 1, tempers[i % 8], tempers[(i + 1) % 8], 9.0 + 25.0 * i)
        reply = spoken_reply(GOOD_REPLY, 9.0 + 25.0 * i, levels[i % 7], paces[i % 7])
        done.append(replace(turn, reply=reply))
    return CallSummary(
        session_id,
        Outcome.SETTLED,
        True,
        9.0,
        tuple(done),
        Scorecard(
            81.0,
            ("acknowledge_feelings", "use_name", "intend_to_help", "ask_facts", "slow_down", "lower_voice"),
            ("explain_next_steps", "offer_follow_up"),
            (),
            "explain_next_steps",
            1,
        ),
        ("You met her energy and then led her down, turn by turn.", "You used her name once she slowed."),
        ("Say what happens next, in order, and when.",),
    )


def bad_summary() -> CallSummary:
    turns = (bad_turn(1, 8.0, 9.0), bad_turn(2, 9.0, 9.8, 24.0), bad_turn(3, 9.8, 10.0, 40.0))
    return CallSummary(
        "s-bad",
        Outcome.CUSTOMER_HUNG_UP,
        False,
        8.0,
        turns,
        Scorecard(
            14.0,
            (),
            ("acknowledge_feelings", "use_name", "apologise", "ask_facts"),
            ("argue", "blame_customer", "deny_responsibility", "command_calm", "shout", "rush", "interrupt"),
            "acknowledge_feelings",
            None,
        ),
        (),
        ("Acknowledge what she feels before anything else.", "Let her finish."),
    )


def typed_summary() -> CallSummary:
    turns = (typed_turn(1, 9.0, 7.0), typed_turn(2, 7.0, 4.5), typed_turn(3, 4.5, 1.8))
    shown = ("use_name", "apologise", "intend_to_help")
    return CallSummary(
        "s-typed",
        Outcome.SETTLED,
        True,
        9.0,
        turns,
        Scorecard(64.0, shown, ("summarise",), (), "summarise", 2),
        ("You used her name.",),
        ("Sum up the problem in your own words.",),
    )


def one_turn_summary() -> CallSummary:
    return CallSummary(
        None,
        Outcome.ABANDONED,
        False,
        9.0,
        (unheard_turn(),),
        Scorecard(None, (), (), (), None, None),
        (),
        (),
    )


def call_setup(**changes: Any) -> CallSetup:
    return replace(CallSetup(SCENARIO, "guest", Difficulty.STANDARD, False, BASELINE, True), **changes)


def line(text: str = FURIOUS_LINE, temper: float = 9.0, beat: str = "rage") -> LineToSpeak:
    return LineToSpeak(text, temper, beat)


def word_starts(text: str, rate_wps: float = 3.2) -> tuple[float, ...]:
    return tuple(i / rate_wps for i in range(len(text.split())))
