"""Reading on after a mistake in a YAML file, so that one look shows them all."""

from __future__ import annotations

from collections.abc import Callable
from difflib import get_close_matches
from typing import TypeVar

from simulator.domain.errors import BadInputError
from simulator.domain.located import Located
from simulator.domain.technique import CATALOGUE

Part = TypeVar("Part")


class Mistakes:
    """Collects the mistakes of a file; each names its file, line and key."""

    def __init__(self) -> None:
        self._found: list[tuple[int, str]] = []

    def raise_any(self) -> None:
        """Raise BadInputError with every mistake, one a line, in the order of the lines; no mistake: nothing."""
        if self._found:
            raise BadInputError("\n".join(text for _, text in sorted(set(self._found))))

    def attempt(self, place: Located, reader: Callable[[Located], Part]) -> Part | None:
        """What `reader` makes of the place; a mistake is noted, and None comes back."""
        try:
            return reader(place)
        except BadInputError as mistake:
            self._found.append((place.line, mistake.problem))
            return None

    def note(self, place: Located, what: str) -> None:
        self._found.append((place.line, place.mistake(what).problem))

    def keys(self, place: Located, required: tuple[str, ...], optional: tuple[str, ...] = ()) -> dict[str, Located]:
        """The mapping's keys; unknown and missing ones are noted, the rest is read on."""
        keys = place.mapping()
        known = (*required, *optional)
        for name, child in keys.items():
            if name not in known:
                near = get_close_matches(name, known, n=1)
                hint = f"did you mean '{near[0]}'?" if near else f"known here: {', '.join(known)}"
                self.note(child, f"is not a known key; {hint}")
        for name in required:
            if name not in keys:
                self.note(place, f"the key '{name}' is missing")
        return {name: child for name, child in keys.items() if name in known}

    def technique(self, place: Located) -> str:
        technique = place.text()
        if technique not in CATALOGUE:
            self.note(place, no_such_technique(technique))
        return technique

    def techniques(self, place: Located) -> tuple[str, ...]:
        return tuple(technique for item in place if (technique := self.attempt(item, self.technique)))


def no_such_technique(technique: str) -> str:
    near = get_close_matches(technique, CATALOGUE, n=1)
    hint = f"; did you mean '{near[0]}'?" if near else ""
    return f"there is no technique '{technique}'{hint}"
