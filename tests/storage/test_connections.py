"""Fewer connections to a server than threads that want one: they wait for one another, not long."""

import socket
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from threading import Lock

import pytest
from sqlmodel import Session

from bot.errors import Unavailable
from handlers.service import health
from storage import database as databases
from storage.database import Database, room
from storage.tables import Workspace
from tests.support.clock import T0

THREADS, TURNS = 40, 5


def shown(session: Session, name: str) -> str:
    return str(session.connection().exec_driver_sql(f"SHOW {name}").scalar_one())


def test_many_threads_share_two_connections(postgres_url: str) -> None:
    most, lock = 0, Lock()
    with closing(Database(postgres_url, connections=2)) as database:

        def work(number: int) -> int:
            nonlocal most
            for turn in range(TURNS):
                with database.begin() as session:
                    session.add(Workspace(name=f"{number}/{turn}", created_at=T0))
                    session.flush()
                    with lock:
                        most = max(most, database.connections)
                with database.read() as session:
                    assert shown(session, "lock_timeout") == "2s"
            return TURNS

        with ThreadPoolExecutor(THREADS) as pool:
            assert sum(pool.map(work, range(THREADS))) == THREADS * TURNS
        assert (most, database.most_connections, database.connections) == (2, 2, 0)
        with database.read() as session:
            kept = session.connection().exec_driver_sql("SELECT count(*) FROM workspaces")
            assert kept.scalar_one() == THREADS * TURNS


def test_who_finds_no_connection_is_told_so_in_time(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(databases, "BUSY_SECONDS", 0.1)
    with closing(Database(postgres_url, connections=2)) as database:
        with database.read(), database.read():
            with pytest.raises(Unavailable) as told, database.begin():
                pass
            assert told.value.what == "database"
        with database.begin() as session:
            session.add(Workspace(name="later", created_at=T0))


def test_what_the_url_tells_the_server_stands_beside_what_charter_tells_it(
    postgres_url: str,
) -> None:
    joint = "&" if "?" in postgres_url else "?"
    told = "options=-c%20statement_timeout%3D7s%20-c%20timezone%3DAsia/Tokyo&connect_timeout=9"
    with closing(Database(f"{postgres_url}{joint}{told}")) as database:
        with database.read() as session:
            names = ("statement_timeout", "lock_timeout", "timezone")
            assert [shown(session, name) for name in names] == ["7s", "2s", "UTC"]
            raw = session.connection().connection.dbapi_connection
        assert raw is not None
        assert raw.info.get_parameters()["connect_timeout"] == "9"


def sent_without_tls(mode: str) -> bytes:
    """What a server that has no TLS is sent nevertheless."""
    wants_tls = bytes.fromhex("0000000804d2162f")
    with socket.create_server(("127.0.0.1", 0)) as server, ThreadPoolExecutor(1) as pool:
        server.settimeout(10)

        def serve() -> bytes:
            with server.accept()[0] as client:
                client.settimeout(10)
                said = client.recv(1024)
                if said == wants_tls:
                    client.sendall(b"N")
                    said = client.recv(1024)
                return said

        told = pool.submit(serve)
        url = f"postgresql://charter@127.0.0.1:{server.getsockname()[1]}/charter?sslmode={mode}"
        with closing(Database(url)) as database:
            with pytest.raises(Unavailable), database.read():
                pass
            return told.result(timeout=10)


def test_a_server_without_tls_is_none_where_the_url_wants_it() -> None:
    assert sent_without_tls("verify-full") == b""
    assert b"charter" in sent_without_tls("prefer"), "as it is where nothing is said"


def test_doctor_says_how_many_replicas_the_server_lets_in(postgres_url: str) -> None:
    with closing(Database(postgres_url)) as database, database.read() as session:
        lets_in = room(session)
    assert lets_in is not None

    def said(connections: int) -> tuple[str, bool, str]:
        [found] = [
            one
            for one in health.of_database(postgres_url, T0, connections)
            if one.what.startswith("connections: ")
        ]
        return found.what, found.is_well, found.mend

    half = lets_in // 2
    each = f"connections: the server lets in {lets_in}, and a replica takes up to"
    assert said(half - 1) == (f"{each} {half}", True, "")
    assert said(half + 1) == (
        f"{each} {half + 2}",
        True,
        f"Two replicas do not fit: set PostgreSQL's max_connections to {2 * half + 14} or more, or "
        "CHARTER_DATABASE_CONNECTIONS to less.",
    )
    assert said(lets_in)[1] is False


def test_of_a_file_there_is_nothing_to_compare(sqlite_url: str) -> None:
    said = [one.what for one in health.of_database(sqlite_url, T0, 2)]
    assert not [what for what in said if what.startswith("connections")]
    with closing(Database(sqlite_url, connections=2)) as database:
        assert database.most_connections == databases.SQLITE_CONNECTIONS
