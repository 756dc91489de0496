"""`unruffled doctor`: is this machine ready?"""

from __future__ import annotations

import dataclasses
import json

import click

from simulator.cli.main import COULD_NOT, ServicesMaker
from simulator.practice.checks import Verdict, check_all

_MARKS = {Verdict.GOOD: "good   ", Verdict.LIMITED: "limited", Verdict.MISSING: "missing"}


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.pass_context
def doctor(context: click.Context, as_json: bool) -> None:
    """Check headset, voices, speech models and disk; exit 1 where something is missing."""
    make: ServicesMaker = context.obj
    services = make()
    findings = check_all(services.devices, services.voices, services.models, services.data_folder)
    for finding in findings:
        if as_json:
            click.echo(json.dumps(dataclasses.asdict(finding), ensure_ascii=False))
        else:
            click.echo(f"{_MARKS[finding.verdict]}  {finding.part:<11}  {finding.found}")
            if finding.remedy:
                click.echo(f"{'':22}{finding.remedy}")
    if any(finding.verdict is Verdict.MISSING for finding in findings):
        context.exit(COULD_NOT)
