"""Run by ``storage.opening`` with the connection to upgrade; never by hand."""

from alembic import context

from painprogram.storage.tables import Row

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Row.metadata,
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
