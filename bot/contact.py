"""Whom to turn to about a project where nobody holds the letter in question."""

from collections.abc import Mapping

from bot.people import Person
from bot.project import Project

LEAD, CREATOR, ADMIN = "lead", "creator", "admin"


def contact(project: Project, people: Mapping[int, Person]) -> tuple[tuple[int, ...], str]:
    """The project's lead; without one whoever made it, else the admins; and which of these."""
    for number, word in ((project.lead, LEAD), (project.created_by, CREATOR)):
        person = people.get(number) if number else None
        if person and person.active and project.visible_to(person.id):
            return (person.id,), word
    admins = (person for person in people.values() if person.is_admin and person.active)
    return tuple(sorted(person.id for person in admins if project.visible_to(person.id))), ADMIN
