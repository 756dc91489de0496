"""One reply judged from what was recognised and measured: the same inputs always give the same result."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from simulator.domain.appraise import appraise, words_heard
from simulator.domain.compose_feedback import compose_feedback, next_step_for
from simulator.domain.customer import next_temper
from simulator.domain.feedback import Feedback, FeedbackText
from simulator.domain.history import History, ever_used
from simulator.domain.reply import Reply
from simulator.domain.scenario import Beat, Difficulty, Outcome, Scenario
from simulator.domain.technique import Detection, Evidence
from simulator.domain.turn import CustomerTurn
from simulator.domain.utterance import Utterance
from simulator.ports import TechniqueDetector
from simulator.practice.settings import CallSetup
from simulator.practice.turn_result import TurnResult
from simulator.wording.authored import authored_techniques

FeedbackWriter = Callable[[Feedback, Scenario], FeedbackText]
LEAST_SPEECH_S = 0.3


@dataclass(frozen=True, slots=True)
class Assessor:
    """What judges a reply of one call: the set-up, the ears for words and the pen for the feedback."""

    setup: CallSetup
    detector: TechniqueDetector
    write_feedback: FeedbackWriter

    def assess(
        self, number: int, take: int, customer: CustomerTurn, reply: Reply, temper: float, beat: Beat, history: History
    ) -> TurnResult:
        """The reply's appraisal, the temper after it with its causes, and the feedback (no outcome yet)."""
        scenario = self.setup.scenario
        words = detect_words(self.detector, reply.utterance, scenario, customer.text)
        appraisal = appraise(reply, words, customer, temper, scenario, history, self.setup.baseline)
        after = next_temper(temper, appraisal, scenario.type, self.setup.difficulty, beat.expects, history)
        feedback = compose_feedback(appraisal, after.causes, scenario, beat, history)
        return TurnResult(
            number=number,
            take=take,
            customer=customer,
            reply=reply,
            appraisal=appraisal,
            temper_before=temper,
            temper_after=after.temper,
            causes=after.causes,
            feedback=feedback,
            feedback_text=self.write_feedback(feedback, scenario),
        )

    def ended(self, result: TurnResult, beat: Beat, history: History, outcome: Outcome) -> TurnResult:
        """The same result where this reply brought the call to its end: the feedback says so."""
        scenario = self.setup.scenario
        feedback = compose_feedback(result.appraisal, result.causes, scenario, beat, history, outcome)
        text = self.write_feedback(feedback, scenario)
        return replace(result, feedback=feedback, feedback_text=text, outcome=outcome)

    def hint(self, beat: Beat, history: History) -> str:
        """What a good reply to this beat would do first that the call has not had yet; empty but in a guided call."""
        if self.setup.difficulty is not Difficulty.GUIDED or self.setup.exam or beat.farewell:
            return ""
        used = ever_used(history)
        fresh = [technique for technique in beat.expects if technique not in used]
        technique = next(iter(fresh or beat.expects), None)
        if technique is None:
            return ""
        return self.write_feedback(Feedback("", (), next_step_for(technique)), self.setup.scenario).next_step


def detect_words(
    detector: TechniqueDetector, utterance: Utterance | None, scenario: Scenario, context: str
) -> tuple[Detection, ...]:
    """The techniques in the words, their evidence with its time and how surely it was heard.

    Whoever says the scenario's own better (or poor) wording has shown what its author wrote it for.
    """
    if utterance is None or not words_heard(utterance):
        return ()
    found = detector.detect(utterance.text, scenario, context)
    wordings = (*scenario.better_wordings, *scenario.poor_wordings)
    authored = authored_techniques(utterance.text, wordings, {each.technique for each in found})
    return tuple(replace(each, evidence=_placed(each.evidence, utterance)) for each in (*found, *authored))


def _placed(evidence: Sequence[Evidence], utterance: Utterance) -> tuple[Evidence, ...]:
    return tuple(
        each
        if each.start is None or each.end is None
        else replace(
            each,
            span=utterance.span_of(each.start, each.end),
            confidence=utterance.confidence_of(each.start, each.end),
        )
        for each in evidence
    )


def not_heard(reply: Reply) -> str | None:
    """Why there is nothing to judge: "silence", or "unclear" (speech, but a recogniser made nothing of it); else None.

    Where no recogniser ran, speech alone is enough.
    """
    if words_heard(reply.utterance) or reply.ticked:
        return None
    spoke = reply.voice is not None and (reply.voice.speech_s or 0.0) >= LEAST_SPEECH_S
    if not spoke:
        return "silence"
    return None if reply.utterance is None or reply.utterance.recogniser == "none" else "unclear"
