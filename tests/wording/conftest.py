"""The English detector, read once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from simulator.adapters.phrasebook_files import PhrasebookFiles
from simulator.wording.context import ReplyContext
from simulator.wording.detect import WordingDetector, detector_for

PHRASEBOOKS = Path(__file__).resolve().parents[2] / "assets" / "phrasebooks"

CALL = ReplyContext(
    customer_title="Ms",
    customer_first_name="Maria",
    customer_name="Novak",
    agent_name="Mark",
    line="Your courier came twice and nobody rang! I waited all Saturday for the washing machine.",
    facts=("The washing machine was ordered on 3 May.",),
)


@pytest.fixture(scope="session")
def english() -> WordingDetector:
    files = PhrasebookFiles(PHRASEBOOKS)
    return detector_for(files.load("en"), files.learned("en"))


@pytest.fixture
def call() -> ReplyContext:
    """Ms Maria Novak, whose washing machine did not come; the agent is Mark."""
    return CALL


@pytest.fixture
def found(english: WordingDetector) -> Callable[..., set[str]]:
    """The ids of the techniques in a reply to Ms Novak."""

    def ids(text: str, context: ReplyContext = CALL) -> set[str]:
        return {detection.technique for detection in english.detect(text, context)}

    return ids
