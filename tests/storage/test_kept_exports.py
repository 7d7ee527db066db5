"""Exports that are kept: the last other one, and what an id stands for."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from bot.exports import packed, unpacked
from storage import kept_exports
from storage.database import Database
from storage.kept_exports import KEPT_FOR, KeptExport, Whose
from storage.tables import ExportBaseRow, Workspace, columns
from tests.support.clock import T0

DAY = timedelta(days=1)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = Database(database_url)
    with opened.begin() as session:
        for name in ("Sample", "Another"):
            session.add(Workspace(team_id=name, name=name, created_at=T0))
    yield opened
    opened.close()


def keep(
    database: Database,
    code: str,
    at: datetime,
    whose: Whose | None = None,
    now: datetime | None = None,
) -> bool:
    base = packed({"RACI": {"atlas/framing/A/ana": {"Letter": code}}})
    made = KeptExport(code, whose or Whose(1, None, None), 7, at, base, "Asia/Tokyo")
    with database.begin() as session:
        return kept_exports.keep(session, made, now or at)


def other(database: Database, code: str, now: datetime, whose: Whose | None = None) -> str | None:
    with database.read() as session:
        found = kept_exports.last_other(session, whose or Whose(1, None, None), code, now)
        return found.code if found else None


def test_x4_the_last_export_is_the_last_with_another_id(database: Database) -> None:
    assert other(database, "E-A", T0) is None
    keep(database, "E-A", T0)
    assert other(database, "E-A", T0 + DAY) is None
    assert other(database, "E-B", T0 + DAY) == "E-A"
    keep(database, "E-B", T0 + DAY)
    keep(database, "E-A", T0 + 2 * DAY)
    assert other(database, "E-A", T0 + 3 * DAY) == "E-B"
    assert other(database, "E-C", T0 + 3 * DAY) == "E-A"
    assert other(database, "E-C", T0 + DAY) is None, "what was made later is none of before"


def unchanged(database: Database, code: str, now: datetime) -> datetime | None:
    with database.read() as session:
        return kept_exports.unchanged_since(session, Whose(1, None, None), code, now)


def test_x4_the_first_of_several_in_a_row_is_remembered(database: Database) -> None:
    keep(database, "E-A", T0)
    assert unchanged(database, "E-A", T0) is None, "at the same moment it is not before itself"
    assert unchanged(database, "E-A", T0 + DAY) == T0
    keep(database, "E-A", T0 + DAY)
    keep(database, "E-A", T0 - DAY)  # who looks at the past makes nothing anew
    assert unchanged(database, "E-A", T0 + 2 * DAY) == T0
    keep(database, "E-B", T0 + 2 * DAY)
    assert unchanged(database, "E-A", T0 + 3 * DAY) is None
    keep(database, "E-A", T0 + 3 * DAY)
    assert unchanged(database, "E-A", T0 + 4 * DAY) == T0 + 3 * DAY
    assert unchanged(database, "E-B", T0 + 4 * DAY) is None


def test_x4_exports_of_others_are_not_compared(database: Database) -> None:
    keep(database, "E-A", T0)
    for whose in (Whose(2, None, None), Whose(1, None, None, "C0LEADS")):
        assert other(database, "E-B", T0 + DAY, whose) is None


def test_x8_what_stood_in_an_export_is_found_by_its_id(database: Database) -> None:
    keep(database, "E-A", T0)
    keep(database, "E-A", T0 + DAY)
    with database.read() as session:
        found = kept_exports.of_code(session, 1, "E-A")
        assert found is not None
        assert (found.at, found.zone) == (T0 + DAY, "Asia/Tokyo")
        assert unpacked(found.base or b"") == {"RACI": {"atlas/framing/A/ana": {"Letter": "E-A"}}}
        assert kept_exports.of_code(session, 2, "E-A") is None
    keep(database, "E-B", T0 + 2 * DAY + KEPT_FOR)
    with database.read() as session:
        assert kept_exports.of_code(session, 1, "E-A") is None


def test_x4_an_export_of_a_time_to_come_takes_nothing_away_and_is_not_kept(
    database: Database,
) -> None:
    keep(database, "E-A", T0)
    assert not keep(database, "E-B", T0 + 3 * KEPT_FOR, now=T0 + DAY)
    with database.read() as session:
        assert kept_exports.of_code(session, 1, "E-A") is not None
        assert kept_exports.of_code(session, 1, "E-B") is None
    assert keep(database, "E-B", T0 - DAY, now=T0 + DAY), "of the past it is"
    assert other(database, "E-C", T0 + 4 * KEPT_FOR) == "E-A"


def test_what_stood_in_exports_is_kept_once_and_up_to_a_bound(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That one was made is known all the same, and what others are held against."""
    keep(database, "E-A", T0)
    keep(database, "E-A", T0, Whose(1, None, None, "C0LEADS"))
    with database.read() as session:
        [size] = session.scalars(select(columns(ExportBaseRow).size)).all()
    monkeypatch.setattr(kept_exports, "MOST_BYTES", 2 * size + size // 2)
    keep(database, "E-B", T0 + DAY)
    keep(database, "E-A", T0 + 2 * DAY)  # newer than B by now
    keep(database, "E-Z", T0, Whose(2, None, None))
    keep(database, "E-C", T0 + 3 * DAY)

    def kept(code: str, workspace: int = 1) -> bool:
        with database.read() as session:
            found = kept_exports.of_code(session, workspace, code)
            return found is not None and found.base is not None

    assert [kept(code) for code in ("E-A", "E-B", "E-C")] == [True, False, True]
    assert kept("E-Z", workspace=2)
    with database.read() as session:
        last = kept_exports.last_other(session, Whose(1, None, None), "E-A", T0 + 2 * DAY)
    assert last is not None
    assert (last.code, last.base) == ("E-B", None)
    monkeypatch.setattr(kept_exports, "MOST_BYTES", 1)
    keep(database, "E-D", T0 + 4 * DAY)
    assert [kept(code) for code in ("E-A", "E-C", "E-D")] == [False, False, True], "the last stays"


def test_what_waits_to_be_shared_is_read_back_as_it_was() -> None:
    made = KeptExport("E-A", Whose(1, 2, None), 7, T0, b"\x00\xff", "Asia/Tokyo")
    told = kept_exports.stored(made)
    assert kept_exports.recalled(told) == made
    assert kept_exports.recalled({k: v for k, v in told.items() if k != "zone"}).zone == ""
