"""How alembic reaches the database: by the URL, or the connection, that `storage.migrate` gives."""

from alembic import context
from sqlalchemy import Connection

from storage import turns
from storage.database import Database
from storage.tables import Row


def run(connection: Connection) -> None:
    # Replicas start together: one migrates, the others find the work done.
    turns.take(connection, turns.SCHEMA, patient=True)
    context.configure(
        connection=connection,
        target_metadata=Row.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()


def run_at(url: str) -> None:
    database = Database(url)
    try:
        with database.begin() as session:
            run(session.connection())
    finally:
        database.close()


given = context.config.attributes
if "connection" in given:
    run(given["connection"])
else:
    run_at(given["url"])
