"""What authors of scenarios need: a template to start from, and a drawing of the beats."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from simulator.adapters.scenario_graph import draw_beats
from simulator.domain.errors import SimulatorError
from simulator.domain.scenario import Scenario


@dataclass(frozen=True, slots=True)
class ScenarioDeskFiles:
    """Fulfils `ports.ScenarioDesk` with the template that comes with the program."""

    template_file: Path

    def template(self, scenario_id: str) -> str:
        """The template as a scenario of that id."""
        try:
            text = self.template_file.read_text(encoding="utf-8")
        except OSError as error:
            raise SimulatorError(f"The template {self.template_file} cannot be read ({error.strerror}).") from None
        return text.replace("id: template-id", f"id: {scenario_id}", 1)

    def draw(self, scenario: Scenario, to: Path) -> None:
        """By the file's ending: .png and .svg are pictures, .dot is for Graphviz."""
        draw_beats(scenario, to)
