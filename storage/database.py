"""The database for a URL: one transaction at a time, the same on SQLite and on PostgreSQL."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from math import ceil
from pathlib import Path
from time import monotonic

from sqlalchemy import URL, Connection, Engine, QueuePool, create_engine, event, make_url
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError, OperationalError, TimeoutError
from sqlalchemy.pool import ConnectionPoolEntry
from sqlmodel import Session

from bot.errors import Unavailable
from bot.setting_values import CONNECTIONS
from storage.locks import FairLock

SQLITE_CONNECTIONS = 40
"""Of a file they are free: as many as threads that serve requests, so that none waits. A server
counts them (`CONNECTIONS`): there may be fewer than threads, for a transaction takes
milliseconds, no thread holds two, and who finds none free waits a little.
"""

READ_ONLY = "25006"
"""What PostgreSQL says where it takes no writes, because it stands by for another server."""

SQLITE_CACHE = 500
"""Kilobytes of pages that a connection to SQLite keeps. Each forgets them when another one has
written, and the system keeps them as well: more would only fill memory, 40 times.
"""

BUSY_SECONDS = 2.0
"""How long a writer waits for its turn: a person is told within Slack's three seconds."""


PATIENCE = 3
"""How many seconds a PostgreSQL server may take to let a connection in, unless the URL says so."""

Listener = Callable[[str, str, float], None]
"""Is told of a transaction what it was for (`read`, `write`), how it went (`done`, `undone`,
`away`), and how many seconds it took. Thread-safe.
"""


def nobody(use: str, outcome: str, seconds: float) -> None:
    """Is told, and does nothing."""


class Database:
    """An engine and its transactions. Thread-safe; one per process. `listener` is told of each.

    `connections` is how many it may open to a PostgreSQL server.
    """

    def __init__(self, url: str, connections: int = CONNECTIONS) -> None:
        self.engine = _engine(url, connections)
        self.listener: Listener = nobody
        self._writing = FairLock()
        self._reader = (
            self.engine
            if self.is_sqlite
            else self.engine.execution_options(isolation_level="REPEATABLE READ")
        )

    @property
    def is_sqlite(self) -> bool:
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A consistent view of the record. Raises `Unavailable` if there is no answer."""
        with (
            self._told("read"),
            _answering(),
            self._reader.connect() as connection,
            connection.begin(),
        ):
            if self.is_sqlite:
                connection.exec_driver_sql("BEGIN")
            with _session(connection) as session:
                yield session

    @contextmanager
    def begin(self, *, is_kept: bool = True) -> Iterator[Session]:
        """One transaction that writes: all of it, or (on any error) nothing.

        On SQLite it takes the write lock at once, so that what it read cannot change under it.
        Writers of this process wait for one another in turn, for SQLite's own waiting is by luck.
        What need not be kept whatever happens (`is_kept`) does not wait for the disk: a machine
        that dies may take the last of it along, though nothing that was to be kept and came later.
        """
        with (
            self._told("write"),
            self._turn() as patience,
            _answering(),
            self.engine.connect() as connection,
            connection.begin(),
        ):
            if self.is_sqlite:
                _take_turn(connection, patience, is_kept=is_kept)
            elif not is_kept:
                connection.exec_driver_sql("SET LOCAL synchronous_commit TO off")
            with _session(connection) as session:
                yield session

    @contextmanager
    def _told(self, use: str) -> Iterator[None]:
        began, outcome = monotonic(), "undone"
        try:
            yield
            outcome = "done"
        except Unavailable:
            outcome = "away"
            raise
        finally:
            self.listener(use, outcome, monotonic() - began)

    @contextmanager
    def _turn(self) -> Iterator[float]:
        """This process's turn to write to SQLite; gives the seconds left to wait for others."""
        if not self.is_sqlite:
            yield BUSY_SECONDS
            return
        began = monotonic()
        if not self._writing.acquire(timeout=BUSY_SECONDS):
            raise Unavailable("database")
        try:
            yield max(BUSY_SECONDS - (monotonic() - began), 0.0)
        finally:
            self._writing.release()

    def answers(self) -> bool:
        """Whether the database answers right now. Raises `Unavailable` where it does not."""
        with self.read() as session:
            return session.connection().exec_driver_sql("SELECT 1").scalar() == 1

    @property
    def connections(self) -> int:
        """How many are in use."""
        pool = self.engine.pool
        return pool.checkedout() if isinstance(pool, QueuePool) else 0

    @property
    def most_connections(self) -> int:
        """How many may be in use at once; who finds none free waits, at most `BUSY_SECONDS`."""
        pool = self.engine.pool
        return pool.size() if isinstance(pool, QueuePool) else 0

    def close(self) -> None:
        self.engine.dispose()


def room(session: Session) -> int | None:
    """How many connections the server lets in, of all programs together; None for a file."""
    connection = session.connection()
    if connection.dialect.name == "sqlite":
        return None
    kept = "current_setting('superuser_reserved_connections')::int"
    asked = f"SELECT current_setting('max_connections')::int - {kept}"
    return int(connection.exec_driver_sql(asked).scalar_one())


def plainly(session: Session) -> Connection:
    """The session's connection, for statements that ask for columns and not for objects.

    The session would pass every row through its object layer, which doubles the time. As it would,
    this writes first what is still to be written. Within `begin_nested` it is the session that is
    asked, which tells the database of the savepoint no earlier.
    """
    session.flush()
    bind = session.bind
    if isinstance(bind, Connection) and not session.in_nested_transaction():
        return bind
    return session.connection()


@contextmanager
def _session(connection: Connection) -> Iterator[Session]:
    """A session within a connection's transaction: what it holds is written, and nothing settled.

    A session that begins one by itself takes half as long again, and most of them only run a
    statement or two, by `plainly`.
    """
    with Session(connection, expire_on_commit=False) as session:
        yield session
        session.flush()


@contextmanager
def _answering() -> Iterator[None]:
    """Turn a database that is locked or away, or that others write to alone by now, into
    `Unavailable`; our own faults stay.
    """
    try:
        yield
    except (OperationalError, TimeoutError) as error:
        raise Unavailable("database") from error
    except DBAPIError as error:
        if error.connection_invalidated:
            raise Unavailable("database") from error
        raise


def _engine(url: str, connections: int) -> Engine:
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        if parsed.database and parsed.database != ":memory:":
            Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(
            parsed,
            pool_size=SQLITE_CONNECTIONS,
            max_overflow=0,
            pool_use_lifo=True,
            connect_args={"timeout": BUSY_SECONDS},
        )
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "handle_error", _let_go)
        return engine
    if parsed.drivername in {"postgresql", "postgres"}:
        parsed = parsed.set(drivername="postgresql+psycopg")
    engine = create_engine(
        parsed,
        pool_size=connections,
        max_overflow=0,
        pool_pre_ping=True,
        pool_timeout=BUSY_SECONDS,
        connect_args=_told_to_server(parsed),
    )
    event.listen(engine, "handle_error", _let_go)
    return engine


def _told_to_server(url: URL) -> dict[str, str | int]:
    """What a PostgreSQL server is told of each connection, after what the URL tells it."""
    named = url.query.get("options", ())
    options = [named] if isinstance(named, str) else [*named]
    options.append(f"-c lock_timeout={int(BUSY_SECONDS * 1000)} -c timezone=UTC")
    told: dict[str, str | int] = {"options": " ".join(options)}
    return told if "connect_timeout" in url.query else told | {"connect_timeout": PATIENCE}


def _let_go(error: ExceptionContext) -> None:
    """Keep no connection that may only read: it would stay so when the file, or whichever server
    took over, can be written again.
    """
    cause = error.original_exception
    if (
        getattr(cause, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_READONLY
        or getattr(cause, "sqlstate", "") == READ_ONLY
    ):
        error.is_disconnect = True


def _prepare_sqlite(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    """Let Charter alone begin transactions; readers never wait for the writer (WAL)."""
    connection.isolation_level = None
    cursor = connection.cursor()
    cache = f"cache_size=-{SQLITE_CACHE}"
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", "synchronous=FULL", cache):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _take_turn(connection: Connection, patience: float, *, is_kept: bool) -> None:
    """Begin to write to SQLite, waiting so many seconds for other processes.

    What a connection was told last is remembered with it: mostly it would be told the same, where
    half seconds are enough.
    """
    wanted = {
        "busy_timeout": ceil(patience * 2) * 500,
        "synchronous": "FULL" if is_kept else "NORMAL",
    }
    told = connection.info
    for pragma, value in wanted.items():
        if told.get(pragma) != value:
            connection.exec_driver_sql(f"PRAGMA {pragma}={value}")
            told[pragma] = value
    connection.exec_driver_sql("BEGIN IMMEDIATE")
