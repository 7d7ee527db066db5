"""What nobody ordered comes backwards, and what somebody ordered comes as ordered."""

from storage.database import Database


def test_rows_without_an_order_come_backwards(sqlite_url: str) -> None:
    with Database(sqlite_url).read() as session:
        run = session.connection().exec_driver_sql
        run("CREATE TEMP TABLE letters (letter TEXT)")
        run("INSERT INTO letters VALUES ('R'), ('A'), ('C'), ('I')")
        assert run("SELECT letter FROM letters").scalars().all() == ["I", "C", "A", "R"]
        ordered = run("SELECT letter FROM letters ORDER BY letter").scalars().all()
        assert ordered == ["A", "C", "I", "R"]
