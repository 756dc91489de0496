"""The streams of PortAudio that are open just now.

The library frees every stream when it looks for devices again, and hands the same memory to the next one: a stream
that is closed late then closes a stranger's. So each is closed once, and all of them before the library starts anew.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from simulator.adapters.driver_deadline import CALL_WITHIN_S, no_answer, within
from simulator.domain.errors import SimulatorError


class DeviceStream:
    """One running stream. May be closed from any thread, however often."""

    def __init__(self, stream: Any, what: str, on_closed: Callable[[DeviceStream], None]) -> None:
        self._stream = stream
        self._what = what
        self._on_closed = on_closed
        self._in_use = threading.Lock()
        self._close_asked = threading.Lock()
        self._closed = threading.Event()

    @property
    def active(self) -> bool:
        """Whether it still runs; not while it is being closed."""
        if not self._in_use.acquire(blocking=False):
            return False
        try:
            # At the program's end the library itself closes what is left.
            with suppress(Exception):
                return not self._closed.is_set() and bool(self._stream.active)
            return False
        finally:
            self._in_use.release()

    def start(self) -> None:
        """Raises PortAudioError."""
        with self._in_use:
            self._stream.start()

    def close(self) -> None:
        """Returns when it is closed, whoever closed it. Raises SimulatorError where the driver hangs."""
        what = f"closing the {self._what}"
        if self._close_asked.acquire(blocking=False):
            within(CALL_WITHIN_S, self._close, what)
        elif not self._closed.wait(CALL_WITHIN_S):
            raise no_answer(what)

    def _close(self) -> None:
        with self._in_use:
            self._stream.abort(ignore_errors=True)
            self._stream.close(ignore_errors=True)
            self._closed.set()
        self._on_closed(self)


class OpenStreams:
    """Every stream of this process, whoever opened it."""

    def __init__(self) -> None:
        self._open: set[DeviceStream] = set()
        self._opening: set[threading.Event] = set()
        self._restarting = threading.Event()
        self._library_in_use = threading.Lock()

    def open(self, make: Callable[[], Any], what: str) -> DeviceStream:
        """Start the stream that `make` makes on `what` ("microphone").

        Raises PortAudioError, or SimulatorError where the driver hangs; no stream stays open then.
        """
        given_up = threading.Event()
        started: list[DeviceStream] = []

        def start() -> DeviceStream:
            try:
                stream = DeviceStream(make(), what, self._open.discard)
                self._open.add(stream)
            finally:
                self._opening.discard(given_up)
            try:
                stream.start()
            except BaseException:
                close_quietly(stream)
                raise
            started.append(stream)
            if given_up.is_set():
                close_quietly(stream)
            return stream

        with self.kept():
            self._opening.add(given_up)
            try:
                return within(CALL_WITHIN_S, start, f"opening the {what}")
            except BaseException:
                given_up.set()
                for stream in started:
                    close_quietly(stream)
                raise

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Nothing is opened meanwhile, and the library does not start anew. Raises SimulatorError where it hangs."""
        with self._library_in_use:
            if self._restarting.is_set():
                raise no_answer("looking for devices")
            yield

    def close_all(self) -> None:
        """Raises SimulatorError where a driver hangs."""
        with self.kept():
            self._close_all()

    def restart(self, work: Callable[[], None], deadline_s: float) -> None:
        """Do what starts the library anew, with all streams closed and none opened meanwhile.

        Raises SimulatorError where a driver hangs, and what `work` raises.
        """

        def run() -> bool:
            try:
                work()
            finally:
                self._restarting.clear()
            return True

        with self.kept():
            self._close_all()
            self._restarting.set()
            within(deadline_s, run, "looking for devices")

    def _close_all(self) -> None:
        if self._opening:
            raise no_answer("opening a device")
        for stream in tuple(self._open):
            stream.close()


def close_quietly(stream: DeviceStream) -> None:
    """A driver that hangs keeps its thread; the program goes on without it."""
    with suppress(SimulatorError):
        stream.close()
