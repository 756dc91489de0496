"""A session as a list of facts that is only ever added to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class SessionEvent:
    """One fact. `at_s` is the time since the session began; `data` is plain JSON data (see `practice.events`)."""

    kind: str
    at_s: float
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SessionSummary:
    """A row of "My calls". `outcome` None: the call was cut off; `state` is "open", "ended" or "repaired"."""

    id: str
    trainee_id: str
    scenario_id: str
    scenario_title: str
    language: str
    started_at: str
    state: str
    outcome: str | None
    score: float | None
    turns: int
    duration_s: float
