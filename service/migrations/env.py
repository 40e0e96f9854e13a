"""Alembic's entry: runs on the connection that `service.migrate` hands over, one transaction per step on both databases."""

from alembic import context

from service.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    transactional_ddl=True,
    transaction_per_migration=False,
    render_as_batch=True,
    compare_type=True,
)
context.run_migrations()
