"""What a recogniser may listen for with more care: the names and sentences of this very call."""

from __future__ import annotations

from simulator.domain.scenario import Scenario


def expected_phrases(scenario: Scenario) -> tuple[str, ...]:
    """The customer's name forms, the trainee's own name, the facts of the case and the better wordings."""
    wordings = tuple(wording.text for wording in scenario.better_wordings)
    return (*scenario.customer.name_forms, scenario.agent_name, *scenario.fact_words, *wordings)
