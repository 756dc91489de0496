"""Judging one reply by the guidance: words, voice, timing and their order."""

from __future__ import annotations

from collections.abc import Sequence

from simulator.domain.appraisal import Appraisal
from simulator.domain.delivery import Delivery, delivery_techniques, not_scored
from simulator.domain.history import History
from simulator.domain.measures import Baseline
from simulator.domain.order import order_slips
from simulator.domain.reply import Reply
from simulator.domain.scenario import Scenario
from simulator.domain.technique import CATALOGUE, Channel, Detection, Evidence
from simulator.domain.turn import CustomerTurn
from simulator.domain.utterance import CONFIDENT_WORD, Utterance, WordSource
from simulator.domain.voice_targets import VoiceTargets, pace_band


def appraise(
    reply: Reply,
    words: Sequence[Detection],
    customer: CustomerTurn,
    temper: float,
    scenario: Scenario,
    history: History = (),
    baseline: Baseline | None = None,
    targets: VoiceTargets | None = None,
) -> Appraisal:
    """What the reply did.

    `words` are the techniques found in its words (empty where no recogniser ran; techniques that the trainee
    ticked are added here). `temper` is the customer's before the reply.
    """
    heard = words_heard(reply.utterance)
    spoken = _with_ticked(words, reply.ticked)
    told = Delivery(
        reply, spoken, customer, temper, history, baseline, pace_band(scenario.language), targets or VoiceTargets()
    )
    slips = order_slips(spoken, reply.timing, temper, history)
    unknown = () if heard or reply.ticked else ("words",)
    return Appraisal(
        words=spoken,
        voice=delivery_techniques(told),
        not_scored=unknown + not_scored(reply),
        out_of_order=tuple(dict.fromkeys(slip.technique for slip in slips)),
        slips=slips,
        unanswered=() if spoken else _well_heard(reply),
    )


def words_heard(utterance: Utterance | None) -> bool:
    """Whether there are words at all to judge."""
    return utterance is not None and bool(utterance.text.strip())


def _well_heard(reply: Reply) -> tuple[Evidence, ...]:
    """All words of the reply as evidence, where they were heard well enough to count."""
    said = reply.utterance
    if said is None or not words_heard(said):
        return ()
    if said.source is WordSource.HEARD and said.confidence is not None and said.confidence < CONFIDENT_WORD:
        return ()
    return (Evidence(said.text, 0, len(said.text), reply.span, said.confidence),)


def _with_ticked(words: Sequence[Detection], ticked: Sequence[str]) -> tuple[Detection, ...]:
    found = {each.technique for each in words}
    extra = (
        Detection(technique, self_reported=True)
        for technique in dict.fromkeys(ticked)
        if technique not in found and CATALOGUE[technique].channel is Channel.WORDS
    )
    return (*words, *extra)
