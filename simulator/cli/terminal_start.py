"""What to do where there is no window: the same rehearsal in the terminal, with a scenario to choose."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from simulator.domain.errors import SimulatorError
from simulator.domain.scenario import CustomerType, Scenario
from simulator.practice.services import Services


def rehearsal_arguments(services: Services, demo: bool) -> Sequence[str]:
    """The command line that rehearses a call: asks which, where somebody can answer, else the gentlest.

    Raises SimulatorError where there is no scenario at all.
    """
    scenarios = sorted(services.scenarios.scenarios(), key=lambda each: each.start_temper)
    if not scenarios:
        raise SimulatorError(
            "There are no scenarios.", "Install Unruffled again, or write one: unruffled scenarios new FILE"
        )
    chosen = _ask(scenarios) if sys.stdin.isatty() and not demo else _first(scenarios, demo)
    return ["rehearse", chosen.id, *(["--demo"] if demo else [])]


def _first(scenarios: Sequence[Scenario], demo: bool) -> Scenario:
    # A demonstration is about an angry customer; somebody's first call alone is better a kind one.
    wanted = CustomerType.FURIOUS if demo else CustomerType.PLEASANT
    return next((each for each in scenarios if each.type is wanted), scenarios[0])


def _ask(scenarios: Sequence[Scenario]) -> Scenario:
    for number, each in enumerate(scenarios, 1):
        click.echo(
            f"{number:2d}  {each.customer_addressed:<16} {each.title}  ({each.type.value}, {each.minutes} min)",
            err=True,
        )
    number = click.prompt("Which call", type=click.IntRange(1, len(scenarios)), default=1, err=True)
    return scenarios[number - 1]
