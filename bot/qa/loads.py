"""What somebody holds, over the projects that the asker sees."""

from collections.abc import Collection
from dataclasses import dataclass

from bot.acting import today
from bot.people import Delegation, Person
from bot.project import Item, Letter, Project
from bot.qa.facts import Facts


@dataclass(frozen=True, slots=True)
class Row:
    """One letter that somebody holds by name."""

    project: Project
    item: Item
    letter: Letter


def rows(
    who: Person, letters: Collection[Letter], projects: Collection[int], facts: Facts
) -> list[Row]:
    """What `who` holds, by project and in the order of its stages; of archived projects only
    where one is asked for by name."""
    found: list[tuple[str, int, Row]] = []
    wanted = [
        held
        for held in facts.held_by(who.id)
        if held.letter in letters
        and facts.sees(held.project_id)
        and (not projects or held.project_id in projects)
    ]
    read = facts.projects(dict.fromkeys(held.project_id for held in wanted))
    for held in wanted:
        project = read[held.project_id]
        if project.archived_at and not projects:
            continue
        for place, item in enumerate(project.items):
            if item.id == held.item_id:
                found.append((project.name.casefold(), place, Row(project, item, held.letter)))
    found.sort(key=lambda one: (one[0], one[2].project.id, one[1]))
    return [row for _, _, row in found]


def acting_for(who: Person, facts: Facts) -> list[Delegation]:
    """Whom somebody stands in for today."""
    return [
        given
        for given in facts.delegations
        if given.delegate == who.id
        and (given.project is None or facts.sees(given.project))
        and (away := facts.people.get(given.person)) is not None
        and given.covers(today(away, facts.now))
    ]
