"""The call that replies are heard in, and what is heard."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from simulator.wording.context import ReplyContext
from simulator.wording.detect import WordingDetector
from tests.wording.detectors import detector_of

CALL = ReplyContext(
    customer_title="Ms",
    customer_first_name="Maria",
    customer_name="Novak",
    agent_name="Mark",
    line="Your courier came twice and nobody rang! I waited all Saturday for the washing machine.",
    facts=("The washing machine was ordered on 3 May.",),
)


@pytest.fixture
def english() -> WordingDetector:
    return detector_of("en")


@pytest.fixture
def call() -> ReplyContext:
    """Ms Maria Novak, whose washing machine did not come; the agent is Mark."""
    return CALL


@pytest.fixture
def found(request: pytest.FixtureRequest) -> Callable[..., set[str]]:
    """The ids of the techniques in a reply; a module may name another LANGUAGE and another CALL."""
    detector = detector_of(getattr(request.module, "LANGUAGE", "en"))
    usual = getattr(request.module, "CALL", CALL)

    def ids(text: str, context: ReplyContext = usual) -> set[str]:
        return {detection.technique for detection in detector.detect(text, context)}

    return ids
