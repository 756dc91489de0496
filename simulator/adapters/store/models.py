"""The tables. Sessions are events that are only ever added to; the rest is a summary of them or who they belong to."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, Float, ForeignKey, Integer, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

GUEST_ID = "guest"


class Base(DeclarativeBase):
    pass


class TraineeRow(Base):
    """Who practises here. Ids are UUIDs as text, but for the guest's."""

    __tablename__ = "trainees"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))


class SessionRow(Base):
    """One call; everything but the id is repeated from its events, for lists."""

    __tablename__ = "sessions"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    trainee_id: Mapped[str] = mapped_column(ForeignKey("trainees.id"), index=True)
    scenario_id: Mapped[str] = mapped_column(String(200))
    scenario_title: Mapped[str] = mapped_column(String(500))
    language: Mapped[str] = mapped_column(String(10))
    started_at: Mapped[str] = mapped_column(String(40), index=True)
    state: Mapped[str] = mapped_column(String(20))
    outcome: Mapped[str | None] = mapped_column(String(40))
    score: Mapped[float | None] = mapped_column(Float)
    turns: Mapped[int] = mapped_column(Integer, default=0)
    duration_s: Mapped[float] = mapped_column(Float, default=0.0)


class EventRow(Base):
    """One fact of a session, in order; a trigger refuses any change of it."""

    __tablename__ = "session_events"

    session_id: Mapped[str] = mapped_column(ForeignKey("sessions.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(Integer, primary_key=True)
    kind: Mapped[str] = mapped_column(String(60))
    at_s: Mapped[float] = mapped_column(Float)
    data: Mapped[dict[str, Any]] = mapped_column(JSON)


class BaselineRow(Base):
    """A calibration, by person and headset; the newest one counts."""

    __tablename__ = "baselines"

    trainee_id: Mapped[str] = mapped_column(ForeignKey("trainees.id", ondelete="CASCADE"), primary_key=True)
    device: Mapped[str] = mapped_column(String(500), primary_key=True)
    data: Mapped[dict[str, Any]] = mapped_column(JSON)
