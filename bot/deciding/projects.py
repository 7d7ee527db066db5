"""A project's own name and end."""

from bot.changes import ArchiveChanged
from bot.deciding.texts import checked_line
from bot.errors import BadInput, Refused, Why
from bot.project import Project


def archive(project: Project, *, archived: bool) -> ArchiveChanged:
    if bool(project.archived_at) is archived:
        raise Refused(Why.NOTHING_CHANGES, {"item": project.name})
    return ArchiveChanged(project.id, archived)


def refuse_archived(project: Project) -> None:
    """Raise `Refused` where nothing may be changed any more."""
    if project.archived_at:
        raise Refused(Why.ARCHIVED, {"project": project.name, "key": project.key})


def checked_name(name: str) -> str:
    """A project's name: one line, 1 to 120 characters, with a letter or a digit in it."""
    name = checked_line(name, "name")
    if not any(character.isalnum() for character in name):
        raise BadInput(Why.BAD_NAME, {"name": name}, field="name")
    return name
