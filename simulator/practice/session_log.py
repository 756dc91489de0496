"""The facts of one call on their way to the store: none is lost while the disk is full."""

from __future__ import annotations

from collections.abc import Sequence

from simulator.domain.session import SessionEvent
from simulator.ports import SessionStore


class SessionLog:
    """What a `Rehearsal` records through. What the store refused is kept and goes first the next time, in order."""

    def __init__(self, store: SessionStore, session_id: str) -> None:
        self._store = store
        self._session_id = session_id
        self._waiting: list[SessionEvent] = []

    @property
    def waiting(self) -> int:
        """How many events are not stored yet."""
        return len(self._waiting)

    def record(self, events: Sequence[SessionEvent]) -> None:
        """Store these and whatever waits. Raises SimulatorError where the store cannot; nothing is forgotten then."""
        self._waiting.extend(events)
        self._store.append(self._session_id, tuple(self._waiting))
        self._waiting.clear()
