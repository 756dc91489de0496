"""A whole call without a device: the shipped scenario and texts."""

from __future__ import annotations

import pytest

from simulator.adapters.yaml_files import load_yaml
from simulator.adapters.yaml_scenarios import load_scenario
from simulator.domain.scenario import Difficulty, Scenario
from simulator.domain.session import SessionEvent
from simulator.practice.rehearsal import Rehearsal
from simulator.practice.settings import CallSetup
from simulator.wording.feedback_texts import FeedbackTexts, parse_feedback_texts
from tests.conftest import PROJECT
from tests.practice.plain_ears import PlainEars


@pytest.fixture(scope="session")
def late_delivery() -> Scenario:
    return load_scenario(PROJECT / "scenarios" / "en" / "en-late-delivery.yaml")


@pytest.fixture(scope="session")
def texts() -> FeedbackTexts:
    return parse_feedback_texts(load_yaml(PROJECT / "assets" / "feedback" / "en.yaml"))


@pytest.fixture
def facts() -> list[SessionEvent]:
    """What the rehearsal recorded."""
    return []


@pytest.fixture
def rehearsal(late_delivery: Scenario, texts: FeedbackTexts, facts: list[SessionEvent]) -> Rehearsal:
    setup = CallSetup(late_delivery, "guest", Difficulty.STANDARD)
    return Rehearsal(setup, "s1", PlainEars(), texts.write, facts.extend, "2026-11-22T10:00:00+00:00")
