"""The `unruffled` command: one subcommand a module, each over the services it is given."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Sequence

import click

from simulator import __version__
from simulator.domain.errors import BadInputError, SimulatorError
from simulator.practice.services import Services

ServicesMaker = Callable[[], Services]
WindowOpener = Callable[[bool], int]

COMMANDS = {
    "analyse": "simulator.cli.analyse:analyse",
    "detect": "simulator.cli.detect:detect",
    "doctor": "simulator.cli.doctor:doctor",
    "models": "simulator.cli.models:models",
    "phrasebook": "simulator.cli.phrasebook:phrasebook",
    "rehearse": "simulator.cli.rehearse:rehearse",
    "scenarios": "simulator.cli.scenarios:scenarios",
    "sessions": "simulator.cli.sessions:sessions",
    "voices": "simulator.cli.voices:voices",
}

DONE, COULD_NOT, BAD_INPUT, INTERRUPTED = 0, 1, 2, 130


class _OneModuleEach(click.Group):
    """Imports a subcommand's module when it is asked for, so that the window opens without loading them all."""

    def list_commands(self, _context: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, _context: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[name].partition(":")
        command = getattr(importlib.import_module(module), attribute)
        assert isinstance(command, click.Command)
        return command


def make_command(open_window: WindowOpener) -> click.Group:
    """The whole command; `open_window(demo)` is what happens without a subcommand."""

    @click.group(
        "unruffled",
        cls=_OneModuleEach,
        invoke_without_command=True,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    @click.version_option(__version__, prog_name="unruffled")
    @click.option("--demo", is_flag=True, help="Play a whole call with a synthetic trainee.")
    @click.pass_context
    def unruffled(context: click.Context, demo: bool) -> None:
        """Rehearse calls with angry customers. Without a command: open the window."""
        if context.invoked_subcommand is None:
            context.exit(open_window(demo))

    return unruffled


def run(arguments: Sequence[str], services: ServicesMaker, open_window: WindowOpener) -> int:
    """Run one command line and return its exit code: 0 done, 1 could not be done, 2 bad usage or input.

    Errors that a person can mend become one plain sentence on standard error.
    """
    try:
        code = make_command(open_window).main(
            list(arguments), prog_name="unruffled", standalone_mode=False, obj=services
        )
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped.", err=True)
        return INTERRUPTED
    except BadInputError as error:
        click.echo(str(error), err=True)
        return BAD_INPUT
    except SimulatorError as error:
        click.echo(str(error), err=True)
        return COULD_NOT
    except BrokenPipeError:
        # The reader of our output has gone (`| head`); say nothing, and keep Python from trying again at exit.
        sys.stderr.close()
        return COULD_NOT
    return code if isinstance(code, int) else DONE
