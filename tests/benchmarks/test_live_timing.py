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


@pytest.mark.timeout(180)
@pytest.mark.benchmark(group="live")
def test_overlap_timing(benchmark, headset: VirtualHeadset, portaudio: PortAudio) -> None:  # noqa: F811
    headset.hear_oneself()
    loop = Loop(portaudio)
    try:
        errors = [loop.play_line() for _ in range(LINES)]
        benchmark.pedantic(loop.timeline.now_s, rounds=50, iterations=100)
        dropped = loop.capture.dropped_blocks
    finally:
        loop.capture.close()
    starts, ends, trips = (np.array(column) * 1_000 for column in zip(*errors, strict=True))
    benchmark.extra_info.update(worst_ms=float(np.abs([starts, ends]).max()), round_trip_ms=float(np.median(trips)))
    RESULTS.write_text(
        "# Timing of overlap on a virtual headset\n\n"
        f"{LINES} lines over PulseAudio (null sink, its monitor as microphone), 22.05 kHz out, 16 kHz in, latency\n"
        "'high'. The error is where the program placed a line's sound against where the recording shows it.\n"
        "The round trip is from handing a sample to PortAudio until its recording arrived.\n\n"
        "| | median | worst | goal |\n|---|---|---|---|\n"
        f"| start of the sound | {np.median(starts):+.1f} ms | {worst(starts):+.1f} ms | 30 ms |\n"
        f"| end of the sound | {np.median(ends):+.1f} ms | {worst(ends):+.1f} ms | 30 ms |\n"
        f"| round trip | {np.median(trips):.0f} ms | {trips.max():.0f} ms | (60 ms) |\n"
        f"| dropped blocks | {dropped} | | 0 |\n",
        encoding="utf-8",
    )
    assert len(errors) == LINES


def worst(errors_ms: np.ndarray) -> float:
    return float(errors_ms[np.argmax(np.abs(errors_ms))])
