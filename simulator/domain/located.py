"""Data that knows where it was written, so that a mistake can be named by file, line and key."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from simulator.domain.errors import BadInputError

Choice = TypeVar("Choice", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Located:
    """A scalar (always kept as the text that was written), a list or a mapping, with its file, line and key path."""

    value: str | tuple[Located, ...] | dict[str, Located]
    file: str
    line: int
    key: str

    def mistake(self, what: str) -> BadInputError:
        """The error to raise for this place: `file:line: key: what`."""
        return BadInputError(f"{self.file}:{self.line}: {self.key or 'the document'}: {what}")

    def mapping(self, *, required: tuple[str, ...] = (), optional: tuple[str, ...] = ()) -> dict[str, Located]:
        """The keys of a mapping; with `required` or `optional` given, any other key is a mistake."""
        if not isinstance(self.value, dict):
            raise self.mistake("should be a mapping of keys to values")
        if required or optional:
            for name, child in self.value.items():
                if name not in required and name not in optional:
                    known = ", ".join((*required, *optional))
                    raise child.mistake(f"is not a known key; known here: {known}")
            for name in required:
                if name not in self.value:
                    raise self.mistake(f"the key '{name}' is missing")
        return self.value

    def items(self) -> tuple[Located, ...]:
        """The entries of a list; a single scalar is not a list."""
        if not isinstance(self.value, tuple):
            raise self.mistake("should be a list")
        return self.value

    def text(self) -> str:
        """A scalar that is not empty."""
        if not isinstance(self.value, str):
            raise self.mistake("should be a text")
        if not self.value.strip():
            raise self.mistake("is empty")
        return self.value

    def texts(self) -> tuple[str, ...]:
        return tuple(item.text() for item in self.items())

    def number(self, lowest: float, highest: float) -> float:
        try:
            number = float(self.text())
        except ValueError:
            raise self.mistake(f"should be a number from {lowest:g} to {highest:g}, not '{self.value}'") from None
        if not lowest <= number <= highest:
            raise self.mistake(f"should be from {lowest:g} to {highest:g}, not {number:g}")
        return number

    def flag(self) -> bool:
        if self.value not in ("true", "false"):
            raise self.mistake(f"should be true or false, not '{self.value}'")
        return self.value == "true"

    def one_of(self, choices: type[Choice]) -> Choice:
        try:
            return choices(self.text())
        except ValueError:
            raise self.mistake(f"should be one of {', '.join(choices)}, not '{self.value}'") from None

    def __iter__(self) -> Iterator[Located]:
        return iter(self.items())
