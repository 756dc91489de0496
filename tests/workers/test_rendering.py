"""Lines rendered when they are wanted, and the likely ones before."""

from __future__ import annotations

import queue
from collections.abc import Iterator

import pytest

from simulator.domain.errors import SimulatorError
from simulator.practice.turn_result import LineToSpeak
from simulator.workers.events import CallEvent, LineRendered
from simulator.workers.rendering import CLIPS_KEPT, LINES_AHEAD, LineRenderer
from tests.workers.call_fakes import ToneVoice


def line(text: str, temper: float = 5.0) -> LineToSpeak:
    return LineToSpeak(text, temper, "b")


class Bench:
    def __init__(self) -> None:
        self.voice = ToneVoice(duration_s=0.1)
        self.told: queue.Queue[CallEvent] = queue.Queue()
        self.renderer = LineRenderer(self.voice, "maria", self.told.put)

    def wanted(self, wanted: LineToSpeak) -> LineRendered:
        self.renderer.want(wanted)
        event = self.told.get(timeout=5)
        assert isinstance(event, LineRendered)
        assert event.line == wanted
        return event


@pytest.fixture
def bench() -> Iterator[Bench]:
    bench = Bench()
    bench.renderer.start()
    yield bench
    assert bench.renderer.stop(5.0)


def test_a_line_rendered_ahead_is_not_rendered_again(bench: Bench) -> None:
    bench.renderer.prepare([line("one"), line("two")])
    bench.voice.wait_until_rendered("two")
    assert bench.wanted(line("two")).clip is not None
    assert bench.voice.rendered == ["one", "two"]


def test_the_same_words_at_another_temper_are_another_clip(bench: Bench) -> None:
    bench.wanted(line("one", 9.0))
    bench.wanted(line("one", 9.05))
    bench.wanted(line("one", 2.0))
    assert bench.voice.rendered == ["one", "one"]


def test_only_some_lines_are_prepared_and_the_oldest_clips_go(bench: Bench) -> None:
    bench.renderer.prepare([line(str(number)) for number in range(20)])
    bench.voice.wait_until_rendered(str(LINES_AHEAD - 1))
    for number in range(20, 20 + CLIPS_KEPT):
        bench.wanted(line(str(number)))
    assert str(LINES_AHEAD) not in bench.voice.rendered
    bench.wanted(line("0"))
    assert bench.voice.rendered.count("0") == 2


def test_a_voice_that_fails_is_told_and_asked_again(bench: Bench) -> None:
    bench.voice.trouble = SimulatorError("No voice is installed.", "Install espeak-ng.")
    failed = bench.wanted(line("one"))
    assert failed.clip is None
    assert "No voice is installed" in failed.trouble
    bench.voice.trouble = None
    assert bench.wanted(line("one")).clip is not None


def test_a_renderer_that_was_never_started_can_be_stopped() -> None:
    assert Bench().renderer.stop(1.0)
