"""What is likely to be said in these calls, for a recogniser that can be told so beforehand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from simulator.domain.located import Located
from simulator.domain.scenario import Scenario

_EXAMPLES = ("examples", "counter_examples")


def recognition_sentences(scenarios: Iterable[Scenario], phrasebook: Located | None) -> tuple[str, ...]:
    """Replies as authors wrote them, each once, in a fixed order: the phrasebook's examples and counter-examples, and
    of each scenario the better wordings, what may be offered, the facts, the customer's lines (trainees say their
    words back) and the customer's name in a greeting, thanks and an apology."""
    sentences: dict[str, None] = {}
    if phrasebook is not None:
        sentences.update(dict.fromkeys(_examples(phrasebook)))
    for scenario in sorted(scenarios, key=lambda each: each.id):
        sentences.update(dict.fromkeys(_of_scenario(scenario)))
    return tuple(sentences)


def _examples(place: Located, wanted: bool = False) -> Iterator[str]:
    if isinstance(place.value, dict):
        for key, child in place.value.items():
            yield from _examples(child, wanted or key in _EXAMPLES)
    elif isinstance(place.value, tuple):
        for child in place.value:
            yield from _examples(child, wanted)
    elif wanted and " " in place.value:
        yield place.value


def _of_scenario(scenario: Scenario) -> Iterator[str]:
    for wording in scenario.better_wordings:
        yield wording.text
    yield from scenario.briefing.may_offer
    yield from scenario.briefing.facts
    for beat in scenario.beats:
        for line in beat.lines:
            yield line.text
    for name in scenario.customer.name_forms:
        yield from (f"Good morning, {name}.", f"Thank you, {name}.", f"I am sorry, {name}.", f"{name}, I can help you.")
