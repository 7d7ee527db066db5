"""Pages of links, as they were last seen; by their keys at their sources, whoever keeps them.

Which addresses lead to a page only their sources know: what is wanted is asked for by addresses.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Executable, bindparam, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session

from bot.pages import PageSight
from bot.sources.base import Page, Ref, Trouble, Why
from storage.database import plainly
from storage.tables import LinkRow, PageRow, ProjectRow, columns, table_of

CHUNK: Final = 500
"""Keys in one question."""

_IS = columns(PageRow)
_LINK = columns(LinkRow)
_PROJECT = columns(ProjectRow)
_KEYS: Final = ("workspace_id", "source", "key")
_SEEN: Final = (
    *("url", "title", "owner", "state", "edited", "edited_by", "private"),
    *("seen_at", "looked_at", "trouble", "trouble_until"),
)

_ADDRESSES = (
    select(_LINK.url, _PROJECT.archived_at.is_(None).label("is_open"))
    .join_from(table_of(LinkRow), table_of(ProjectRow), _PROJECT.id == _LINK.project_id)
    .where(_PROJECT.workspace_id == bindparam("of"), _LINK.until.is_(None))
    .order_by(_LINK.url, _LINK.id)
)


_KEPT = (
    select(_LINK.project_id, _LINK.url)
    .join_from(table_of(LinkRow), table_of(ProjectRow), _PROJECT.id == _LINK.project_id)
    .where(_PROJECT.workspace_id == bindparam("of"), _LINK.until.is_(None))
    .order_by(_LINK.id)
)


def _putting(insert: Any) -> Executable:
    names = (*_KEYS, *_SEEN)
    said = insert(table_of(PageRow)).values({name: bindparam(name) for name in names})
    statement: Executable = said.on_conflict_do_update(
        index_elements=list(_KEYS), set_={name: said.excluded[name] for name in _SEEN}
    )
    return statement


_PUT = {"sqlite": _putting(sqlite.insert), "postgresql": _putting(postgresql.insert)}


def addresses(session: Session, workspace: int) -> dict[str, bool]:
    """All that projects of a workspace keep among their links, and whether an open one does."""
    found: dict[str, bool] = {}
    for url, is_open in plainly(session).execute(_ADDRESSES, {"of": workspace}):
        found[url] = found.get(url, False) or bool(is_open)
    return found


def kept(session: Session, workspace: int) -> list[tuple[int, str]]:
    """The projects of a workspace with the addresses that they keep among their links."""
    found = plainly(session).execute(_KEPT, {"of": workspace})
    return [(project, url) for project, url in found]


def seen(session: Session, workspace: int, refs: Collection[Ref]) -> dict[Ref, PageSight]:
    """These pages as they were last seen; nothing of those that were never looked at."""
    wanted = {(ref.source, ref.key): ref for ref in refs}
    keys = sorted({ref.key for ref in refs})
    found: dict[Ref, PageSight] = {}
    for start in range(0, len(keys), CHUNK):
        asked = select(table_of(PageRow)).where(
            _IS.workspace_id == workspace, _IS.key.in_(keys[start : start + CHUNK])
        )
        for row in plainly(session).execute(asked).mappings():
            ref = wanted.get((row["source"], row["key"]))
            if ref is not None:
                found[ref] = _sight(ref, row)
    return found


def _sight(ref: Ref, row: Any) -> PageSight:
    page = Page(
        ref,
        row["title"],
        row["owner"],
        row["state"],
        row["edited"],
        row["edited_by"],
        row["private"],
    )
    trouble = Trouble(Why(row["trouble"]), row["trouble_until"]) if row["trouble"] else None
    return PageSight(page if row["seen_at"] else None, row["seen_at"], row["looked_at"], trouble)


def record(session: Session, workspace: int, some: Mapping[Ref, PageSight]) -> None:
    """Keep these sights, in place of what was seen before."""
    plain = plainly(session)
    for ref, sight in some.items():
        page = sight.page or Page(ref, "")
        trouble = sight.trouble
        row = {
            "workspace_id": workspace,
            "source": ref.source,
            "key": ref.key,
            "url": ref.url,
            "title": page.title,
            "owner": page.owner,
            "state": page.state,
            "edited": page.edited,
            "edited_by": page.edited_by,
            "private": page.private,
            "seen_at": sight.seen_at,
            "looked_at": sight.looked_at,
            "trouble": trouble.why.value if trouble else "",
            "trouble_until": trouble.until if trouble else None,
        }
        plain.execute(_PUT[plain.dialect.name], row)


def looked_at(session: Session, workspace: int, refs: Sequence[Ref], now: datetime) -> None:
    """These look as they did: only the times of the last look move on."""
    for source in sorted({ref.source for ref in refs}):
        keys = [ref.key for ref in refs if ref.source == source]
        for start in range(0, len(keys), CHUNK):
            mine = (
                _IS.workspace_id == workspace,
                _IS.source == source,
                _IS.key.in_(keys[start : start + CHUNK]),
            )
            said = update(table_of(PageRow)).where(*mine).values(seen_at=now, looked_at=now)
            plainly(session).execute(said)


def forget(session: Session, workspace: int, but: Collection[Ref]) -> None:
    """What no link leads to any more is kept no longer."""
    kept = {(ref.source, ref.key) for ref in but}
    asked = select(_IS.id, _IS.source, _IS.key).where(_IS.workspace_id == workspace)
    gone = [row.id for row in plainly(session).execute(asked) if (row.source, row.key) not in kept]
    for start in range(0, len(gone), CHUNK):
        mine = _IS.id.in_(gone[start : start + CHUNK])
        plainly(session).execute(delete(table_of(PageRow)).where(mine))
