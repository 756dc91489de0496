"""The microphone over PortAudio: a callback that only copies, a bounded queue, and a watch that notices a dead one."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from typing import Any

import numpy as np
import soxr

from simulator.adapters.portaudio import PortAudio
from simulator.adapters.portaudio_streams import DeviceStream, close_quietly
from simulator.adapters.pulse_server import chosen
from simulator.domain.errors import SimulatorError
from simulator.ports import CAPTURE_RATE_HZ, FIRST_SOUND_WITHIN_S, Block, Samples

BLOCK_S = 0.02
QUEUE_BLOCKS = 400
ANCHORS = 128
LONGEST_LATENCY_S = 0.3
# PulseAudio reports a delay of half a second at first, which is not there.
SETTLE_S = 1.5
SILENT_POLLS = 5
POLL_S = 0.1
# Whoever waits for the first sound hears it after a second try as well.
FIRST_BLOCK_WITHIN_S = FIRST_SOUND_WITHIN_S / 2
MOST_TRIES = 2
STOPPED = "The microphone has stopped: it was unplugged, or another program took it."
GIVES_NOTHING = "The microphone is plugged in but gives no sound: plug it in again, or choose another in the settings."
MONITOR_INSTEAD = "The microphone is gone: the system would now record what the headphones play."
ANOTHER_INSTEAD = "The microphone is gone: the system would now record another one."
SOURCE_CHECK_S = 1.0

OnBlock = Callable[[Block], None]
OnLost = Callable[[str], None]


class PortAudioMicrophone:
    """Fulfils `ports.Microphone`: 16 kHz mono, or the device's own rate resampled where it refuses 16 kHz."""

    def __init__(self, portaudio: PortAudio) -> None:
        self._portaudio = portaudio

    def open(self, device: str | None, on_block: OnBlock, on_lost: OnLost) -> PortAudioInput:
        index, source = self._portaudio.find(device, output=False)
        library = self._portaudio.library()
        rates = [CAPTURE_RATE_HZ, self._portaudio.own_rate_hz(index, output=False)]
        for rate_hz in dict.fromkeys(rates):
            stream = PortAudioInput(rate_hz, on_block, on_lost, self._portaudio)
            try:
                stream.begin(index, source)
            except library.PortAudioError as error:
                stream.close()
                if rate_hz == rates[-1]:
                    raise self._portaudio.trouble(error, "microphone") from error
            except SimulatorError:
                stream.close()
                raise
            else:
                return stream
        raise AssertionError("every rate either opened or raised")


class PortAudioInput:
    """Fulfils `ports.InputStream`. `on_block` and `on_lost` are called from its own thread, not from the callback."""

    def __init__(self, rate_hz: int, on_block: OnBlock, on_lost: OnLost, portaudio: PortAudio) -> None:
        self._rate_hz = rate_hz
        self._on_block = on_block
        self._on_lost = on_lost
        self._portaudio = portaudio
        self._convert = Resampler(rate_hz)
        self._queue: queue.Queue[tuple[int, Samples] | None] = queue.Queue(QUEUE_BLOCKS)
        self._captured = 0
        self._dropped = 0
        self._last_call_s = 0.0
        self._delays = np.full(ANCHORS, np.nan)
        self._begins = np.full(ANCHORS, np.nan)
        self._calls = 0
        self._settled_calls = 0
        self._finished = False
        self._closing = threading.Event()
        self._reported = threading.Lock()
        self._stream: DeviceStream | None = None
        self._device: tuple[int | None, str | None] = None, None
        self.source_known = False
        self._pump = threading.Thread(target=self._hand_on, name="microphone", daemon=True)
        self._watch = threading.Thread(target=self._watch_source, name="microphone watch", daemon=True)

    @property
    def dropped_blocks(self) -> int:
        return self._dropped

    @property
    def latency_s(self) -> float:
        """From the air to the program, for the block that was delayed least of the last ones.

        What a driver says of itself is held within reason: none hears the future.
        """
        delays, begins = self._delays[: self._calls], self._begins[: self._calls]
        waited_s = float(np.clip(np.min(delays) - np.median(begins), 0.0, LONGEST_LATENCY_S)) if len(delays) else 0.0
        return waited_s + self._convert.held_s

    def begin(self, index: int | None, source: str | None) -> None:
        """`source` is the sound server's name of the microphone. Raises PortAudioError or SimulatorError."""
        self._device = index, source
        self._connect()
        self._pump.start()
        self._watch.start()

    def close(self) -> None:
        if self._closing.is_set():
            return
        self._closing.set()
        self._disconnect()
        with suppress(queue.Full):
            self._queue.put_nowait(None)
        for thread in (self._pump, self._watch):
            if thread.ident is not None and thread is not threading.current_thread():
                thread.join(2.0)

    def _captured_block(self, data: Any, frames: int, when: Any, status: Any) -> None:
        now = time.monotonic()
        first, self._captured = self._captured, self._captured + frames
        try:
            self._queue.put_nowait((first, data[:, 0].copy()))
        except queue.Full:
            self._dropped += 1
        if status.input_overflow:
            self._dropped += 1
        self._last_call_s = now
        self._settled_calls += 1
        if self._settled_calls * BLOCK_S < SETTLE_S:
            return
        # Both count from the first sample on the machine's clock: when the block came, and when it was in the air.
        at = self._calls % ANCHORS
        self._delays[at] = now - self._captured / self._rate_hz
        self._begins[at] = now - (when.currentTime - when.inputBufferAdcTime) - first / self._rate_hz
        self._calls += 1

    def _stream_finished(self) -> None:
        self._finished = True

    def _connect(self) -> None:
        index, source = self._device
        make = partial(
            self._portaudio.library().InputStream,
            samplerate=self._rate_hz,
            blocksize=round(BLOCK_S * self._rate_hz),
            device=index,
            channels=1,
            dtype="float32",
            latency="high",
            callback=self._captured_block,
            finished_callback=self._stream_finished,
        )
        with chosen("PULSE_SOURCE", source):
            self._stream = self._portaudio.streams.open(make, "microphone")

    def _disconnect(self) -> None:
        stream, self._stream = self._stream, None
        if stream is not None:
            close_quietly(stream)

    def _connect_again(self) -> None:
        self._disconnect()
        if self._closing.is_set():
            return
        self._finished = False
        try:
            self._connect()
        except Exception:  # noqa: BLE001  PortAudio's errors; whatever it was, there is no microphone
            self._lost(STOPPED)
        if self._closing.is_set():
            self._disconnect()

    def _hand_on(self) -> None:
        silent_polls = 0
        tries = 1
        while not self._closing.is_set():
            try:
                item = self._queue.get(timeout=POLL_S)
            except queue.Empty:
                # Counted in polls: where the whole program stood still, the microphone is not to blame.
                silent_polls += 1
                if (silent_polls > 1 and self._finished) or (self._last_call_s and silent_polls >= SILENT_POLLS):
                    self._lost(STOPPED)
                    return
                if not self._last_call_s and silent_polls * POLL_S >= FIRST_BLOCK_WITHIN_S:
                    if tries == MOST_TRIES:
                        self._lost(GIVES_NOTHING)
                        return
                    tries, silent_polls = tries + 1, 0
                    self._connect_again()
                continue
            silent_polls = 0
            if item is not None:
                for block in self._convert(*item):
                    self._on_block(block)

    def _watch_source(self) -> None:
        """The sound server moves a recording whose microphone is gone to another one, or to a monitor."""
        first = None
        while not self._closing.wait(SOURCE_CHECK_S):
            source = self._portaudio.pulse.recorded_source()
            if source is None:
                continue
            first = first or source
            self.source_known = True
            if source.name != first.name:
                self._lost(MONITOR_INSTEAD if source.monitors else ANOTHER_INSTEAD)
                return

    def _lost(self, reason: str) -> None:
        if not self._closing.is_set() and self._reported.acquire(blocking=False):
            self._on_lost(reason)


class Resampler:
    """Numbers the samples at 16 kHz; converts where the device has another rate. Gaps stay gaps."""

    def __init__(self, rate_hz: int) -> None:
        self._rate_hz = rate_hz
        self._stream = self._fresh()
        self._expected = 0
        self._first_out = 0
        self.held_s = 0.0
        """How much sound the conversion keeps back just now."""

    def __call__(self, first: int, samples: Samples) -> Iterator[Block]:
        if self._stream is None:
            yield Block(samples, first)
            return
        if first != self._expected:
            self._stream = self._fresh()
            self._first_out = round(first * CAPTURE_RATE_HZ / self._rate_hz)
        self._expected = first + len(samples)
        converted = np.asarray(self._stream.resample_chunk(samples), np.float32)
        if len(converted):
            yield Block(converted, self._first_out)
            self._first_out += len(converted)
            self.held_s = self._expected / self._rate_hz - self._first_out / CAPTURE_RATE_HZ

    def _fresh(self) -> Any:
        if self._rate_hz == CAPTURE_RATE_HZ:
            return None
        return soxr.ResampleStream(self._rate_hz, CAPTURE_RATE_HZ, 1, dtype="float32", quality="MQ")
