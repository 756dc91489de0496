"""How a person did in a scenario so far, from their rows in "My calls"."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from simulator.domain.session import SessionSummary


@dataclass(frozen=True, slots=True)
class OwnResult:
    """`best` and `last_score` are 0 to 100, None where nothing could be scored; `last_outcome` None: cut off."""

    calls: int = 0
    best: float | None = None
    last_score: float | None = None
    last_outcome: str | None = None


def own_results(sessions: Iterable[SessionSummary]) -> dict[str, OwnResult]:
    """By scenario id; `sessions` are newest first. Calls still open are left out."""
    results: dict[str, OwnResult] = {}
    for row in sessions:
        if row.state == "open":
            continue
        known = results.get(row.scenario_id)
        if known is None:
            results[row.scenario_id] = OwnResult(1, row.score, row.score, row.outcome)
            continue
        scores = [score for score in (known.best, row.score) if score is not None]
        results[row.scenario_id] = OwnResult(
            known.calls + 1, max(scores, default=None), known.last_score, known.last_outcome
        )
    return results
