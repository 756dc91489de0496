"""Trainees, sessions, their events, and baselines."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    trainees = op.create_table(
        "trainees",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("name", sa.String(200), nullable=False),
    )
    op.bulk_insert(trainees, [{"id": "guest", "name": "Guest"}])
    op.create_table(
        "sessions",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("trainee_id", sa.String(36), sa.ForeignKey("trainees.id"), nullable=False, index=True),
        sa.Column("scenario_id", sa.String(200), nullable=False),
        sa.Column("scenario_title", sa.String(500), nullable=False),
        sa.Column("language", sa.String(10), nullable=False),
        sa.Column("started_at", sa.String(40), nullable=False, index=True),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("outcome", sa.String(40)),
        sa.Column("score", sa.Float),
        sa.Column("turns", sa.Integer, nullable=False),
        sa.Column("duration_s", sa.Float, nullable=False),
    )
    op.create_table(
        "session_events",
        sa.Column("session_id", sa.String(36), sa.ForeignKey("sessions.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("kind", sa.String(60), nullable=False),
        sa.Column("at_s", sa.Float, nullable=False),
        sa.Column("data", sa.JSON, nullable=False),
    )
    op.create_table(
        "baselines",
        sa.Column("trainee_id", sa.String(36), sa.ForeignKey("trainees.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("device", sa.String(500), primary_key=True),
        sa.Column("data", sa.JSON, nullable=False),
    )
    op.execute(
        "CREATE TRIGGER session_events_are_never_changed BEFORE UPDATE ON session_events "
        "BEGIN SELECT RAISE(ABORT, 'session events are only ever added'); END"
    )
