"""`unruffled models`: what the recognisers need."""

from __future__ import annotations

import json
import sys

import click

from simulator.cli.main import COULD_NOT, ServicesMaker
from simulator.ports import InstallProgress, ModelInfo


@click.group()
def models() -> None:
    """Speech models: what is installed, installing one, checking what is there."""


@models.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.pass_obj
def list_models(make: ServicesMaker, as_json: bool) -> None:
    """Every installed model, and those that could be installed."""
    for model in make().models.list():
        if as_json:
            click.echo(json.dumps(_described(model), ensure_ascii=False))
        else:
            where = str(model.folder) if model.folder else f"not installed: unruffled models install {model.language}"
            click.echo(f"{model.language or '?':<4} {model.name:<36} {_megabytes(model.size_bytes):>8}  {where}")


@models.command()
@click.argument("language")
@click.option("--from", "source", metavar="FILE_OR_URL", help="A zip or tar.gz with a Vosk model.")
@click.option("--sha256", help="What the archive's SHA-256 must be.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.pass_obj
def install(make: ServicesMaker, language: str, source: str | None, sha256: str | None, as_json: bool) -> None:
    """Install the official Vosk model of LANGUAGE (en, pl, uk), or the one given with --from.

    A download that was broken off goes on where it stopped. The official model is checked against the size and MD5
    that its publisher lists; another one against --sha256 or a .sha256 file beside it, where there is one.
    """
    with _ProgressLine() as shown:
        model = make().models.install(language, source, shown, lambda: False, sha256)
    if as_json:
        click.echo(json.dumps(_described(model), ensure_ascii=False))
    else:
        click.echo(f"Installed {model.name} ({_megabytes(model.size_bytes)}) in {model.folder}.")


@models.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.pass_context
def verify(context: click.Context, /, as_json: bool) -> None:
    """Compare every installed model with what was written down when it was installed; exit 1 where one differs."""
    make: ServicesMaker = context.obj
    checked = make().models.verify()
    for model, faults in checked:
        if as_json:
            click.echo(json.dumps({"name": model.name, "language": model.language, "faults": list(faults)}))
        else:
            click.echo(f"{model.name}: {'; '.join(faults) if faults else 'whole'}")
    if not checked and not as_json:
        click.echo("No model is installed.", err=True)
    if any(faults for _, faults in checked):
        context.exit(COULD_NOT)


def _described(model: ModelInfo) -> dict[str, object]:
    return {
        "name": model.name,
        "language": model.language,
        "installed": model.folder is not None,
        "folder": str(model.folder) if model.folder else None,
        "size_bytes": model.size_bytes,
    }


def _megabytes(size_bytes: int | None) -> str:
    return f"{size_bytes / 1e6:.0f} MB" if size_bytes is not None else ""


class _ProgressLine:
    """A bar on standard error for each step; on a terminal it moves, in a log it is one line a step."""

    def __init__(self) -> None:
        self._step = ""
        self._moves = sys.stderr.isatty()
        self._last = -1

    def __enter__(self) -> _ProgressLine:
        return self

    def __exit__(self, *_problem: object) -> None:
        if self._step and self._moves:
            click.echo(err=True)

    def __call__(self, progress: InstallProgress) -> None:
        if progress.step != self._step:
            if self._step and self._moves:
                click.echo(err=True)
            self._step, self._last = progress.step, -1
            if not self._moves:
                click.echo(progress.step.capitalize(), err=True)
        share = int(100 * progress.done / progress.total) if progress.total else -1
        if not self._moves or (share == self._last and share >= 0):
            return
        self._last = share
        amount = f"{share:3d} %  {'█' * (share // 4):<25}" if share >= 0 else f"{progress.done / 1e6:.1f} MB"
        click.echo(f"\r{progress.step.capitalize():<12} {amount}", nl=False, err=True)
