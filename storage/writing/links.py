"""The rows of what is linked."""

from bot.changes import (
    DocumentPlanned,
    FilterSet,
    LinkAdded,
    LinkChange,
    StreamFollowed,
    Upkeep,
)
from bot.deciding import edits_of
from storage import following, links
from storage.database import plainly
from storage.statements import adding, ending
from storage.tables import DocumentRow, LinkRow
from storage.writing.pen import Pen
from storage.writing.scope import keep_version


def write(pen: Pen, change: LinkChange) -> int | None:
    """Link something to a project, or unlink it; gives the item that this is about."""
    if isinstance(change, LinkAdded):
        _link(pen, change)
        return None
    if isinstance(change, DocumentPlanned):
        _plan(pen, change.project, change.url, change.after)
        return None
    if isinstance(change, FilterSet):
        following.write_filter(pen.session, change, pen.now, pen.recorded())
        return None
    if isinstance(change, StreamFollowed):
        following.write(pen.session, change, pen.workspace_id, pen.now, pen.recorded())
    elif change.after is None:
        links.untie(pen.session, change, pen.now, pen.recorded())
    else:
        links.tie(pen.session, change, pen.recorded())
    spot = change.after or change.before
    return spot.item if spot else None


def _link(pen: Pen, change: LinkAdded) -> None:
    row = {"project_id": change.project, "url": change.url}
    keep_version(pen, change.project, edits_of(change))
    if change.added:
        said = {**row, "title": change.title, "since": pen.now, **pen.recorded()}
        plainly(pen.session).execute(adding(LinkRow), said)
        if change.upkeep != Upkeep():
            _plan(pen, change.project, change.url, change.upkeep)
        return
    ended = {f"of_{name}": value for name, value in row.items()}
    plainly(pen.session).execute(ending(LinkRow, *row), {**ended, "now": pen.now})
    _plan(pen, change.project, change.url, Upkeep())


def _plan(pen: Pen, project: int, url: str, upkeep: Upkeep) -> None:
    """Nothing is kept of a document that is of no item, and looked through on no day."""
    row = {"project_id": project, "url": url}
    ended = {f"of_{name}": value for name, value in row.items()}
    plain = plainly(pen.session)
    plain.execute(ending(DocumentRow, *row), {**ended, "now": pen.now})
    if upkeep != Upkeep():
        said = {"review": upkeep.review, "item_key": upkeep.spot.key}
        plain.execute(adding(DocumentRow), {**row, **said, "since": pen.now, **pen.recorded()})
