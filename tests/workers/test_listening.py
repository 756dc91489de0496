"""Listening hears through the detector of speech that it is given."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from simulator.ports import CAPTURE_RATE_HZ, Samples
from simulator.workers.events import CallEvent, Heard, SessionBlock
from simulator.workers.listening import Listen, ListeningWorker

BLOCK = 1600


class HearsFromTheSecondBlock:
    """Takes anything for speech from its second block on."""

    def __init__(self, noise_dbfs: float | None) -> None:
        self.noise_dbfs = noise_dbfs
        self._blocks = 0

    def feed(self, samples: Samples) -> None:
        self._blocks += 1

    @property
    def speaking(self) -> bool:
        return self._blocks > 1

    @property
    def speech_started_s(self) -> float | None:
        return BLOCK / CAPTURE_RATE_HZ if self.speaking else None

    @property
    def silence_s(self) -> float:
        return 0.0


@pytest.fixture
def told() -> list[CallEvent]:
    return []


@pytest.fixture
def listening(told: list[CallEvent]) -> Iterator[ListeningWorker]:
    worker = ListeningWorker("en", None, "", lambda item: None, told.append, HearsFromTheSecondBlock)
    worker.start()
    yield worker
    worker.stop(5.0)


def test_a_turn_begins_where_the_given_detector_says_so(listening: ListeningWorker, told: list[CallEvent]) -> None:
    listening.put(Listen(1))
    for number in range(3):
        listening.put(SessionBlock(np.zeros(BLOCK, dtype=np.float32), number * BLOCK))
    assert listening.drain(5.0)
    heard = [event for event in told if isinstance(event, Heard)]
    assert [event.speaking for event in heard] == [False, True, True]
    assert [event.started_s for event in heard] == [None, 0.1, 0.1]
