"""What is followed: the rules that say what belongs where, and up to where it was seen.

A rule is a fact of the charter, which the ledger writes through `write`; a watermark is machine
state.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, select, update
from sqlmodel import Session

from bot.attaching import By, Rule
from bot.changes import FilterSet, StreamFollowed
from bot.filters import Filter, Mode, Trait
from bot.following import LOOKED_BACK, Followed, Watermark
from bot.sources.base import Kind, Stream, Trouble, Why
from storage.database import plainly
from storage.statements import adding, ending
from storage.tables import (
    AttachRuleRow,
    FollowFilterRow,
    ProjectRow,
    WatermarkRow,
    columns,
    table_of,
)

_RULE = columns(AttachRuleRow)
_PROJECT = columns(ProjectRow)
_MARK = columns(WatermarkRow)
_SAME = ("project_id", "at_source", "stream", "by", "pattern")


def write(
    session: Session,
    change: StreamFollowed,
    workspace: int,
    now: datetime,
    recorded: Mapping[str, Any],
) -> None:
    """End the present rule, if there is one, and begin the next, now: it looks back as far as a
    first look does.
    """
    named = {
        "project_id": change.project,
        "at_source": change.at,
        "stream": change.stream,
        "by": int(change.by),
        "pattern": change.pattern,
    }
    plain = plainly(session)
    if change.before is not None:
        asked = {f"of_{name}": value for name, value in named.items()}
        plain.execute(ending(AttachRuleRow, *_SAME), {**asked, "now": now})
    if change.after is None:
        return
    row = {
        **named,
        **recorded,
        "workspace_id": workspace,
        "kind": change.kind.value,
        "url": change.url,
        "item_key": change.after.key,
        "since": now,
    }
    plain.execute(adding(AttachRuleRow), row)
    mark = _of_stream(workspace, change.at, change.stream)
    plain.execute(update(table_of(WatermarkRow)).where(*mark).values(looked_at=None))
    back = (*mark, _MARK.until > now - LOOKED_BACK)
    plain.execute(update(table_of(WatermarkRow)).where(*back).values(until=now - LOOKED_BACK))


def write_filter(
    session: Session, change: FilterSet, now: datetime, recorded: Mapping[str, Any]
) -> None:
    """End what a trait says at present, and begin what it says now."""
    named = {"project_id": change.project, "trait": change.trait.value, "value": change.value}
    plain = plainly(session)
    if change.before is not None:
        asked = {f"of_{name}": value for name, value in named.items()}
        plain.execute(ending(FollowFilterRow, *named), {**asked, "now": now})
    if change.after is not None:
        row = {**named, **recorded, "mode": change.after.value, "since": now}
        plain.execute(adding(FollowFilterRow), row)


def filters(session: Session, project: int) -> list[Filter]:
    """Those of a project that hold, by which came first."""
    row = columns(FollowFilterRow)
    asked = (
        select(row.trait, row.value, row.mode)
        .where(row.project_id == project, row.until.is_(None))
        .order_by(row.id)
    )
    return [
        Filter(Trait(trait), value, Mode(mode))
        for trait, value, mode in plainly(session).execute(asked)
    ]


def filtered_by(session: Session, workspace: int, trait: Trait) -> frozenset[int]:
    """The projects of which a filter by this trait holds."""
    row = columns(FollowFilterRow)
    asked = (
        select(row.project_id)
        .join(table_of(ProjectRow), _PROJECT.id == row.project_id)
        .where(_PROJECT.workspace_id == workspace, row.trait == trait.value, row.until.is_(None))
    )
    return frozenset(plainly(session).execute(asked).scalars())


def rules(session: Session, workspace: int) -> list[Followed]:
    """All that hold, of projects that are not archived, by which came first."""
    asked = (
        select(table_of(AttachRuleRow))
        .join(table_of(ProjectRow), _PROJECT.id == _RULE.project_id)
        .where(
            _RULE.workspace_id == workspace, _RULE.until.is_(None), _PROJECT.archived_at.is_(None)
        )
        .order_by(_RULE.id)
    )
    return [_followed(row) for row in plainly(session).execute(asked).mappings()]


def of_project(session: Session, project: int) -> list[Followed]:
    """Those of one project that hold, by which came first."""
    asked = (
        select(table_of(AttachRuleRow))
        .where(_RULE.project_id == project, _RULE.until.is_(None))
        .order_by(_RULE.id)
    )
    return [_followed(row) for row in plainly(session).execute(asked).mappings()]


def _followed(row: Any) -> Followed:
    stream = Stream(row["at_source"], Kind(row["kind"]), row["stream"], row["url"])
    rule = Rule(
        row["id"],
        row["project_id"],
        row["item_key"],
        stream.source,
        stream.key,
        By(row["by"]),
        row["pattern"],
    )
    return Followed(rule, stream, row["since"])


Marks = Mapping[tuple[str, str], Watermark]
"""By source and stream."""


def watermarks(session: Session, workspace: int) -> Marks:
    asked = select(table_of(WatermarkRow)).where(_MARK.workspace_id == workspace)
    return {
        (row["source"], row["stream"]): Watermark(
            row["until"],
            row["looked_at"],
            Trouble(Why(row["trouble"]), row["trouble_until"]) if row["trouble"] else None,
        )
        for row in plainly(session).execute(asked).mappings()
    }


def keep(session: Session, workspace: int, source: str, stream: str, mark: Watermark) -> None:
    """Keep up to where a stream was seen. Needs the workspace's lock."""
    values = {
        "until": mark.until,
        "looked_at": mark.looked_at,
        "trouble": mark.trouble.why.value if mark.trouble else "",
        "trouble_until": mark.trouble.until if mark.trouble else None,
    }
    plain = plainly(session)
    same = _of_stream(workspace, source, stream)
    known = plain.execute(select(_MARK.id).where(*same)).scalar()
    if known is None:
        plain.execute(
            adding(WatermarkRow),
            {"workspace_id": workspace, "source": source, "stream": stream, **values},
        )
    else:
        plain.execute(update(table_of(WatermarkRow)).where(_MARK.id == known).values(**values))


def forget(session: Session, workspace: int, followed: Sequence[tuple[str, str]]) -> None:
    """Of what is followed no more, nobody needs to know up to where it was seen."""
    for source, stream in watermarks(session, workspace).keys() - set(followed):
        mine = _of_stream(workspace, source, stream)
        plainly(session).execute(delete(table_of(WatermarkRow)).where(*mine))


def _of_stream(workspace: int, source: str, stream: str) -> tuple[ColumnElement[bool], ...]:
    return (_MARK.workspace_id == workspace, _MARK.source == source, _MARK.stream == stream)
