"""How alembic reaches the database: by the URL that `storage.migrate` hands over."""

from alembic import context

from storage import turns
from storage.database import Database
from storage.tables import Row

database = Database(context.config.attributes["url"])
try:
    with database.engine.connect().execution_options(charter_writes=True) as connection:
        # Replicas start together: one migrates, the others find the work done.
        turns.take(connection, turns.SCHEMA, patient=True)
        context.configure(
            connection=connection,
            target_metadata=Row.metadata,
            render_as_batch=database.is_sqlite,
            transactional_ddl=True,
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()
finally:
    database.close()
