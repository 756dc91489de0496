"""The headphones over PortAudio: a clip that is ready before it starts, and how much of it has been heard."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
import soxr

from simulator.adapters.hearing_limiter import protect_hearing
from simulator.adapters.portaudio import PortAudio
from simulator.adapters.portaudio_streams import DeviceStream, OpenStreams, close_quietly
from simulator.adapters.pulse_server import chosen
from simulator.ports import Clip, Samples

BLOCK_S = 0.01
# The pulse plugin was seen to ask for nothing for 2 s after an underrun on a loaded machine, and then to go on.
STUCK_FOR_S = 3.0
# A Bluetooth headset or an idle sink takes its time to start.
WAKES_WITHIN_S = 4.0
POLL_S = 0.02
POLLS_BEFORE_OVER = 5
JUMP_S = 0.02
ANCHORS = 64


class PortAudioSpeaker:
    """Fulfils `ports.Speaker`. Every clip passes the limiter; the volume can only lower it further."""

    def __init__(self, portaudio: PortAudio) -> None:
        self._portaudio = portaudio

    def play(self, clip: Clip, device: str | None, volume: float, on_lost: Callable[[str], None]) -> PortAudioPlayback:
        index, sink = self._portaudio.find(device, output=True)
        library = self._portaudio.library()
        rates = [clip.rate_hz, self._portaudio.own_rate_hz(index, output=True)]
        for rate_hz in dict.fromkeys(rates):
            playback = PortAudioPlayback(_at_rate(clip, rate_hz), rate_hz, volume, on_lost)
            try:
                with chosen("PULSE_SINK", sink):
                    playback.begin(library, index, self._portaudio.streams)
            except library.PortAudioError as error:
                if rate_hz == rates[-1]:
                    raise self._portaudio.trouble(error, "headphones") from error
            else:
                return playback
        raise AssertionError("every rate either opened or raised")


class PortAudioPlayback:
    """Fulfils `ports.Playback`.

    Each callback says when its first frame will leave the headphones; the median over the last callbacks is where
    the clip began on the machine's clock, free of the scheduler's jitter.
    """

    def __init__(self, samples: Samples, rate_hz: int, volume: float, on_lost: Callable[[str], None]) -> None:
        self._samples = samples
        self._rate_hz = rate_hz
        self._volume = self._gain = float(np.clip(volume, 0.0, 1.0))
        self._on_lost = on_lost
        self._given = 0
        self._begins = np.full(ANCHORS, np.nan)
        self._calls = 0
        self._first_call_s = self._last_call_s = 0.0
        self._stream: DeviceStream | None = None
        self._ended = threading.Event()
        self._stopped_at_s: float | None = None
        self._lock = threading.Lock()
        self._watch = threading.Thread(target=self._watch_over, name="headphones", daemon=True)

    @property
    def heard_s(self) -> float:
        if self._stopped_at_s is not None:
            return self._stopped_at_s
        began_s = self.began_s
        if began_s is None:
            return 0.0
        given_s = self._given / self._rate_hz
        return float(np.clip(time.monotonic() - began_s, 0.0, min(given_s, self._duration_s)))

    @property
    def began_s(self) -> float | None:
        """When the first sample left the headphones, on the machine's monotonic clock; None before that is known."""
        known = self._begins[: min(self._calls, ANCHORS)]
        return float(np.median(known)) if len(known) else None

    @property
    def given_at_s(self) -> float:
        """When the first sample was handed to PortAudio (machine's clock); 0.0 before."""
        return self._first_call_s

    @property
    def finished(self) -> bool:
        return self._stopped_at_s is not None or self.heard_s >= self._duration_s

    def set_volume(self, volume: float) -> None:
        self._volume = float(np.clip(volume, 0.0, 1.0))

    def begin(self, library: Any, index: int | None, streams: OpenStreams) -> None:
        """Raises PortAudioError or SimulatorError."""
        make = partial(
            library.OutputStream,
            samplerate=self._rate_hz,
            blocksize=0,
            device=index,
            channels=1,
            dtype="float32",
            latency="high",
            callback=self._wanted_block,
        )
        self._stream = streams.open(make, "headphones")
        self._watch.start()

    def stop(self) -> None:
        with self._lock:
            if self._stopped_at_s is None:
                self._stopped_at_s = self.heard_s
        self._ended.set()
        stream, self._stream = self._stream, None
        if stream is not None:
            close_quietly(stream)

    @property
    def _duration_s(self) -> float:
        return len(self._samples) / self._rate_hz

    def _wanted_block(self, out: Any, frames: int, when: Any, _status: Any) -> None:
        now = time.monotonic()
        first = self._given
        self._learn_begin(now + when.outputBufferDacTime - when.currentTime - first / self._rate_hz)
        self._first_call_s = self._first_call_s or now
        self._last_call_s = now
        piece = self._samples[first : first + frames]
        gain, self._gain = self._gain, self._volume
        out[: len(piece), 0] = piece * np.linspace(gain, self._volume, len(piece), dtype=np.float32)
        out[len(piece) :] = 0.0
        self._given = first + frames

    def _learn_begin(self, begin_s: float) -> None:
        """A device that wakes up late, or has run dry, plays the rest later: what was learnt before is void then."""
        known = self._begins[: min(self._calls, ANCHORS)]
        if len(known) and abs(begin_s - np.median(known)) > JUMP_S:
            self._calls = 0
        self._begins[self._calls % ANCHORS] = begin_s
        self._calls += 1

    def _is_stuck(self, polls: int) -> bool:
        """After so many polls without a call. Where the whole program stood still, the headphones are not to blame."""
        awake = self._last_call_s - self._first_call_s > STUCK_FOR_S
        return polls * POLL_S > (STUCK_FOR_S if awake else WAKES_WITHIN_S)

    def _watch_over(self) -> None:
        """Ends the stream after the last sample was heard, and notices one that asks for no more sound."""
        polls, last_call_s = 0, self._last_call_s
        while not self._ended.wait(POLL_S):
            polls = polls + 1 if self._last_call_s == last_call_s else 0
            last_call_s = self._last_call_s
            stream = self._stream
            over = polls >= POLLS_BEFORE_OVER and self._given < len(self._samples) and stream and not stream.active
            if self.finished:
                self.stop()
            elif (over or self._is_stuck(polls)) and not self._ended.is_set():
                # Told first: a line that was lost has not been heard to its end.
                self._on_lost("The headphones have stopped: they were unplugged, or another program took them.")
                self.stop()


def _at_rate(clip: Clip, rate_hz: int) -> Samples:
    samples = clip.samples
    if clip.rate_hz != rate_hz and len(samples):
        samples = soxr.resample(samples.astype(np.float32), clip.rate_hz, rate_hz)
    return protect_hearing(samples, rate_hz)
