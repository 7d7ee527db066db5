"""What a backup's lines hold, on either database and from one to the other."""

import hashlib
import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import MetaData
from sqlmodel import col, select

from storage import backups, migrate, outbox
from storage.backups import BadBackup
from storage.database import Database
from storage.outbox import Enclosed, enclosures
from storage.tables import Identity, OutboxRow, Workspace
from tests.support.clock import T0
from tests.support.documents import SAMPLE

Lines = list[str]


def written(url: str) -> Lines:
    database = Database(url)
    try:
        with database.read() as session:
            return list(backups.lines(session, T0))
    finally:
        database.close()


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Lines:
    """The sample, backed up."""
    from handlers.service.documents import Documents

    url = f"sqlite:///{tmp_path_factory.mktemp('sample')}/charter.db"
    migrate.upgrade(url)
    database = Database(url)
    Documents(database).load(None, SAMPLE.read_bytes(), T0)
    database.close()
    return written(url)


def test_x10_the_same_rows_come_back_on_either_database(
    told: Lines, empty_database_url: str
) -> None:
    found = backups.looked_at(told)
    assert (found.at, found.rows) == (T0, len(told) - 2)
    assert found.tables["people"] == 12
    verified = backups.restore(empty_database_url, found, told)
    assert (verified.lines > 0, verified.faults) == (True, ())
    assert written(empty_database_url) == told
    database = Database(empty_database_url)
    with database.begin() as session:
        further = Identity(workspace_id=1, person_id=1, kind="wandb", value="a-further-one")
        session.add(further)
        session.flush()
        assert further.id == found.tables["identities"] + 1, "PostgreSQL counts on from there"
    database.close()


def test_x10_a_file_that_waits_comes_back_byte_for_byte(
    told: Lines, tmp_path: Path, empty_database_url: str
) -> None:
    one, content = f"sqlite:///{tmp_path}/one.db", bytes(range(256))
    backups.restore(one, backups.looked_at(told), told)
    database = Database(one)
    with database.begin() as session:
        outbox.say(session, 1, "export/1", "C0HERE", "x", [], T0)
        outbox.enclose(session, 1, Enclosed("export/1", "C0HERE", "a.xlsx", "A", content), T0)
    database.close()
    lines = written(one)
    backups.restore(empty_database_url, backups.looked_at(lines), lines)
    restored = Database(empty_database_url)
    with restored.read() as session:
        parcel = outbox.keyed(session, 1, "export/1/file")
        assert parcel is not None
        assert enclosures.content(session, parcel.id) == content
    restored.close()


def test_x10_what_waits_is_looked_for_before_it_is_posted(told: Lines, tmp_path: Path) -> None:
    one, other = f"sqlite:///{tmp_path}/one.db", f"sqlite:///{tmp_path}/other.db"
    backups.restore(one, backups.looked_at(told), told)
    database = Database(one)
    with database.begin() as session:
        for key, due in (("waits", T0), ("stands", None)):
            row = OutboxRow(
                workspace_id=1, key=key, channel="C0HERE", text="x", created_at=T0, due_at=due
            )
            session.add(row)
    database.close()
    lines = written(one)
    backups.restore(other, backups.looked_at(lines), lines)
    database = Database(other)
    with database.read() as session:
        rows = session.exec(select(OutboxRow).where(col(OutboxRow.channel) == "C0HERE")).all()
        assert {row.key: row.begun_at for row in rows} == {"waits": T0, "stands": None}
    database.close()


def test_x10_a_backup_of_an_earlier_version_is_brought_forward(tmp_path: Path) -> None:
    """Its rows are of the schema of then, and go through what was migrated since."""
    earlier = f"sqlite:///{tmp_path}/earlier.db"
    migrate.upgrade(earlier, "0001")
    database = Database(earlier)
    with database.read() as session:
        known = MetaData()
        known.reflect(session.connection(), only=["workspaces"])
    database.close()
    usual = {"INTEGER": 1, "DATETIME": T0.isoformat(), "BOOLEAN": False}
    row = {
        column.name: usual.get(str(column.type), "Sample")
        for column in known.tables["workspaces"].columns
    }
    head = {"kind": backups.KIND, "format": 1, "revision": "0001", "at": T0.isoformat()}
    lines = [json.dumps(head), json.dumps({"table": "workspaces", "row": row})]
    digest = hashlib.sha256("".join(lines).encode()).hexdigest()
    end = {"rows": 1, "tables": {"workspaces": 1}, "sha256": digest}
    lines.append(json.dumps({"end": end}))
    url = f"sqlite:///{tmp_path}/new.db"
    backups.restore(url, backups.looked_at(lines), lines)
    database = Database(url)
    assert migrate.is_current(database)
    with database.read() as session:
        assert session.exec(select(Workspace.name)).all() == ["Sample"]
    database.close()


@pytest.mark.parametrize(
    ("spoilt", "words"),
    [
        (lambda lines: [], "it is empty"),
        (lambda lines: lines[:-1], "The backup is cut off"),
        (lambda lines: [*lines[:-2], lines[-1]], "its check sum is another one"),
        (lambda lines: [*lines, lines[1]], "Something follows the end"),
        (lambda lines: [*lines[:5], lines[5][:-4], *lines[6:]], "cut off"),
        (lambda lines: [*lines[:5], lines[6], lines[5], *lines[7:]], "check sum"),
        (lambda lines: ['{"kind": "something else"}', *lines[1:]], "This is no backup"),
        (lambda lines: [lines[0].replace('"format":1', '"format":2'), *lines[1:]], "newer"),
        (lambda lines: ["[1, 2]"], "This is no backup"),
    ],
)
def test_x10_what_is_no_whole_backup_is_refused(
    told: Lines, spoilt: Callable[[Lines], Lines], words: str
) -> None:
    with pytest.raises(BadBackup, match=words):
        backups.looked_at(spoilt(told))


def test_x10_a_backup_of_a_newer_charter_is_refused(told: Lines, tmp_path: Path) -> None:
    head = json.loads(told[0]) | {"revision": "9999"}
    found = backups.Backup("9999", datetime.fromisoformat(head["at"]), 0, {})
    with pytest.raises(BadBackup, match="newer Charter"):
        backups.restore(f"sqlite:///{tmp_path}/new.db", found, told)
