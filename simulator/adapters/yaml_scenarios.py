"""Scenario files: a folder of YAML read as validated scenarios, every mistake named by file, line and key."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from simulator.adapters.yaml_files import load_yaml
from simulator.adapters.yaml_scenario_reader import ScenarioReader
from simulator.domain.errors import BadInputError
from simulator.domain.scenario import Scenario


@dataclass(frozen=True, slots=True)
class YamlScenarios:
    """The scenarios of a folder, one language a sub-folder. `voices` are the ids a customer's voice may have;
    None where that is not checked."""

    folder: Path
    voices: frozenset[str] | None = None

    def scenarios(self) -> Sequence[Scenario]:
        """All of them, by language and id.

        Raises BadInputError for the first file with mistakes, or whose id is not its name: so no id is there twice.
        """
        found = [self._named(path) for path in sorted(self.folder.glob("*/*.yaml"))]
        return sorted(found, key=lambda scenario: (scenario.language, scenario.id))

    def _named(self, path: Path) -> Scenario:
        scenario = load_scenario(path, self.voices)
        if scenario.id != path.stem:
            raise BadInputError(f"{path}: id: should be the file's name, '{path.stem}', not '{scenario.id}'")
        return scenario

    def find(self, id_or_path: str) -> Scenario:
        """By id or by path of a file. Raises BadInputError naming file, line and key, or the nearest id."""
        path = Path(id_or_path)
        if path.suffix in (".yaml", ".yml") or path.is_file():
            return load_scenario(path, self.voices)
        files = {file.stem: file for file in self.folder.glob("*/*.yaml")}
        if id_or_path in files:
            return load_scenario(files[id_or_path], self.voices)
        near = get_close_matches(id_or_path, files, n=1, cutoff=0.3)
        remedy = f"Did you mean '{near[0]}'?" if near else "'unruffled scenarios list' shows what there is."
        raise BadInputError(f"There is no scenario '{id_or_path}'.", remedy)


def load_scenario(path: Path, voices: Collection[str] | None = None) -> Scenario:
    """One scenario file. Raises BadInputError with every mistake of the file, one a line."""
    return ScenarioReader(load_yaml(path), voices).scenario()
