"""The rows of what is linked."""

from bot.changes import FilterSet, LinkAdded, LinkChange, StreamFollowed
from bot.deciding import edits_of
from storage import following, links
from storage.database import plainly
from storage.statements import adding, ending
from storage.tables import LinkRow
from storage.writing.pen import Pen
from storage.writing.scope import keep_version


def write(pen: Pen, change: LinkChange) -> int | None:
    """Link something to a project, or unlink it; gives the item that this is about."""
    if isinstance(change, LinkAdded):
        _link(pen, change)
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
        return
    ended = {f"of_{name}": value for name, value in row.items()}
    plainly(pen.session).execute(ending(LinkRow, *row), {**ended, "now": pen.now})
