"""`unruffled scenarios`: the library of calls, and what authors need."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from simulator.cli.main import ServicesMaker
from simulator.domain.errors import BadInputError, SimulatorError
from simulator.domain.scenario import Scenario


@click.group()
def scenarios() -> None:
    """The calls that can be rehearsed."""


@scenarios.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.pass_obj
def list_scenarios(make: ServicesMaker, as_json: bool) -> None:
    """Every scenario of the library."""
    for scenario in make().scenarios.scenarios():
        click.echo(json.dumps(_described(scenario), ensure_ascii=False) if as_json else _line(scenario))


@scenarios.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.pass_context
def validate(context: click.Context, /, paths: tuple[Path, ...]) -> None:
    """Check scenario files (a folder: all in it); every mistake is named by file, line and key."""
    make: ServicesMaker = context.obj
    library = make().scenarios
    wrong = 0
    for path in _files(paths):
        try:
            scenario = library.find(str(path))
        except BadInputError as error:
            click.echo(str(error), err=True)
            wrong += 1
        else:
            click.echo(f"{path}: good ({len(scenario.beats)} beats)")
    if wrong:
        context.exit(2)


@scenarios.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_obj
def new(make: ServicesMaker, file: Path) -> None:
    """Write a commented template to FILE, to be changed into a scenario."""
    if file.suffix != ".yaml":
        raise BadInputError(f"{file}: the name should end in .yaml.")
    if file.exists():
        raise BadInputError(f"{file}: is there already.", "Choose another name; nothing was written.")
    text = make().scenario_desk.template(file.stem)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise SimulatorError(f"{file}: cannot be written ({error.strerror}).", "Choose another folder.") from None
    click.echo(f"Wrote {file}. Change it, then run: unruffled scenarios validate {file}", err=True)


@scenarios.command()
@click.argument("scenario")
@click.option("--to", "to", required=True, type=click.Path(path_type=Path), help="A .png, .svg or .dot file.")
@click.pass_obj
def graph(make: ServicesMaker, scenario: str, to: Path) -> None:
    """Draw the beats of SCENARIO (an id or a file) and the ways between them."""
    services = make()
    services.scenario_desk.draw(services.scenarios.find(scenario), to)
    click.echo(f"Drew {to}.", err=True)


def _files(paths: tuple[Path, ...]) -> list[Path]:
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(path.rglob("*.yaml"))
            if not inside:
                raise BadInputError(f"{path}: there is no .yaml file in it.")
            found.extend(inside)
        else:
            found.append(path)
    return found


def _described(scenario: Scenario) -> dict[str, Any]:
    customer = scenario.customer
    return {
        "id": scenario.id,
        "language": scenario.language,
        "type": scenario.type.value,
        "title": scenario.title,
        "complaint": scenario.complaint,
        "difficulty": scenario.difficulty.value,
        "minutes": scenario.minutes,
        "customer": {"title": customer.title, "first_name": customer.first_name, "name": customer.last_name},
        "trains": list(scenario.trains),
        "good_ends": [end.value for end in scenario.good_ends],
    }


def _line(scenario: Scenario) -> str:
    kind = f"{scenario.type.value:<12} {scenario.difficulty.value:<9}"
    return f"{scenario.id:<22} {scenario.language}  {kind} {scenario.title}"
