"""Phrasebooks and what was learnt beside them, as files in assets/phrasebooks/."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from simulator.adapters.yaml_files import load_yaml
from simulator.domain.errors import BadInputError
from simulator.domain.located import Located
from simulator.wording.learned import Learned


class PhrasebookFiles:
    """`<language>.yaml`; `glossaries/<language>.tsv` where not English; for all languages together `learned.npz` and
    `names.npz`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def languages(self) -> Sequence[str]:
        return sorted(path.stem for path in self._folder.glob("*.yaml"))

    def load(self, language: str) -> Located:
        if language not in self.languages():
            known = ", ".join(self.languages()) or "none"
            raise BadInputError(f"There is no phrasebook for the language '{language}'.", f"Known: {known}.")
        return load_yaml(self._folder / f"{language}.yaml")

    def learned(self, language: str) -> Learned | None:
        found = self._arrays("learned.npz")
        if f"thresholds.{language}" not in found:
            return None
        return Learned({**found, **self._arrays("names.npz", f"names.{language}.")}, self.glossary(language))

    def _arrays(self, name: str, beginning: str = "") -> dict[str, NDArray[np.generic]]:
        """The arrays of a file whose names begin so; none where there is no such file."""
        path = self._folder / name
        if not path.is_file():
            return {}
        try:
            with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
                return {key: arrays[key] for key in arrays.files if key.startswith(beginning)}
        except (OSError, ValueError, EOFError, BadZipFile) as error:
            raise BadInputError(
                f"{path}: cannot be read as learnt weights ({error}).", "Install Unruffled again, or train it anew."
            ) from None

    def glossary(self, language: str) -> Mapping[str, str]:
        """What the language's words mean in English; empty for English itself."""
        path = self._folder / "glossaries" / f"{language}.tsv"
        if not path.is_file():
            return {}
        meanings: dict[str, str] = {}
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise BadInputError(f"{path}: cannot be read ({error}).", "Install Unruffled again.") from None
        for number, line in enumerate(lines, 1):
            word, _, meaning = line.partition("\t")
            if not word or not meaning or "\t" in meaning:
                raise BadInputError(f"{path}:{number}: should be a word, a tab and what it means in English.")
            meanings[word] = meaning
        return meanings
