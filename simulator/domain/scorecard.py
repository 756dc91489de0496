"""The end of a call in figures."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scorecard:
    """The end of a call in figures: `score` 0 to 100 or None where too little could be judged."""

    score: float | None
    shown: tuple[str, ...]
    missed: tuple[str, ...]
    harms: tuple[str, ...]
    practise_next: str | None
    best_turn: int | None
