"""Alembic's entry: run the migrations over the connection that `database.py` opened."""

from __future__ import annotations

from alembic import context

from simulator.adapters.store.models import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
