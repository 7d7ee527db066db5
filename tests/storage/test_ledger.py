"""The ledger: state, audit line and revision together, or not at all."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest

from bot.changes import AliasChanged, DueMoved, RolesChanged, ScopeChanged, Seat, StageMoved
from bot.errors import NotFound
from bot.people import Actor, Surface
from bot.project import Letter, PersonHolder, Status, Vacancy
from storage import audit, directory, ledger, people
from storage.tables import DueRow, Workspace
from tests.storage.support import World, insisting
from tests.support.clock import T0

HOUR = timedelta(hours=1)


def revision(world: World) -> int:
    with world.database.read() as session:
        return directory.revision(session, world.workspace)[0]


def test_a_change_moves_state_record_and_revision_together(world: World) -> None:
    before = revision(world)
    seq = world.apply(world.accountable(PersonHolder(world.ana)), by=world.cy)
    assert seq == revision(world) == before + 1
    [held] = [one for one in world.item().assignments if one.letter is Letter.A]
    assert (held.holder, held.since, held.set_by, held.source) == (
        PersonHolder(world.ana),
        T0,
        world.cy,
        "command",
    )
    with world.database.read() as session:
        entry = audit.entry(session, world.workspace, seq)
    assert entry is not None
    assert (entry.actor_id, entry.action) == (world.cy, "RolesChanged")
    assert entry.summary == "accountable: nobody → Ana Sample"


def test_nothing_is_overwritten(world: World) -> None:
    world.apply(world.accountable(PersonHolder(world.ana), T0), T0)
    later = T0 + HOUR
    world.apply(world.accountable(PersonHolder(world.bea), later), later)
    assert world.holder_at(T0) == PersonHolder(world.ana)
    assert world.holder_at(later - timedelta(microseconds=1)) == PersonHolder(world.ana)
    assert world.holder_at(later) == PersonHolder(world.bea)
    assert world.holder_at(T0 - HOUR) is None


def test_the_last_accountable_is_remembered_where_there_is_none(world: World) -> None:
    world.apply(world.accountable(PersonHolder(world.ana), T0), T0)
    vacant = world.accountable(Vacancy("Data Engineer", "DE-1"), T0 + HOUR)
    world.apply(vacant, T0 + HOUR)
    item = world.item()
    assert item.last_accountable is not None
    assert item.last_accountable.holder == PersonHolder(world.ana)
    world.apply(world.accountable(PersonHolder(world.bea), T0 + 2 * HOUR), T0 + 2 * HOUR)
    assert world.item().last_accountable is None


def test_an_error_leaves_no_trace(world: World) -> None:
    before = revision(world)
    change = world.accountable(PersonHolder(world.ana))

    def crash() -> None:
        with world.database.begin() as session:
            with ledger.opened(session, world.actor(), T0) as book:
                book.apply(change, {})
            raise RuntimeError

    with pytest.raises(RuntimeError):
        crash()
    assert revision(world) == before
    assert world.holder_at(T0 + HOUR) is None


def test_versions_move_once_a_book(world: World) -> None:
    item, project = world.item(), world.project()
    with world.database.begin() as session, ledger.opened(session, world.actor(), T0) as book:
        book.apply(StageMoved(project.id, item.id, item.status, None, Status.IN_PROGRESS, None), {})
        book.apply(DueMoved(project.id, item.id, None, date(2027, 1, 4)), {})
        book.apply(AliasChanged(project.id, None, "the map", added=True), {})
    after = world.project()
    assert after.version == project.version + 1
    assert world.item().version == item.version + 1
    assert after.item("rollout").version == project.item("rollout").version  # type: ignore[union-attr] # both stages exist
    assert (world.item().status, world.item().due) == (Status.IN_PROGRESS, date(2027, 1, 4))
    assert after.aliases == ("the map",)


def test_the_first_due_date_stays_the_baseline(world: World) -> None:
    item = world.item()
    for number, day in enumerate((date(2027, 1, 4), date(2027, 2, 1), None)):
        world.apply(DueMoved(world.project_id, item.id, None, day), T0 + number * HOUR)
    assert world.item().baseline_due == date(2027, 1, 4)
    assert world.item().due is None
    with world.database.read() as session:
        kept = [session.get_one(DueRow, key) for key in (1, 2)]
        assert [row.due for row in kept] == [date(2027, 1, 4), date(2027, 2, 1)]


def test_scope_keeps_its_versions_and_an_empty_value_ends_it(world: World) -> None:
    world.apply(ScopeChanged(world.project_id, "in_scope", "", "cards\ngift cards"), T0)
    assert world.project().scope.in_scope == ("cards", "gift cards")
    world.apply(ScopeChanged(world.project_id, "in_scope", "cards\ngift cards", ""), T0 + HOUR)
    assert world.project().scope.in_scope == ()


def test_twenty_writers_at_once_number_the_record_without_a_gap(world: World) -> None:
    before = revision(world)
    item = world.item()

    def write(number: int) -> int:
        seat = Seat(Letter.C, PersonHolder((world.ana, world.bea, world.cy)[number % 3]))
        change = RolesChanged(world.project_id, item.id, (), (seat,), T0)
        return insisting(lambda: world.apply(change, T0))

    with ThreadPoolExecutor(10) as pool:
        numbers = sorted(pool.map(write, range(20)))
    assert numbers == list(range(before + 1, before + 21))
    with world.database.read() as session:
        assert audit.verify(session).faults == ()


def test_bulk_rows_have_a_line_each(world: World) -> None:
    from storage.tables import AliasRow

    before = revision(world)
    with world.database.begin() as session, ledger.opened(session, world.actor(), T0) as book:
        rows = [
            {"project_id": world.project_id, "item_id": None, "text": text, **book.recorded()}
            for text in ("one", "two", "three")
        ]
        assert len(book.insert("AliasAdded", AliasRow, rows)) == 3
    assert revision(world) == before + 3
    assert world.project().aliases == ("one", "two", "three")


def test_an_unknown_workspace_is_named(world: World) -> None:
    stranger = Actor(99, None, Surface.CLI)
    with (
        world.database.begin() as session,
        pytest.raises(NotFound) as caught,
        ledger.opened(session, stranger, T0),
    ):
        pass
    assert caught.value.what == "workspace"


def test_the_head_is_the_hash_of_the_last_line(world: World) -> None:
    world.apply(world.accountable(PersonHolder(world.ana)))
    with world.database.read() as session:
        workspace = session.get_one(Workspace, world.workspace)
        assert len(workspace.head) == 64
        assert people.everyone(session, world.workspace)[world.ana].name == "Ana Sample"
