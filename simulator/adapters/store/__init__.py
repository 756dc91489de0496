"""Sessions in a database: SQLAlchemy models, Alembic migrations and the repository."""
