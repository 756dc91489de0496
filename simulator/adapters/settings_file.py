"""The settings as a small JSON file."""

from __future__ import annotations

import dataclasses
import json
import os
from pathlib import Path

from simulator.domain.errors import SimulatorError
from simulator.practice.settings import Settings

_KINDS: dict[str, tuple[type, ...]] = {
    "str": (str,),
    "str | None": (str, type(None)),
    "bool": (bool,),
    "float": (float, int),
}


class JsonSettingsFile:
    """`practice.settings.SettingsFile` in one file; written whole or not at all."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def load(self) -> Settings:
        """What was kept; a value of the wrong type gives its default, a file that is no JSON is set aside."""
        try:
            kept = json.loads(self._path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return Settings()
        except (OSError, ValueError):
            self._set_aside()
            return Settings()
        if not isinstance(kept, dict):
            self._set_aside()
            return Settings()
        fields = {field.name: _KINDS[str(field.type)] for field in dataclasses.fields(Settings)}
        return Settings(**{name: kept[name] for name, kinds in fields.items() if _fits(kept, name, kinds)})

    def save(self, settings: Settings) -> None:
        """Raises SimulatorError where the folder cannot be written; the old settings stay."""
        fresh = self._path.with_suffix(".new")
        try:
            with fresh.open("w", encoding="utf-8") as file:
                json.dump(dataclasses.asdict(settings), file, indent=2)
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(self._path)
        except OSError as error:
            reason = error.strerror or str(error)
            raise SimulatorError(
                f"The settings could not be saved ({reason}).", "Free some space and try again."
            ) from error

    def _set_aside(self) -> None:
        try:
            self._path.replace(self._path.with_suffix(".broken"))
        except OSError:
            # A file that can be neither read nor moved must not keep the program from starting.
            return


def _fits(kept: dict[str, object], name: str, kinds: tuple[type, ...]) -> bool:
    if name not in kept:
        return False
    value = kept[name]
    return isinstance(value, kinds) and (bool in kinds or not isinstance(value, bool))
