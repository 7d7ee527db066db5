"""All that is kept of one person, for whoever asks what that is: themselves, or the operator."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlmodel import Session

from storage import identities, merging, people
from storage.database import plainly
from storage.tables import (
    AuditRow,
    AuditTextRow,
    Identity,
    ItemRow,
    OutboxRow,
    PersonRow,
    ProjectRow,
    columns,
    table_of,
)

_PERSON = columns(PersonRow)
_NAME = columns(Identity)
_LINE = columns(AuditRow)
_WORDS = columns(AuditTextRow)
_SAID = columns(OutboxRow)
INNER = frozenset({"workspace_id", "salt", "blocks", "owner", "lease_until", "why"})
"""Columns that are machinery, and tell nothing of anybody."""
_COUNTED = frozenset({"id", "seq", "revision", "told_revision", "leans"})
"""Columns that count over everything in the workspace, or hold nothing but such numbers."""
_KEYS = frozenset({"key", "evidence"})
_OF_ROWS = frozenset({"item", "project"})
"""What holds such numbers besides within texts, and within what was said in standups."""
_OF_ANY = frozenset({"missed_slots"})
"""Tables whose rows say by nothing but numbers which project they are of: the operator's."""


def everything(
    session: Session, workspace: int, person: int, projects: Collection[int] | None
) -> dict[str, Any]:
    """The person's row, names elsewhere, whatever is about them, what they did, and what they were
    sent; people, projects and items by name. `projects`: only what is of these, or of none, and
    without the numbers of rows, which tell how much there is of what is private; None: all.
    """
    told = _everything(session, workspace, person, projects)
    return told if projects is None else _unnumbered(told)


def _unnumbered(value: Any) -> Any:
    match value:
        case list():
            return [_unnumbered(one) for one in value]
        case dict():
            return {
                name: _kind(one) if name in _KEYS else _unnumbered(one)
                for name, one in value.items()
                if not _numbers(name, one)
            }
        case _:
            return value


def _numbers(name: str, value: Any) -> bool:
    is_of_row = name.endswith("_id") or name in _OF_ROWS
    return name in _COUNTED or (is_of_row and isinstance(value, int))


def _kind(key: Any) -> Any:
    """A key, of a message or of what somebody said, without the numbers of rows in it."""
    first, *rest = key.split("/")
    return "/".join((first, *(part for part in rest if not part.isdecimal())))


def _everything(
    session: Session, workspace: int, person: int, projects: Collection[int] | None
) -> dict[str, Any]:
    plain = plainly(session)
    keys = [person, *identities.merged_into(session, person)]
    rows = plain.execute(select(*_PERSON).where(_PERSON.id.in_(keys)).order_by(_PERSON.id))
    names = plain.execute(
        select(_NAME.kind, _NAME.value).where(_NAME.person_id.in_(keys)).order_by(_NAME.id)
    ).all()
    called = _called(session, workspace)
    return {
        "person": [_plain(row) for row in rows.mappings()],
        "names": [{"kind": kind, "value": value} for kind, value in names],
        **dict(_about(session, keys, projects, called)),
        "did": list(_did(session, workspace, keys, projects, called)),
        "was_sent": [
            _plain(row)
            for row in plain.execute(
                select(_SAID.key, _SAID.text, _SAID.created_at, _SAID.sent_at)
                .where(
                    _SAID.workspace_id == workspace,
                    _SAID.channel.in_([value for kind, value in names if kind == "slack"]),
                    # What waits, or was withheld, is not told by this door either.
                    _SAID.sent_version == _SAID.version,
                )
                .order_by(_SAID.id)
            ).mappings()
        ],
    }


_PEOPLE = merging.AUTHORS | {column.name for _, column in merging.followers()}
"""Columns with a person in them."""
Called = dict[str, dict[int, str]]


def _called(session: Session, workspace: int) -> Called:
    """Projects, items and people by name: numbers tell nobody anything."""
    project, item = columns(ProjectRow), columns(ItemRow)
    plain = plainly(session)
    mine = select(project.id, project.name).where(project.workspace_id == workspace)
    named = {row.id: row.name for row in plain.execute(mine)}
    of_items = select(item.id, item.title).where(item.project_id.in_(named))
    everyone = people.everyone(session, workspace)
    return {
        "project": named,
        "item": {row.id: row.title for row in plain.execute(of_items)},
        "person": {key: one.name for key, one in everyone.items()},
    }


def _about(
    session: Session, keys: Collection[int], projects: Collection[int] | None, called: Called
) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """The rows of each table that are about them."""
    tables: dict[str, list[ColumnElement[bool]]] = {}
    by_name = {}
    for table, column in merging.followers():
        tables.setdefault(table.name, []).append(column.in_(keys))
        by_name[table.name] = table
    for name, mine in sorted(tables.items()):
        if projects is not None and name in _OF_ANY:
            continue
        table = by_name[name]
        asked = select(table).where(or_(*mine)).order_by(table.c.id)
        project = table.c.id if name == "projects" else table.c.get("project_id")
        if projects is not None and project is not None:
            asked = asked.where(or_(project.is_(None), project.in_(projects)))
        found = [_named(dict(row), called) for row in plainly(session).execute(asked).mappings()]
        if found:
            yield name, found


def _named(row: dict[str, Any], called: Called) -> dict[str, Any]:
    told = {
        kind: called[kind][row[f"{kind}_id"]]
        for kind in ("project", "item")
        if row.get(f"{kind}_id") in called[kind]
    }
    who = {
        name.removesuffix("_id"): called["person"][row[name]]
        for name in _PEOPLE & row.keys()
        if row[name] in called["person"]
    }
    return {**told, **_titled(_plain(row), called["item"]), **dict(sorted(who.items()))}


def _titled(value: Any, titles: Mapping[int, str]) -> Any:
    """The same with items by name, within what somebody said."""
    match value:
        case list():
            return [_titled(one, titles) for one in value]
        case dict():
            return {
                name: titles.get(one, one) if name == "item" else _titled(one, titles)
                for name, one in value.items()
            }
        case _:
            return value


def _did(
    session: Session,
    workspace: int,
    keys: Collection[int],
    projects: Collection[int] | None,
    called: Called,
) -> Iterator[dict[str, Any]]:
    """What they did, as the record tells it."""
    asked = (
        select(
            _LINE.seq,
            _LINE.at,
            _LINE.surface,
            _LINE.action,
            _LINE.project_id,
            _LINE.item_id,
            _WORDS.summary,
        )
        .join_from(
            table_of(AuditRow), table_of(AuditTextRow), _LINE.id == _WORDS.audit_id, isouter=True
        )
        .where(_LINE.workspace_id == workspace, _LINE.actor_id.in_(keys))
        .order_by(_LINE.seq)
    )
    if projects is not None:
        asked = asked.where(or_(_LINE.project_id.is_(None), _LINE.project_id.in_(projects)))
    for row in plainly(session).execute(asked).mappings():
        yield _named(dict(row), called)


def _plain(row: Any) -> dict[str, Any]:
    return {
        name: value.isoformat() if isinstance(value, date | datetime) else value
        for name, value in row.items()
        if name not in INNER and value not in (None, "", [])
    }
