"""Private projects that whoever loads cannot see: no document of theirs may reach them."""

from bot.document import Document
from bot.errors import BadDocument, Problem
from storage.loading.desk import Desk
from storage.tables import MemberRow, ProjectRow


def refuse_hidden(desk: Desk, document: Document) -> None:
    """Note the projects that the actor cannot see; the operator sees all.

    Raises `BadDocument` for a document that takes the key of one, before anything else can be told
    of it, in words that tell no more than that.
    """
    actor = desk.book.actor.person_id
    if actor is None:
        return
    private = {row["id"]: row for row in desk.of_workspace(ProjectRow) if row["private"]}
    members = desk.of_projects(MemberRow, private)
    hidden = {
        row["key"]: key
        for key, row in private.items()
        if row["lead_id"] != actor and actor not in {each["person_id"] for each in members[key]}
    }
    desk.hidden = frozenset(hidden.values())
    taken = tuple(
        Problem(f"projects[{number}].key", f"'{project.key}' is taken; choose another key")
        for number, project in enumerate(document.projects)
        if project.key in hidden
    )
    if taken:
        raise BadDocument(taken)
