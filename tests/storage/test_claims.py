"""Once across replicas."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

from storage import claims
from storage.database import Database
from tests.support.clock import T0

LEASE = timedelta(minutes=1)


def claim(database: Database, owner: str, after: timedelta = timedelta()) -> bool:
    with database.begin() as session:
        return claims.claim(session, "slack-event/Ev1", owner, T0 + after, LEASE)


def finish(database: Database, owner: str) -> bool:
    with database.begin() as session:
        return claims.finish(session, "slack-event/Ev1", owner, T0)


def test_one_claim_stands_until_its_lease_ends(database_url: str) -> None:
    database = Database(database_url)
    assert claim(database, "one")
    assert not claim(database, "two")
    assert not claim(database, "two", LEASE - timedelta(seconds=1))
    assert claim(database, "two", LEASE)
    assert not finish(database, "one"), "the lease was lost"
    assert finish(database, "two")
    assert not claim(database, "three", timedelta(days=1)), "what is finished stays finished"
    database.close()


def test_only_whoever_took_it_gives_a_claim_back_and_only_unfinished(database_url: str) -> None:
    database = Database(database_url)

    def release(owner: str) -> None:
        with database.begin() as session:
            claims.release(session, "slack-event/Ev1", owner)

    assert claim(database, "one")
    release("two")
    assert not claim(database, "three")
    release("one")
    assert claim(database, "three")
    assert finish(database, "three")
    release("three")
    assert not claim(database, "four")
    database.close()


def test_sixteen_replicas_one_winner(database_url: str) -> None:
    database = Database(database_url)
    start = Barrier(16)

    def race(number: int) -> bool:
        start.wait(10)
        return claim(database, f"replica {number}")

    with ThreadPoolExecutor(16) as pool:
        assert sum(pool.map(race, range(16))) == 1
    database.close()


def test_old_claims_are_forgotten(database_url: str) -> None:
    database = Database(database_url)
    claim(database, "one")
    with database.begin() as session:
        assert claims.forget(session, T0) == 0
        assert claims.forget(session, T0 + timedelta(days=2)) == 1
    assert claim(database, "two")
    database.close()
