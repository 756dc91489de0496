"""Sessions, trainees and baselines, kept and found again."""

from __future__ import annotations

import dataclasses
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from simulator.adapters.store.database import open_database, translated
from simulator.adapters.store.models import BaselineRow, EventRow, SessionRow, TraineeRow
from simulator.domain.errors import SimulatorError
from simulator.domain.measures import Baseline
from simulator.domain.session import SessionEvent, SessionSummary
from simulator.ports import Trainee


class SqlSessionStore:
    """`ports.SessionStore` on SQLite. Threads may share it: each call opens its own transaction."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._engine = open_database(path)

    def close(self) -> None:
        self._engine.dispose()

    @contextmanager
    def _transaction(self) -> Iterator[Session]:
        with translated(self._path), Session(self._engine) as session, session.begin():
            yield session

    def append(self, session_id: str, events: Iterable[SessionEvent]) -> None:
        """Commit the events durably. The first of a session is "started", which makes its row."""
        with self._transaction() as db:
            counted = db.scalar(select(func.max(EventRow.position)).where(EventRow.session_id == session_id))
            position = -1 if counted is None else counted
            row = db.get(SessionRow, session_id)
            for event in events:
                position += 1
                if row is None:
                    row = _started(session_id, event)
                    db.add(row)
                    db.flush()
                _bring_up_to_date(row, event)
                data = dict(event.data)
                db.add(EventRow(session_id=session_id, position=position, kind=event.kind, at_s=event.at_s, data=data))

    def events(self, session_id: str) -> Sequence[SessionEvent]:
        with self._transaction() as db:
            if db.get(SessionRow, session_id) is None:
                raise _unknown_session(session_id)
            rows = db.scalars(select(EventRow).where(EventRow.session_id == session_id).order_by(EventRow.position))
            return [SessionEvent(row.kind, row.at_s, row.data) for row in rows]

    def sessions(self, trainee_id: str | None = None) -> Sequence[SessionSummary]:
        wanted = select(SessionRow).order_by(SessionRow.started_at.desc(), SessionRow.id)
        if trainee_id is not None:
            wanted = wanted.where(SessionRow.trainee_id == trainee_id)
        with self._transaction() as db:
            return [_summary(row) for row in db.scalars(wanted)]

    def delete(self, session_id: str) -> None:
        with self._transaction() as db:
            row = db.get(SessionRow, session_id)
            if row is None:
                raise _unknown_session(session_id)
            db.execute(delete(SessionRow).where(SessionRow.id == session_id))

    def mark_repaired(self) -> Sequence[str]:
        """Close what a killed program left open; only for the one program that uses the folder. Returns their ids."""
        with self._transaction() as db:
            rows = list(db.scalars(select(SessionRow).where(SessionRow.state == "open")))
            for row in rows:
                row.state = "repaired"
            return [row.id for row in rows]

    def trainees(self) -> Sequence[Trainee]:
        """The guest first, then by name."""
        with self._transaction() as db:
            rows = db.scalars(select(TraineeRow).order_by(TraineeRow.id != "guest", func.lower(TraineeRow.name)))
            return [Trainee(row.id, row.name) for row in rows]

    def add_trainee(self, name: str) -> Trainee:
        trainee = Trainee(str(uuid.uuid4()), _checked_name(name))
        with self._transaction() as db:
            db.add(TraineeRow(id=trainee.id, name=trainee.name))
        return trainee

    def rename_trainee(self, trainee_id: str, name: str) -> None:
        with self._transaction() as db:
            row = db.get(TraineeRow, trainee_id)
            if row is None:
                raise SimulatorError("This person is no longer in the list.", "Choose another.")
            row.name = _checked_name(name)

    def baseline(self, trainee_id: str, device: str) -> Baseline | None:
        with self._transaction() as db:
            row = db.get(BaselineRow, (trainee_id, device))
            return None if row is None else _baseline(row.data)

    def save_baseline(self, trainee_id: str, device: str, baseline: Baseline) -> None:
        with self._transaction() as db:
            db.merge(BaselineRow(trainee_id=trainee_id, device=device, data=dataclasses.asdict(baseline)))


def _baseline(data: Mapping[str, Any]) -> Baseline:
    # A later version may have stored more than this one knows.
    known = {field.name for field in dataclasses.fields(Baseline)}
    return Baseline(**{name: value for name, value in data.items() if name in known})


def _started(session_id: str, event: SessionEvent) -> SessionRow:
    data = event.data
    if event.kind != "started":
        raise SimulatorError(f"Session {session_id} has not been started.")
    return SessionRow(
        id=session_id,
        trainee_id=data["trainee_id"],
        scenario_id=data["scenario_id"],
        scenario_title=data["scenario_title"],
        language=data["language"],
        started_at=data["started_at"],
        state="open",
        turns=0,
        duration_s=0.0,
    )


def _bring_up_to_date(row: SessionRow, event: SessionEvent) -> None:
    row.duration_s = max(row.duration_s, event.at_s)
    if event.kind == "turn":
        row.turns = max(row.turns, int(event.data["turn"]))
    elif event.kind == "ended":
        row.state = "ended"
        row.outcome = event.data["outcome"]
        row.score = event.data["score"]
        row.turns = event.data["turns"]
        row.duration_s = event.data["duration_s"]


def _summary(row: SessionRow) -> SessionSummary:
    return SessionSummary(
        id=row.id,
        trainee_id=row.trainee_id,
        scenario_id=row.scenario_id,
        scenario_title=row.scenario_title,
        language=row.language,
        started_at=row.started_at,
        state=row.state,
        outcome=row.outcome,
        score=row.score,
        turns=row.turns,
        duration_s=row.duration_s,
    )


def _checked_name(name: str) -> str:
    tidy = " ".join(name.split())
    if not tidy:
        raise SimulatorError("The name is empty.", "Type a name.")
    if len(tidy) > 200:
        raise SimulatorError("The name is too long.", "Use at most 200 letters.")
    return tidy


def _unknown_session(session_id: str) -> SimulatorError:
    return SimulatorError(f"There is no session {session_id}.", "See the list with: unruffled sessions list")
