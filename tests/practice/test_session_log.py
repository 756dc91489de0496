"""Facts reach the store in order and once, whatever the disk does."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.domain.errors import SimulatorError
from simulator.domain.session import SessionEvent
from simulator.practice.session_log import SessionLog


class MoodyStore:
    """The part of `ports.SessionStore` that a log uses; full whenever told so."""

    def __init__(self) -> None:
        self.full = False
        self.kept: list[SessionEvent] = []

    def append(self, session_id: str, events: Iterable[SessionEvent]) -> None:
        if self.full:
            raise SimulatorError("The disk is full.", "Free some space.")
        self.kept.extend(events)


@given(moods=st.lists(st.tuples(st.integers(0, 3), st.booleans())))
def test_every_event_is_stored_once_and_in_order(moods: list[tuple[int, bool]]) -> None:
    store = MoodyStore()
    log = SessionLog(store, "s-1")  # type: ignore[arg-type]
    told: list[SessionEvent] = []
    for count, full in [*moods, (1, False)]:
        store.full = full
        events = [SessionEvent("fact", float(len(told) + n), {}) for n in range(count)]
        told.extend(events)
        if full:
            with pytest.raises(SimulatorError, match="disk is full"):
                log.record(events)
        else:
            log.record(events)
    assert store.kept == told
    assert log.waiting == 0
