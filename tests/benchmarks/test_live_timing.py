"""How exactly the customer's playback is placed in the recording: what overlap and reply gap rest on."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import numpy as np
import pytest

from simulator.adapters.portaudio import PortAudio
from simulator.adapters.portaudio_microphone import PortAudioMicrophone
from simulator.adapters.portaudio_speaker import PortAudioPlayback, PortAudioSpeaker
from simulator.ports import CAPTURE_RATE_HZ, Clip, Playback
from simulator.practice.turn_result import LineToSpeak
from simulator.workers.capture import Capture
from simulator.workers.events import SessionBlock
from simulator.workers.line_playback import LinePlayback
from simulator.workers.session_timeline import SessionTimeline
from tests.journeys.conftest import headset, portaudio, sound_server  # noqa: F401  fixtures
from tests.journeys.virtual_headset import VirtualHeadset

pytestmark = pytest.mark.needs_sound_server

RESULTS = Path(__file__).parent / "results" / "overlap-timing.md"
RATE_HZ = 22_050
LINES = 12
TONE_S = 1.5
LEAD_S = 0.5
PLAYED_LEVEL = 0.05


class Loop:
    """The microphone hears the headphones, so that the recording shows when each line was really in the air."""

    def __init__(self, library: PortAudio) -> None:
        self.timeline = SessionTimeline(time.monotonic)
        self.blocks: list[SessionBlock] = []
        self.came_s: list[float] = []
        self.capture = Capture(PortAudioMicrophone(library), self.timeline, [self._take], lambda why: None)
        self.speaker = PortAudioSpeaker(library)
        assert self.capture.open(None, 5.0)
        self.capture.go_on()

    def _take(self, block: SessionBlock) -> None:
        self.blocks.append(block)
        self.came_s.append(time.monotonic())

    def play_line(self) -> tuple[float, float, float]:
        """Errors of the line's start and end (s, positive: placed too early), and the round trip (s)."""
        played: list[PortAudioPlayback] = []

        def play(clip: Clip) -> Playback:
            played.append(self.speaker.play(clip, None, 1.0, lambda why: None))
            return played[-1]

        line = LinePlayback(LineToSpeak("a tone", 5.0, "b"), tone(), play, self.timeline, time.monotonic)
        pace = threading.Event()
        while not line.finished:
            pace.wait(0.03)
            line.poll()
        span = line.turn().span
        pace.wait(0.4)
        assert span is not None
        heard = self.loud_from(span.start_s - 0.3, span.end_s + 0.3)
        return heard[0] - span.start_s, heard[1] - span.end_s, heard[2] - played[0].given_at_s - LEAD_S

    def loud_from(self, start_s: float, end_s: float) -> tuple[float, float, float]:
        first, last = (round(s * CAPTURE_RATE_HZ) for s in (start_s, end_s))
        sound = np.zeros(last - first, np.float32)
        for block in list(self.blocks):
            at = block.first_sample - first
            if 0 <= at < len(sound) - len(block.samples):
                sound[at : at + len(block.samples)] = block.samples
        loud = np.flatnonzero(np.abs(sound) > PLAYED_LEVEL)
        onset = first + int(loud[0])
        came = next(
            when
            for block, when in zip(self.blocks, self.came_s, strict=False)
            if block.first_sample <= onset < block.first_sample + len(block.samples)
        )
        return onset / CAPTURE_RATE_HZ, (first + int(loud[-1]) + 1) / CAPTURE_RATE_HZ, came


def tone() -> Clip:
    """Half a second of silence, then a tone that begins and ends at once."""
    sound = 0.3 * np.sin(2 * np.pi * 1_000 * np.arange(round(TONE_S * RATE_HZ)) / RATE_HZ)
    silence = np.zeros(round(LEAD_S * RATE_HZ))
    return Clip(np.concatenate([silence, sound, silence]).astype(np.float32), RATE_HZ)


@pytest.mark.timeout(300)
@pytest.mark.benchmark(group="live")
def test_overlap_timing(benchmark, headset: VirtualHeadset, portaudio: PortAudio) -> None:  # noqa: F811
    headset.hear_oneself()
    near = errors_of_lines(portaudio)
    headset.sound_late()
    late = errors_of_lines(portaudio)
    starts, ends, trips = (1_000 * column for column in late.T[:3])
    benchmark.extra_info.update(worst_ms=float(np.abs([starts, ends]).max()), round_trip_ms=float(np.median(trips)))
    benchmark.pedantic(SessionTimeline(time.monotonic).now_s, rounds=50, iterations=100)
    RESULTS.write_text(report(near, late), encoding="utf-8")
    assert len(near) == len(late) == LINES


def errors_of_lines(library: PortAudio) -> np.ndarray:
    """(LINES, 4): errors of start and end, round trip (s), and the blocks dropped so far."""
    loop = Loop(library)
    try:
        return np.array([(*loop.play_line(), loop.capture.dropped_blocks) for _ in range(LINES)])
    finally:
        loop.capture.close()


def report(near: np.ndarray, late: np.ndarray) -> str:
    cells = [
        ("start of the sound, median", lambda of: f"{np.median(of[:, 0]) * 1_000:+.1f} ms", "30 ms"),
        ("start of the sound, worst", lambda of: f"{worst(of[:, 0]) * 1_000:+.1f} ms", "30 ms"),
        ("end of the sound, median", lambda of: f"{np.median(of[:, 1]) * 1_000:+.1f} ms", "30 ms"),
        ("end of the sound, worst", lambda of: f"{worst(of[:, 1]) * 1_000:+.1f} ms", "30 ms"),
        ("round trip, median", lambda of: f"{np.median(of[:, 2]) * 1_000:.0f} ms", "(60 ms)"),
        (
            "round trip, shortest and longest",
            lambda of: f"{of[:, 2].min() * 1_000:.0f}, {of[:, 2].max() * 1_000:.0f} ms",
            "",
        ),
        ("dropped blocks", lambda of: f"{of[-1, 3]:.0f}", "0"),
    ]
    rows = "".join(f"| {name} | {cell(near)} | {cell(late)} | {goal} |\n" for name, cell, goal in cells)
    return (
        "# Timing of overlap on a virtual headset\n\n"
        f"{LINES} lines each over PulseAudio (null sink, its monitor as microphone), 22.05 kHz out, 16 kHz in,\n"
        "latency 'high'; and the same with a link before the headphones that delays the sound, as a wireless one\n"
        "does, and reports by how much. The error is where the program placed a line's sound against where the\n"
        "recording shows it. The round trip is from handing a sample to PortAudio until its recording arrived. A\n"
        "delay that a device keeps to itself cannot be taken off. Exactly 60 ms (40 out, 20 in) are emulated in\n"
        "`tests/workers/test_overlap_timing.py`.\n\n"
        "| | wired | wireless | goal |\n|---|---|---|---|\n" + rows
    )


def worst(errors: np.ndarray) -> float:
    return float(errors[np.argmax(np.abs(errors))])
