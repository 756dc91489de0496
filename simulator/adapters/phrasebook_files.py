"""Phrasebooks and what was learnt for them, as files in assets/phrasebooks/."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from simulator.adapters.yaml_files import load_yaml
from simulator.domain.errors import BadInputError
from simulator.domain.located import Located


class PhrasebookFiles:
    """`<language>.yaml` and, where a model was trained, `<language>.npz` beside it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def languages(self) -> Sequence[str]:
        return sorted(path.stem for path in self._folder.glob("*.yaml"))

    def load(self, language: str) -> Located:
        if language not in self.languages():
            known = ", ".join(self.languages()) or "none"
            raise BadInputError(f"There is no phrasebook for the language '{language}'.", f"Known: {known}.")
        return load_yaml(self._folder / f"{language}.yaml")

    def learned(self, language: str) -> Mapping[str, NDArray[np.generic]]:
        path = self._folder / f"{language}.npz"
        if not path.is_file():
            return {}
        try:
            with np.load(path, allow_pickle=False) as arrays:
                return {name: arrays[name] for name in arrays.files}
        except (OSError, ValueError, EOFError) as error:
            raise BadInputError(
                f"{path}: cannot be read as learnt weights ({error}).", "Install Unruffled again, or train it anew."
            ) from None
