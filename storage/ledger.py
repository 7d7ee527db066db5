"""The only writer of charter data: state, audit line and revision, in one transaction.

    with ledger.opened(session, actor, now) as book:
        book.apply(change, people)

Opening takes the workspace's row, so that one writer at a time decides and writes; what the book
gathered is numbered, sealed and stored when the block ends without an error.
"""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from itertools import zip_longest
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm.attributes import set_committed_value
from sqlmodel import Session

from bot.changes import Change, ConsultationChange, RolesChanged
from bot.errors import NotFound
from bot.people import Actor, Person
from bot.telling import summary
from storage import audit, offers
from storage.database import plainly
from storage.statements import adding, adding_for_keys, setting
from storage.tables import (
    AuditRow,
    AuditTextRow,
    ItemRow,
    ProjectRow,
    Row,
    Workspace,
    columns,
    table_of,
)
from storage.writing import Pen, roles, write

_WORKSPACE = select(Workspace).where(columns(Workspace).id == bindparam("key")).with_for_update()
_VERSION = {
    model: select(columns(model).version).where(columns(model).id == bindparam("key"))
    for model in (ProjectRow, ItemRow)
}


class Book:
    """The open ledger of one workspace, in one transaction."""

    def __init__(self, session: Session, actor: Actor, now: datetime, workspace: Workspace) -> None:
        self.session = session
        self.actor = actor
        self.now = now
        self.workspace = workspace
        self.pen = Pen(session, actor, now, self.workspace_id)
        self._revision = workspace.revision
        self._lines: list[AuditRow] = []
        self._texts: list[AuditTextRow] = []
        self._projects: dict[int, int] = {}
        self._items: dict[int, int] = {}

    @property
    def workspace_id(self) -> int:
        assert self.workspace.id is not None
        return self.workspace.id

    def recorded(self) -> dict[str, Any]:
        """The columns that say when, by whom and from where, for a row written now."""
        return self.pen.recorded()

    def apply(
        self,
        change: Change,
        people: Mapping[int, Person],
        undoes: int | None = None,
        reason: str = "",
        *,
        moves: bool = True,
    ) -> int:
        """Write a decided change and its audit line; gives the line's number.

        What the change settles besides has a line of its own before it. `moves` False: it makes
        nothing stale that people look at, and stands in nobody's way who takes a change back.
        """
        if isinstance(change, RolesChanged):
            for besides in offers.overtaken(self.session, [change]):
                self.apply(besides, people)
        project, item = write(self.pen, change)
        return self.note(
            type(change).__name__,
            asdict(change),
            summary(change, people, self.actor.zone),
            project=project,
            item=item,
            undoes=undoes,
            reason=reason,
            moves=moves and not isinstance(change, ConsultationChange),
        )

    def apply_letters(
        self,
        changes: Sequence[RolesChanged],
        people: Mapping[int, Person],
        reason: str = "",
        undoes: Sequence[int] = (),
    ) -> list[int]:
        """Write many changes of letters, an audit line for each, in as many statements as one; what
        they settle besides has a line of its own before them. `undoes` are the lines that they take
        back, one each.
        """
        for besides in offers.overtaken(self.session, changes):
            self.apply(besides, people)
        roles.write_each(self.pen, changes)
        self._foresee(self._projects, ProjectRow, {change.project for change in changes})
        self._foresee(self._items, ItemRow, {change.item for change in changes})
        return [
            self.note(
                type(change).__name__,
                asdict(change),
                summary(change, people, self.actor.zone),
                project=change.project,
                item=change.item,
                undoes=undone,
                reason=reason,
            )
            for change, undone in zip_longest(changes, undoes)
        ]

    def insert(
        self,
        action: str,
        model: type[Row],
        rows: Sequence[dict[str, Any]],
        *,
        project: str = "project_id",
        item: str = "item_id",
    ) -> list[int]:
        """Add rows in bulk, an audit line for each; gives their keys in the rows' order.

        `project` and `item` name the columns that tell which project and item a row is about.
        """
        if not rows:
            return []
        keys = self._store(model, rows)
        for key, row in zip(keys, rows, strict=True):
            about = key if model is ProjectRow else row.get(project)
            which = key if model is ItemRow else row.get(item)
            self.note(action, {"id": key, **row}, "", project=about, item=which)
        return keys

    def update(
        self,
        action: str,
        model: type[Row],
        key: int,
        values: dict[str, Any],
        before: dict[str, Any],
        *,
        project: int | None = None,
        item: int | None = None,
        moves: bool = True,
        reason: str = "",
    ) -> None:
        """Change columns of one row, with an audit line of before and after."""
        table = table_of(model)
        self.session.execute(update(table).where(table.c.id == key).values(**values))
        change = {"id": key, "before": before, "after": values}
        self.note(action, change, "", project=project, item=item, moves=moves, reason=reason)

    def note(
        self,
        action: str,
        change: Mapping[str, Any],
        summary: str,
        *,
        project: int | None = None,
        item: int | None = None,
        undoes: int | None = None,
        moves: bool = True,
        reason: str = "",
    ) -> int:
        """Write an audit line; project's and item's version move on with it, once per book.

        Not where it is about the project and yet changes nothing of it (`moves` False): what people
        look at is not stale then, and what they did before can still be undone. A `reason` that was
        given stands among the line's words.
        """
        self._revision += 1
        words = audit.canonical({**change, "reason": reason} if reason else change)
        salt = secrets.token_hex(8)
        version = 0
        if moves and project is not None:
            version = self._next(self._projects, ProjectRow, project)
        if moves and item is not None:
            version = self._next(self._items, ItemRow, item)
        self._lines.append(
            AuditRow(
                workspace_id=self.workspace_id,
                seq=self._revision,
                at=self.now,
                actor_id=self.actor.person_id,
                surface=self.actor.surface.value,
                action=action,
                project_id=project,
                item_id=item,
                version=version,
                undoes=undoes,
                digest=audit.digest(salt, summary, words),
                before_hash="",
                hash="",
            )
        )
        self._texts.append(AuditTextRow(audit_id=0, salt=salt, summary=summary, change=words))
        return self._revision

    def _foresee(
        self, known: dict[int, int], model: type[ProjectRow | ItemRow], keys: set[int]
    ) -> None:
        """Read the versions of many at once, which `_next` would read one by one."""
        table = columns(model)
        asked = sorted(keys - known.keys())
        found = select(table.id, table.version).where(table.id.in_(asked))
        for key, version in plainly(self.session).execute(found) if asked else ():
            known[key] = version + 1

    def _next(self, known: dict[int, int], model: type[ProjectRow | ItemRow], key: int) -> int:
        if key not in known:
            present = plainly(self.session).execute(_VERSION[model], {"key": key}).scalar()
            known[key] = (present or 0) + 1
        return known[key]

    def close(self) -> None:
        """Seal what was gathered. Called once, by `opened`."""
        if not self._lines:
            return
        head = self.workspace.head or audit.GENESIS
        for line in self._lines:
            line.before_hash = head
            head = line.hash = audit.seal(line)
        keys = self._keys_of_lines([line.model_dump(exclude={"id"}) for line in self._lines])
        for key, text in zip(keys, self._texts, strict=True):
            text.audit_id = key
        plain = plainly(self.session)
        plain.execute(adding(AuditTextRow), [text.model_dump() for text in self._texts])
        self._bump(ProjectRow, self._projects, revision=self._revision)
        self._bump(ItemRow, self._items)
        now = {"revision": self._revision, "head": head}
        plain.execute(setting(Workspace, *now), {"of": self.workspace_id, **now})
        for name, value in now.items():
            set_committed_value(self.workspace, name, value)

    def _keys_of_lines(self, rows: Sequence[Mapping[str, Any]]) -> list[int]:
        """Store the lines and give their keys. SQLite gives keys in order for one row at a time;
        of many they are asked by their numbers.
        """
        if len(rows) == 1:
            return self._store(AuditRow, rows)
        plain, line = plainly(self.session), columns(AuditRow)
        plain.execute(adding(AuditRow), [dict(row) for row in rows])
        mine = (line.workspace_id == self.workspace_id) & (line.seq >= rows[0]["seq"])
        return list(plain.execute(select(line.id).where(mine).order_by(line.seq)).scalars())

    def _store(self, model: type[Row], rows: Sequence[Mapping[str, Any]]) -> list[int]:
        asked = [dict(row) for row in rows]
        made = plainly(self.session).execute(
            adding_for_keys(model), asked[0] if len(asked) == 1 else asked
        )
        return list(made.scalars())

    def _bump(self, model: type[Row], versions: dict[int, int], **also: int) -> None:
        if versions:
            statement = setting(model, "version", *also)
            rows = [{"of": key, "version": version, **also} for key, version in versions.items()]
            plainly(self.session).execute(statement, rows)


def lock(session: Session, workspace: int) -> Workspace:
    """Take the workspace's row until the transaction ends. Raises `NotFound` if there is none."""
    found = session.scalars(
        _WORKSPACE, {"key": workspace}, execution_options={"populate_existing": True}
    ).first()
    if found is None:
        raise NotFound("workspace", str(workspace))
    return found


def not_before(session: Session, workspace: Workspace, now: datetime) -> datetime:
    """`now`, or the moment of the last audit line if that is later.

    Replicas' clocks differ by seconds; the record's time never goes back. Needs the lock.
    """
    line = columns(AuditRow)
    at_last = select(line.at).where(
        line.workspace_id == workspace.id, line.seq == workspace.revision
    )
    last: datetime | None = session.execute(at_last).scalar()
    return max(now, last) if last is not None else now


@contextmanager
def opened(session: Session, actor: Actor, now: datetime) -> Iterator[Book]:
    """Open the actor's workspace for writing; others wait until the transaction ends."""
    book = Book(session, actor, now, lock(session, actor.workspace))
    yield book
    book.close()
