"""Runs the steps on the connection that `store_engine.migrate` hands over; never opens its own."""

from alembic import context
from sqlalchemy import Connection

from catalog_sync.schema import METADATA, VERSION_TABLE

connection = context.config.attributes["connection"]
if not isinstance(connection, Connection):
    raise TypeError("migrations run only through catalog_sync.store_engine.migrate")
context.configure(
    connection=connection,
    target_metadata=METADATA,
    version_table=VERSION_TABLE,
    transaction_per_migration=False,
)
context.run_migrations()
