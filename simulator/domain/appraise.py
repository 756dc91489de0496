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
from simulator.domain.technique import CATALOGUE, Channel, Detection
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
        answered=bool(spoken) or not heard or not _well_heard(reply.utterance),
    )


def words_heard(utterance: Utterance | None) -> bool:
    """Whether there are words at all to judge."""
    return utterance is not None and bool(utterance.text.strip())


def _well_heard(utterance: Utterance | None) -> bool:
    if utterance is None:
        return False
    sure = utterance.source is not WordSource.HEARD or utterance.confidence is None
    return sure or (utterance.confidence or 0.0) >= CONFIDENT_WORD


def _with_ticked(words: Sequence[Detection], ticked: Sequence[str]) -> tuple[Detection, ...]:
    found = {each.technique for each in words}
    extra = (
        Detection(technique, self_reported=True)
        for technique in dict.fromkeys(ticked)
        if technique not in found and CATALOGUE[technique].channel is Channel.WORDS
    )
    return (*words, *extra)
