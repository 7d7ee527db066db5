"""Exports that are kept, so that what comes back of one is held against what it was.

What stood in them is kept once for all that are alike, and up to a bound: where a workspace has
more of it, the oldest goes first. That an export was made is kept all the same.
"""

from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session

from bot.exports import packed, unpacked
from storage.database import plainly
from storage.statements import setting
from storage.tables import ExportBaseRow, ExportRow, columns, table_of

BY_ITSELF = "by itself"
"""Where what comes to somebody by direct message goes, unasked."""

KEPT_FOR = timedelta(days=400)
"""How long an export can be handed back and be merged with what changed since."""

MOST_BYTES = 100_000_000
"""How much is kept, packed, of what stood in the exports of a workspace."""

APART = timedelta(minutes=5)
"""How far the clocks of two processes may differ."""

_ROW = columns(ExportRow)
_BASE = columns(ExportBaseRow)
_NEWEST = (_ROW.at.desc(), _ROW.id.desc())
_INSERT: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
_WITH_BASE = select(table_of(ExportRow), _BASE.packed).join_from(
    table_of(ExportRow),
    table_of(ExportBaseRow),
    (_BASE.workspace_id == _ROW.workspace_id) & (_BASE.code == _ROW.code),
    isouter=True,
)


@dataclass(frozen=True, slots=True)
class Whose:
    """For whom an export is, of what, and where it goes: those of one are compared with each other.

    `viewer` None: of what anybody may see, or all who read the channel that is the `destination`;
    `project` None: of all projects.
    """

    workspace: int
    viewer: int | None
    project: int | None
    destination: str = ""


@dataclass(frozen=True, slots=True)
class KeptExport:
    """An export that was made `at` a moment, as of a `revision` of the workspace. `base` is what
    stood in it, packed by `bot.exports`; None where that is kept no more.

    Days in it are those of the `zone`; empty: of one that was kept when that was not written down.
    """

    code: str
    whose: Whose
    revision: int
    at: datetime
    base: bytes | None
    zone: str = ""


def last_other(session: Session, whose: Whose, code: str, now: datetime) -> KeptExport | None:
    """The last of the same that had another code, made before `now`."""
    asked = (
        _WITH_BASE.where(*_same(whose), _ROW.code != code, _ROW.at < now)
        .order_by(*_NEWEST)
        .limit(1)
    )
    return _kept(session, asked)


def unchanged_since(session: Session, whose: Whose, code: str, now: datetime) -> datetime | None:
    """When the last of the same was made first, before `now`, where that had this very code; None
    where it had another one. So one that is made twice at a moment is told the same both times.
    """
    plain = plainly(session)
    mine = select(_ROW.id, _ROW.at, _ROW.begun_at).where(
        *_same(whose), _ROW.code == code, _ROW.begun_at < now
    )
    row = plain.execute(mine).first()
    if row is None:
        return None
    later = select(_ROW.id).where(
        *_same(whose),
        _ROW.code != code,
        _ROW.at < now,
        or_(_ROW.at > row.at, (_ROW.at == row.at) & (_ROW.id > row.id)),
    )
    return None if plain.execute(later.limit(1)).first() else row.begun_at


def of_code(session: Session, workspace: int, code: str) -> KeptExport | None:
    """The last one with this code, whoever made it: what stood in all of them is the same."""
    asked = (
        _WITH_BASE.where(_ROW.workspace_id == workspace, _ROW.code == code)
        .order_by(*_NEWEST)
        .limit(1)
    )
    return _kept(session, asked)


def keep(session: Session, made: KeptExport, now: datetime) -> bool:
    """Keep one, or that it was made again, and let go of what is too old `now`. False for one of a
    time to come, of which nothing is kept: whatever is exported until then would have been made
    before it.
    """
    if made.at > now + APART:
        return False
    plain = plainly(session)
    same = select(_ROW.id, _ROW.code, _ROW.at).where(*_same(made.whose))
    found = plain.execute(same.order_by(*_NEWEST)).all()
    known = next((row for row in found if row.code == made.code), None)
    if known is None:
        row = {
            "workspace_id": made.whose.workspace,
            "viewer_id": made.whose.viewer,
            "project_id": made.whose.project,
            "destination": made.whose.destination,
            "code": made.code,
            "revision": made.revision,
            "begun_at": made.at,
            "at": made.at,
            "zone": made.zone,
        }
        plain.execute(table_of(ExportRow).insert(), [row])
    elif known.at <= made.at:  # who looks at the past makes nothing anew
        first = {} if known is found[0] else {"begun_at": made.at}
        again = update(table_of(ExportRow)).where(_ROW.id == known.id)
        plain.execute(again.values(at=made.at, revision=made.revision, zone=made.zone, **first))
    old = _ROW.at < now - KEPT_FOR
    plain.execute(delete(table_of(ExportRow)).where(_ROW.workspace_id == made.whose.workspace, old))
    _keep_base(session, made, now)
    return True


def _keep_base(session: Session, made: KeptExport, now: datetime) -> None:
    """Keep what stood in one, and let go of what is too old or too much; never of this one."""
    if made.base is None:
        return
    plain, table = plainly(session), table_of(ExportBaseRow)
    row = {
        "workspace_id": made.whose.workspace,
        "code": made.code,
        "at": made.at,
        "size": len(made.base),
        "packed": made.base,
    }
    said = _INSERT[plain.dialect.name](table)
    again = said.on_conflict_do_update(
        index_elements=["workspace_id", "code"],
        set_={"at": said.excluded.at},
        where=_BASE.at < said.excluded.at,
    )
    plain.execute(again, [row])
    ours = _BASE.workspace_id == made.whose.workspace
    up_to = func.sum(_BASE.size).over(order_by=(_BASE.at.desc(), _BASE.id.desc()))
    counted = select(_BASE.id, up_to.label("up_to")).where(ours).subquery()
    too_much = select(counted.c.id).where(counted.c.up_to > MOST_BYTES)
    gone = or_(_BASE.at < now - KEPT_FOR, _BASE.id.in_(too_much))
    plain.execute(delete(table).where(ours, _BASE.code != made.code, gone))


def rewrite(session: Session, workspace: int, change: Callable[[Any], Any]) -> int:
    """Change what is kept of exports, one at a time; gives how many were changed."""
    plain, changed = plainly(session), 0
    keys = select(_BASE.id).where(_BASE.workspace_id == workspace)
    for key in plain.execute(keys).scalars().all():
        before = unpacked(plain.execute(select(_BASE.packed).where(_BASE.id == key)).scalar_one())
        after = change(before)
        if after != before:
            told = packed(after)
            values = {"of": key, "packed": told, "size": len(told)}
            plain.execute(setting(ExportBaseRow, "packed", "size"), values)
            changed += 1
    return changed


def stored(made: KeptExport) -> dict[str, Any]:
    """One that was just made, as JSON, while it is on its way; `recalled` reads it back."""
    base = None if made.base is None else b64encode(made.base).decode()
    return {**asdict(made), "at": made.at.isoformat(), "base": base}


def recalled(told: Mapping[str, Any]) -> KeptExport:
    at, whose = datetime.fromisoformat(told["at"]), Whose(**told["whose"])
    base = None if told["base"] is None else b64decode(told["base"])
    zone = told.get("zone", "")  # of a file that waited while Charter was renewed there is none
    return KeptExport(told["code"], whose, told["revision"], at, base, zone)


def _same(whose: Whose) -> tuple[ColumnElement[bool], ...]:
    return (
        _ROW.workspace_id == whose.workspace,
        _ROW.viewer_id.is_not_distinct_from(whose.viewer),
        _ROW.project_id.is_not_distinct_from(whose.project),
        _ROW.destination == whose.destination,
    )


def _kept(session: Session, asked: Any) -> KeptExport | None:
    row = plainly(session).execute(asked).mappings().first()
    if row is None:
        return None
    whose = Whose(row["workspace_id"], row["viewer_id"], row["project_id"], row["destination"])
    return KeptExport(row["code"], whose, row["revision"], row["at"], row["packed"], row["zone"])
