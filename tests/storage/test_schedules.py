"""What comes again: claimed once, with a lease, and advanced together with its effect."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

from bot.recurrence import Every, next_after
from storage import schedules
from storage.database import Database
from storage.schedules import Occurrence
from tests.storage.support import World, insisting
from tests.support.clock import T0

LEASE = timedelta(minutes=2)
TEN = Every(10)
DUE = next_after(TEN, T0)


def put(world: World, *keys: str, every: Every = TEN) -> None:
    with world.database.begin() as session:
        for number, key in enumerate(keys):
            schedules.put(session, world.workspace, key, "test", number, every, T0, world.ana)


def claim(
    world: World, owner: str, after: timedelta = timedelta(), most: int = 500
) -> list[Occurrence]:
    with world.database.begin() as session:
        return schedules.claim(session, world.workspace, owner, DUE + after, LEASE, most)


def done(world: World, owner: str, occurrence: Occurrence) -> bool:
    with world.database.begin() as session:
        if not schedules.holds(session, occurrence, owner):
            return False
        schedules.advance(session, occurrence, DUE, missed=False)
        return True


def due(world: World) -> object:
    with world.database.read() as session:
        return schedules.next_due(session, world.workspace)


def test_nothing_is_due_before_its_time(world: World) -> None:
    assert due(world) is None
    put(world, "a")
    assert due(world) == DUE
    assert claim(world, "one", timedelta(seconds=-1)) == []
    (occurrence,) = claim(world, "one")
    assert (occurrence.key, occurrence.kind, occurrence.subject) == ("a", "test", 0)
    assert (occurrence.person, occurrence.slot) == (world.ana, DUE)


def test_kinds_that_do_not_count_are_left_out_of_what_is_due_next(world: World) -> None:
    put(world, "a")
    with world.database.begin() as session:
        late = Every(60)
        schedules.put(session, world.workspace, "b", "other", 1, late, T0, world.ana)
        assert schedules.next_due(session, world.workspace, {"test"}) == next_after(late, T0)
        assert schedules.next_due(session, world.workspace, {"test", "other"}) is None


def test_a_lease_keeps_others_off_until_it_ends(world: World) -> None:
    put(world, "a")
    (lost,) = claim(world, "one")
    assert claim(world, "two", LEASE - timedelta(seconds=1)) == []
    (found,) = claim(world, "two", LEASE)
    assert not done(world, "one", lost), "the lease was lost"
    assert done(world, "two", found)
    assert due(world) == next_after(TEN, DUE)
    assert not done(world, "two", found), "the slot was seen to"


def test_of_slots_gone_by_the_latest_alone_comes(world: World) -> None:
    put(world, "a")
    (occurrence,) = claim(world, "one", timedelta(hours=5, minutes=3))
    assert occurrence.slot == DUE + timedelta(hours=5)


def test_batches_are_taken_in_the_order_of_their_times(world: World) -> None:
    put(world, "slow", every=Every(60))
    put(world, "a", "b", "c")
    late = timedelta(hours=2)
    assert [one.key for one in claim(world, "one", late, most=2)] == ["a", "b"]
    assert [one.key for one in claim(world, "two", late, most=2)] == ["c", "slow"]


def test_what_is_put_again_keeps_its_time_unless_that_is_another(world: World) -> None:
    put(world, "a")
    with world.database.begin() as session:
        later = DUE + timedelta(minutes=25)
        schedules.put(session, world.workspace, "a", "test", 7, TEN, later)
    (occurrence,) = claim(world, "one")
    assert (occurrence.subject, occurrence.person, occurrence.slot) == (7, None, DUE)
    with world.database.begin() as session:
        schedules.put(session, world.workspace, "a", "test", 7, Every(60), DUE)
    assert due(world) == next_after(Every(60), DUE)
    assert not done(world, "one", occurrence), "it is another schedule now"


def test_what_is_dropped_comes_no_more(world: World) -> None:
    put(world, "standup/1/a", "standup/1/b", "standup/10/a", "standup_1/x")
    with world.database.begin() as session:
        assert schedules.about(session, world.workspace, ["test", "other"], [0, 3, 7]) == {
            0: {"standup/1/a": schedules.Coming(TEN, DUE)},
            3: {"standup_1/x": schedules.Coming(TEN, DUE)},
        }
        assert schedules.about(session, world.workspace, ["other"], [0]) == {}
        schedules.drop(session, world.workspace, ["standup/1/a", "standup/1/b"])
        schedules.drop(session, world.workspace, [])
    assert {one.key for one in claim(world, "one")} == {"standup/10/a", "standup_1/x"}


def test_edge_51_eight_replicas_take_each_slot_once(world: World) -> None:
    put(world, *(f"key {number}" for number in range(100)))
    start = Barrier(8)

    def race(number: int) -> list[str]:
        database = Database(world.database.engine.url.render_as_string(hide_password=False))

        def claimed() -> list[str]:
            with database.begin() as session:
                found = schedules.claim(
                    session, world.workspace, f"replica {number}", DUE, LEASE, 7
                )
            return [one.key for one in found]

        start.wait(10)
        taken: list[str] = []
        while found := insisting(claimed):
            taken += found
        database.close()
        return taken

    with ThreadPoolExecutor(8) as pool:
        everything = [key for taken in pool.map(race, range(8)) for key in taken]
    assert sorted(everything) == sorted(f"key {number}" for number in range(100))
