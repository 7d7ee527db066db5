"""Who is in a standup."""

from collections.abc import Callable, Collection, Mapping

from bot.people import Person
from bot.project import CLOSED, Group, Holder, Letter, PersonHolder, Project, Vacancy
from bot.standups.plan import Plan

_ASKED = frozenset({Letter.A, Letter.R})


def members(
    project: Project,
    people: Mapping[int, Person],
    plan: Plan,
    sees: Callable[[int], bool],
    grouped: Collection[str] = (),
) -> tuple[int, ...]:
    """Who is in, each of them once: R and A of what is open, those who were named, and
    who is in the user group (`grouped`, Slack's ids).

    Only people whom Slack knows, who have not left, and who may see the project (`sees`).
    """
    holding = (
        held.holder
        for item in project.items
        if item.status not in CLOSED
        for held in project.raci(item)
        if held.letter in _ASKED
    )
    wanted = {person for holder in holding if (person := _person(holder)) is not None}
    wanted |= {key for key, person in people.items() if grouped and person.slack_id in grouped}
    return tuple(
        sorted(
            key
            for key in {*wanted, *plan.people}
            if key in people and _reachable(people[key]) and sees(key)
        )
    )


def _person(holder: Holder) -> int | None:
    match holder:
        case PersonHolder(person=person):
            return person
        case Vacancy() | Group():
            return None


def _reachable(person: Person) -> bool:
    return person.active and not person.is_bot and person.slack_id is not None
