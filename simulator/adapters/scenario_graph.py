"""A drawing of a scenario's beats: boxes in layers from the start down to the ends (matplotlib), or Graphviz text."""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import Any

from simulator.domain.beat_ways import Way, layers, ways
from simulator.domain.errors import BadInputError, SimulatorError
from simulator.domain.scenario import Scenario

PICTURES = (".png", ".svg")
ENDINGS = (*PICTURES, ".dot")
BOX_WIDTH, BOX_HEIGHT, ROW_HEIGHT, COLUMN_WIDTH = 2.4, 0.9, 1.9, 3.0
BEAT, FAREWELL, END = "#e8f1f2", "#e3f0e3", "#f3e9dc"
INK, FAINT = "#1b3a3f", "#7a8a8c"


def draw_beats(scenario: Scenario, to: Path) -> None:
    """By the ending of `to`. Raises BadInputError for an unknown ending, SimulatorError where it cannot be written."""
    ending = to.suffix.lower()
    if ending not in ENDINGS:
        raise BadInputError(f"{to}: the ending should be one of {', '.join(ENDINGS)}.")
    try:
        if ending == ".dot":
            to.write_text(as_dot(scenario), encoding="utf-8")
        else:
            _picture(scenario, to)
    except OSError as error:
        raise SimulatorError(f"{to}: cannot be written ({error.strerror}).", "Choose another folder.") from None


def as_dot(scenario: Scenario) -> str:
    """For Graphviz."""
    lines = [f"digraph {_quoted(scenario.id)} {{", "  rankdir=TB; node [shape=box, style=rounded];"]
    lines += [f"  {{ rank=same; {' '.join(_quoted(name) + ';' for name in row)} }}" for row in layers(scenario)]
    for way in ways(scenario):
        style = ", style=dashed" if way.is_fallback else ""
        lines.append(f"  {_quoted(way.start)} -> {_quoted(way.to)} [label={_quoted(way.label)}{style}];")
    return "\n".join([*lines, "}", ""])


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _picture(scenario: Scenario, to: Path) -> None:
    # Imported here: matplotlib takes half a second, and only drawing needs it.
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    rows = layers(scenario)
    width = max(len(row) for row in rows) * COLUMN_WIDTH
    figure = Figure(figsize=(max(9.0, width + 1.0), len(rows) * ROW_HEIGHT + 0.8))
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0.0, 0.0, 1.0, 1.0))
    axes.set_axis_off()
    places = {
        name: ((at - (len(row) - 1) / 2) * COLUMN_WIDTH, -number * ROW_HEIGHT)
        for number, row in enumerate(rows)
        for at, name in enumerate(row)
    }
    for way in _merged(ways(scenario)):
        _arrow(axes, places, way)
    for name, place in places.items():
        _box(axes, scenario, name, place)
    axes.set_title(f"{scenario.title} ({scenario.id})", y=0.965, color=INK, fontsize=13, fontweight="bold")
    axes.set_xlim(-width / 2 - 0.5, width / 2 + 0.5)
    axes.set_ylim(-(len(rows) - 1) * ROW_HEIGHT - 0.8, 1.0)
    figure.savefig(to, dpi=130, facecolor="white", metadata={"Date": None} if to.suffix == ".svg" else None)


def _merged(found: tuple[Way, ...]) -> list[Way]:
    """One arrow between two boxes, however many ways there are; a way that is not only the fallback is drawn full."""
    first: dict[tuple[str, str], Way] = {}
    for way in found:
        first.setdefault((way.start, way.to), way)
    return list(first.values())


def _arrow(axes: Any, places: dict[str, tuple[float, float]], way: Way) -> None:
    if way.start == way.to:
        return
    (x0, y0), (x1, y1) = places[way.start], places[way.to]
    down = y1 < y0
    same_row = y0 == y1
    start = (x0, y0 - BOX_HEIGHT / 2 if down else y0 + BOX_HEIGHT / 2)
    end = (x1, y1 + BOX_HEIGHT / 2 if down else y1 - BOX_HEIGHT / 2)
    if same_row:
        side = 1 if x1 > x0 else -1
        start, end = (x0 + side * BOX_WIDTH / 2, y0), (x1 - side * BOX_WIDTH / 2, y1)
    axes.annotate(
        "",
        xy=end,
        xytext=start,
        arrowprops={
            "arrowstyle": "-|>",
            "color": INK if down else FAINT,
            "linestyle": "--" if way.is_fallback else "-",
            "linewidth": 0.9,
            "connectionstyle": _bend(x1 - x0, y1 - y0),
            "shrinkA": 1,
            "shrinkB": 1,
        },
        zorder=1,
    )


def _bend(across: float, up: float) -> str:
    """Straight down to the next row; anything else in an arc, so that it does not lie on other arrows and boxes."""
    if up == 0 and abs(across) > COLUMN_WIDTH:
        return "arc3,rad=0.35"
    return "arc3,rad=0.0" if -1.5 * ROW_HEIGHT < up < 0 else "arc3,rad=0.12"


def _box(axes: Any, scenario: Scenario, name: str, place: tuple[float, float]) -> None:
    from matplotlib.patches import FancyBboxPatch

    beat = next((beat for beat in scenario.beats if beat.id == name), None)
    colour = END if beat is None else FAREWELL if beat.farewell else BEAT
    x, y = place
    axes.add_patch(
        FancyBboxPatch(
            (x - BOX_WIDTH / 2, y - BOX_HEIGHT / 2),
            BOX_WIDTH,
            BOX_HEIGHT,
            boxstyle="round,pad=0.02,rounding_size=0.12",
            facecolor=colour,
            edgecolor=INK,
            linewidth=1.6 if name == scenario.start else 0.9,
            zorder=2,
        )
    )
    axes.text(x, y + 0.27, name, ha="center", va="center", fontsize=9, fontweight="bold", color=INK, zorder=3)
    axes.text(x, y - 0.13, _below(scenario, name), ha="center", va="center", fontsize=6.5, color=INK, zorder=3)


def _below(scenario: Scenario, name: str) -> str:
    beat = next((beat for beat in scenario.beats if beat.id == name), None)
    if beat is None:
        return "the call is over"
    if beat.farewell:
        end = next(reaction.end for reaction in beat.reactions if reaction.end is not None)
        return f"farewell: {end}"
    return textwrap.fill(", ".join(beat.expects), 34, max_lines=3, placeholder=" ...")
