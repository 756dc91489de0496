"""Where the program starts: a command line, a window, or the terminal where there is no screen."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import click

from simulator.app.crash_report import CrashReports
from simulator.app.paths import data_folder
from simulator.cli.main import COULD_NOT, run
from simulator.domain.errors import SimulatorError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command line and return its exit code."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    try:
        folder = data_folder()
    except SimulatorError as error:
        click.echo(str(error), err=True)
        return COULD_NOT
    reports = CrashReports(folder / "crash-reports", lambda sentence: click.echo(sentence, err=True))
    reports.install()
    # Imported late: `unruffled --help` needs none of it.
    from simulator.app.bootstrap import Program

    program = Program(folder)

    def open_front_end(demo: bool) -> int:
        if not has_display():
            click.echo("There is no display here, so the rehearsal runs in the terminal.", err=True)
            from simulator.cli.terminal_start import rehearsal_arguments

            return run(rehearsal_arguments(program.services(), demo), program.services, lambda _demo: COULD_NOT)
        from simulator.app.window import open_window

        return open_window(program, reports, demo)

    try:
        return run(given, program.services, open_front_end)
    except Exception as error:  # noqa: BLE001 - the last line of defence: no traceback reaches a user
        reports.report(type(error), error, error.__traceback__)
        return COULD_NOT
    finally:
        program.close()


def has_display() -> bool:
    """Whether a window can be shown; asked of the environment, since Qt would abort the process."""
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))
