"""How a scenario becomes what the detector knows about the call."""

from __future__ import annotations

from collections.abc import Sequence

from simulator.domain.scenario import Scenario
from simulator.domain.technique import Detection
from simulator.wording.context import ReplyContext
from simulator.wording.detect import WordingDetector


def reply_context(scenario: Scenario, line: str) -> ReplyContext:
    """`line` is the customer's line that the reply answers."""
    customer = scenario.customer
    return ReplyContext(
        customer_title=customer.title,
        customer_first_name=customer.first_name,
        customer_name=customer.last_name,
        gender=customer.gender,
        name_forms=customer.name_forms,
        agent_name=scenario.agent_name,
        line=line,
        facts=(scenario.complaint, *scenario.fact_words),
        demand=scenario.demand,
    )


class ScenarioDetector:
    """A language's detector as the rehearsal calls it."""

    def __init__(self, detector: WordingDetector) -> None:
        self._detector = detector

    def detect(self, text: str, scenario: Scenario, context: str) -> Sequence[Detection]:
        """`context` is the customer's line the reply answers; evidence has character offsets into `text`."""
        return self._detector.detect(text, reply_context(scenario, context))
