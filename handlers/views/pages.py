"""What is said of a page: whose it is, when it was edited, what it is of, and who reviews it."""

from datetime import datetime

from bot import documents
from bot.evidence import WHYS
from bot.pages import PageSight
from bot.people import Person
from bot.project import Project
from bot.upkeep import Link
from handlers.views.kit import Message, Piece, bold, link, message, moment, name, paragraph
from handlers.views.links import of_page


def unfurled(project: Project, one: Link, sight: PageSight, keeper: Person | None) -> Message:
    """Under a message in which somebody pasted it: the project, the stage, and who looks it
    through.
    """
    item = documents.item_of(project, one)
    about: list[str | Piece] = [", ", item.kind.value, " ", bold(name(item.title))] if item else []
    who = f", looked through by {name(keeper.name)}" if keeper else ""
    day = f" by {one.review.isoformat()}" if one.review else ""
    return message(
        paragraph(link(name(one.title), one.url), *told(sight, project.scope.changed_at)),
        paragraph("Among the links of ", bold(name(project.name)), *about, f"{who}{day}."),
    )


def told(sight: PageSight | None, changed_at: datetime | None) -> list[str | Piece]:
    """Whose a page is and when it was last edited; whether that was before the scope changed."""
    if sight is None:
        return []
    said: list[str | Piece] = [". ", *of_page(sight.page)] if sight.page else []
    if sight.is_behind(changed_at) and changed_at:
        said += [" Not edited since the scope changed (", moment(changed_at, "{date_short}"), ")."]
    if sight.trouble is None:
        return said
    until = sight.trouble.until
    ends: list[str | Piece] = [" until ", moment(until, "{date_short} {time}")] if until else []
    seen: list[str | Piece] = [". Not seen yet"]
    if sight.seen_at:
        seen = [" Last seen ", moment(sight.seen_at)]
    return [*said, *seen, f" ({WHYS[sight.trouble.why]}", *ends, ")."]
