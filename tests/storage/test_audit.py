"""The chain of the record: what is tampered with is named, what is erased breaks nothing."""

import pytest

from bot.project import PersonHolder
from storage import audit
from storage.audit import Verified
from storage.tables import AuditRow
from tests.storage.support import World


@pytest.fixture(autouse=True)
def two_changes(world: World) -> None:
    world.apply(world.accountable(PersonHolder(world.ana)))
    world.apply(world.accountable(PersonHolder(world.bea)))


def verified(world: World) -> Verified:
    with world.database.read() as session:
        return audit.verify(session)


def tamper(world: World, statement: str) -> None:
    with world.database.begin() as session:
        assert session.connection().exec_driver_sql(statement).rowcount == 1


def test_an_honest_record_stands(world: World) -> None:
    assert verified(world) == Verified(lines=6, erased=0, faults=())


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET actor_id = 3 WHERE seq = 5",
        "UPDATE audit SET at = '2020-01-01 00:00:00' WHERE seq = 5",
        "UPDATE audit SET action = 'StageMoved' WHERE seq = 5",
        "UPDATE audit SET project_id = NULL WHERE seq = 5",
        "UPDATE audit SET digest = 'x' WHERE seq = 5",
        "UPDATE audit_texts SET summary = 'nothing happened'"
        " WHERE audit_id = (SELECT id FROM audit WHERE seq = 5)",
        "UPDATE audit_texts SET change = '{}'"
        " WHERE audit_id = (SELECT id FROM audit WHERE seq = 5)",
    ],
)
def test_a_changed_line_is_named(world: World, statement: str) -> None:
    tamper(world, statement)
    assert {fault.seq for fault in verified(world).faults} == {5}


def test_a_resealed_line_breaks_the_one_after_it(world: World) -> None:
    with world.database.begin() as session:
        line = session.get_one(AuditRow, 5)
        line.actor_id = world.cy
        line.hash = audit.seal(line)
        session.add(line)
    faults = verified(world).faults
    assert [(fault.seq, fault.what) for fault in faults] == [
        (6, "it does not follow the line before")
    ]


def test_a_missing_line_is_named(world: World) -> None:
    tamper(world, "DELETE FROM audit_texts WHERE audit_id = (SELECT id FROM audit WHERE seq = 5)")
    tamper(world, "DELETE FROM audit WHERE seq = 5")
    assert [fault.what for fault in verified(world).faults] == ["line 5 is missing"]


def test_a_cut_end_is_noticed(world: World) -> None:
    tamper(world, "DELETE FROM audit_texts WHERE audit_id = (SELECT id FROM audit WHERE seq = 6)")
    tamper(world, "DELETE FROM audit WHERE seq = 6")
    assert [fault.what for fault in verified(world).faults] == ["the end of the record is missing"]


def test_erased_words_break_nothing(world: World) -> None:
    tamper(world, "DELETE FROM audit_texts WHERE audit_id = (SELECT id FROM audit WHERE seq = 5)")
    assert verified(world) == Verified(lines=6, erased=1, faults=())
