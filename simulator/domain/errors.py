"""Errors that a person can do something about."""

from __future__ import annotations


class SimulatorError(Exception):
    """Something the user can mend: what is wrong, and what to do about it.

    Adapters translate their library's errors into this one, once. `problem` and `remedy` are each one
    plain English sentence; front ends show both, a terminal prints `str(error)`.
    """

    def __init__(self, problem: str, remedy: str = "") -> None:
        super().__init__(f"{problem} {remedy}".strip())
        self.problem = problem
        self.remedy = remedy


class BadInputError(SimulatorError):
    """A file or argument is wrong; the problem names the file, the line and the key where there are any."""
