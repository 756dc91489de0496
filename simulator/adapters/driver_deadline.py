"""A deadline for calls into a sound driver: what hangs there is left behind, and the program goes on."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

from simulator.domain.errors import SimulatorError

Answer = TypeVar("Answer")

CALL_WITHIN_S = 8.0


def no_answer(what: str) -> SimulatorError:
    return SimulatorError(
        f"The sound system did not answer ({what}).", "Unplug the headset, wait, plug it in again, and try again."
    )


def within(deadline_s: float, work: Callable[[], Answer], what: str) -> Answer:
    """Do something that may hang inside a sound driver; raises SimulatorError when it does, leaving it behind."""
    answers: list[Answer] = []
    errors: list[BaseException] = []

    def run() -> None:
        try:
            answers.append(work())
        except BaseException as error:  # noqa: BLE001  handed to the caller's thread
            errors.append(error)

    thread = threading.Thread(target=run, name=f"portaudio {what}", daemon=True)
    thread.start()
    thread.join(deadline_s)
    if errors:
        raise errors[0]
    if not answers:
        raise no_answer(what)
    return answers[0]
