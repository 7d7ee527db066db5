"""Start-up mode: one person holds every role of a project, and is told of it in one line.

Nothing is stored otherwise than in a team: every row keeps its letters, so that a row stands for
itself again as soon as somebody else joins it.
"""

from collections import Counter
from dataclasses import dataclass

from bot.project import Group, Item, Letter, Mode, PersonHolder, Project

ALONE_FROM = 2
"""Rows of one person from which on they are told as one."""


@dataclass(frozen=True, slots=True)
class Solo:
    """Who holds these items of a project alone."""

    person: int
    items: tuple[Item, ...]


def solo(project: Project) -> Solo | None:
    """The items that are told as one line; None where each is told by itself."""
    if project.mode is not Mode.STARTUP:
        return None
    held = {item.id: _alone(project, item) for item in project.items}
    times = Counter(person for person in held.values() if person is not None)
    if not times:
        return None
    person, most = times.most_common(1)[0]
    if most < ALONE_FROM:
        return None
    return Solo(person, tuple(item for item in project.items if held[item.id] == person))


def _alone(project: Project, item: Item) -> int | None:
    """Who holds A and R of an item while nobody else holds any letter; vacant seats are nobody."""
    letters = project.raci(item)
    people = {one.holder.person for one in letters if isinstance(one.holder, PersonHolder)}
    if len(people) != 1 or any(isinstance(one.holder, Group) for one in letters):
        return None
    [person] = people
    own = {one.letter for one in letters if one.holder == PersonHolder(person)}
    return person if {Letter.A, Letter.R} <= own else None


def others(project: Project, told_as_one: Solo | None) -> tuple[Item, ...]:
    """The items that stand for themselves."""
    if told_as_one is None:
        return project.items
    together = {item.id for item in told_as_one.items}
    return tuple(item for item in project.items if item.id not in together)
