"""The `unruffled` command: one command a module, each over the services it is given."""

from __future__ import annotations

from collections.abc import Callable

import click

from simulator import __version__
from simulator.practice.services import Services

ServicesMaker = Callable[[], Services]


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="unruffled")
@click.pass_context
def unruffled(context: click.Context) -> None:
    """Rehearse calls with angry customers. Without a command: open the window."""
    if context.invoked_subcommand is None:
        context.exit(0)
