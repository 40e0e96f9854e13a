"""The history of the database's shape (Alembic); `service.migrate` runs it."""
