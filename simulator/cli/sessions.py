"""`unruffled sessions`: what was recorded."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

import click

from simulator.cli.main import ServicesMaker
from simulator.domain.session import SessionEvent, SessionSummary


@click.group()
def sessions() -> None:
    """The calls that were kept."""


@sessions.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.pass_obj
def list_sessions(services: ServicesMaker, as_json: bool) -> None:
    """List the calls, the newest first."""
    rows = services().store.sessions()
    for row in rows:
        click.echo(json.dumps(_as_json(row), ensure_ascii=False) if as_json else _as_line(row))
    if not rows and not as_json:
        click.echo("No calls yet. Rehearse one with: unruffled rehearse en-warm-up", err=True)


@sessions.command()
@click.argument("session_id")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, an event each.")
@click.pass_obj
def show(services: ServicesMaker, session_id: str, as_json: bool) -> None:
    """Show one call, event by event."""
    for event in services().store.events(session_id):
        click.echo(_event_json(event) if as_json else f"{event.at_s:8.2f} s  {event.kind:<12} {_gist(event.data)}")


@sessions.command()
@click.argument("session_id")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def delete(services: ServicesMaker, session_id: str, yes: bool) -> None:
    """Delete one call with its recordings, for good."""
    made = services()
    turns = sum(event.kind == "turn" for event in made.store.events(session_id))
    if not yes:
        click.confirm(f"Delete this call of {turns} turns and its recordings for good?", abort=True, err=True)
    made.recordings.delete(session_id)
    made.store.delete(session_id)
    click.echo(f"Deleted {session_id}.", err=True)


def _as_json(row: SessionSummary) -> dict[str, Any]:
    described = dataclasses.asdict(row)
    described["scenario"] = described.pop("scenario_id")
    return described


def _as_line(row: SessionSummary) -> str:
    outcome = row.outcome or ("cut off" if row.state == "repaired" else "going on")
    score = "    " if row.score is None else f"{row.score:4.0f}"
    return f"{row.id}  {row.started_at[:16]}  {score}  {row.turns:2d} turns  {outcome:<16}  {row.scenario_title}"


def _event_json(event: SessionEvent) -> str:
    return json.dumps({"event": event.kind, "at_s": event.at_s, **event.data}, ensure_ascii=False)


def _gist(data: Any, limit: int = 100) -> str:
    text = json.dumps(data, ensure_ascii=False)
    return text if len(text) <= limit else text[: limit - 1] + "…"
