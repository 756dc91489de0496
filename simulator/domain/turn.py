"""Who speaks when. All times are seconds since the session began, on the capture clock."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open stretch of time [start_s, end_s), in seconds."""

    start_s: float
    end_s: float

    def __post_init__(self) -> None:
        if self.end_s < self.start_s:
            raise ValueError(f"a span ends before it starts: {self.start_s} > {self.end_s}")

    @property
    def duration_s(self) -> float:
        return self.end_s - self.start_s

    def overlap_s(self, other: Span) -> float:
        """Seconds that both spans cover; 0.0 where they do not meet."""
        return max(0.0, min(self.end_s, other.end_s) - max(self.start_s, other.start_s))

    def shifted(self, by_s: float) -> Span:
        return Span(self.start_s + by_s, self.end_s + by_s)


@dataclass(frozen=True, slots=True)
class CustomerTurn:
    """A line of the customer as it was heard.

    `span` is the time of its sound in the headphones; `pauses` are the silences inside it (each >= 0.25 s),
    where the customer loses momentum. A line that was only shown (no voice) has `span` None.
    """

    text: str
    temper: float
    span: Span | None
    pauses: tuple[Span, ...] = ()
    cut_short: bool = False
