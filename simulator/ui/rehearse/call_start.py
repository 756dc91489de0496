"""A call that is being made: on another thread, since the first one loads what it listens with."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock

from simulator.practice.messages import CallControl


class CallStart:
    """`run` makes and starts the call; `give_up` may come at any moment, and no call is left running unseen."""

    def __init__(self, make: Callable[[], CallControl]) -> None:
        self._make = make
        self._lock = Lock()
        self._control: CallControl | None = None
        self._given_up = False

    def run(self) -> CallControl | None:
        """The running call; None where it was given up meanwhile, and is closed again. Raises as the maker does."""
        control = self._make()
        control.start()
        with self._lock:
            if not self._given_up:
                self._control = control
                return control
        control.close()
        return None

    def give_up(self) -> CallControl | None:
        """The call if it is running already, for the caller to close."""
        with self._lock:
            self._given_up = True
            control, self._control = self._control, None
            return control
