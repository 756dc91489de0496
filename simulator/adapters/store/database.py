"""The SQLite file: opened durably, brought to this version, its errors translated."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from simulator.domain.errors import SimulatorError

HEAD = "0001"
MIGRATIONS = Path(__file__).parent / "migrations"


def open_database(path: Path) -> Engine:
    """An engine on the file at `path`, created or migrated to this version as needed.

    WAL with synchronous FULL: a commit that returned survives a power cut. Raises SimulatorError for a folder
    that cannot be written, a file that is no database, and a database of a newer version of the program.
    """
    engine = sa.create_engine(f"sqlite:///{path}")
    event.listen(engine, "connect", _make_durable)
    with translated(path):
        version = _version(engine)
        if version != HEAD:
            _migrate(engine, version, path)
    return engine


def _make_durable(connection: Any, _record: object) -> None:
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=5000"):
        connection.execute(f"PRAGMA {pragma}")


def _version(engine: Engine) -> str | None:
    with engine.connect() as connection:
        if not sa.inspect(connection).has_table("alembic_version"):
            return None
        return connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()


def _migrate(engine: Engine, version: str | None, path: Path) -> None:
    # Alembic takes 0.2 s to import and is needed only here.
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if version is not None and version not in known:
        raise SimulatorError(
            f"{path} was written by a newer version of Unruffled.",
            "Install the newer version, or choose another data folder; nothing was changed.",
        )
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Database errors as what the user can do about them."""
    try:
        yield
    except DBAPIError as error:
        raise _plain(str(error.orig), path) from error
    except SQLAlchemyError as error:
        raise SimulatorError(f"{path} could not be used ({error}).") from error


def _plain(reason: str, path: Path) -> SimulatorError:
    if "full" in reason:
        return SimulatorError("The disk is full; the last step could not be saved.", "Free some space and go on.")
    if "readonly" in reason or "unable to open" in reason:
        return SimulatorError(f"{path} cannot be written.", "Check the folder's permissions.")
    if "not a database" in reason or "malformed" in reason:
        return SimulatorError(f"{path} is damaged.", "Move it away to start afresh; the recordings are not touched.")
    if "locked" in reason:
        return SimulatorError(f"{path} is in use by another program.", "Close the other program and try again.")
    return SimulatorError(f"{path} could not be used ({reason}).")
