"""What is in the way of an item: whose it is, and for how long by now."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot import workdays
from bot.condition import Blocker
from bot.filling import fills
from bot.people import Person
from bot.project import Assignment, Item, Letter, PersonHolder, Project, Status


def of(item: Item) -> tuple[Blocker, ...]:
    """Its open blockers, the oldest first; one made of its status where nothing else tells."""
    if item.blockers or item.status is not Status.BLOCKED:
        return item.blockers
    return (Blocker(0, item.note or "", None, None),)


def owner(project: Project, item: Item, people: Mapping[int, Person]) -> int | None:
    """Whose a blocker is unless somebody else is named: the Responsible's, else the Accountable's.

    Where several are responsible it is the first of them.
    """
    return next(_there(project.raci(item), people), None)


def whose(
    project: Project, item: Item, blocker: Blocker, people: Mapping[int, Person]
) -> int | None:
    """Its owner, or whose it would be now where nobody was named or they have left."""
    if blocker.owner in people and people[blocker.owner or 0].active:
        return blocker.owner
    return owner(project, item, people)


def _there(held: tuple[Assignment, ...], people: Mapping[int, Person]) -> Iterator[int]:
    for letter in (Letter.R, Letter.A):
        for one in held:
            match one.holder:
                case PersonHolder(person=key) if one.letter is letter and fills(one.holder, people):
                    yield key


def age(
    project: Project,
    item: Item,
    blocker: Blocker,
    people: Mapping[int, Person],
    today: date,
    zone: str = "UTC",
) -> int | None:
    """For how many working days it is there, on a day of `zone`; None from before the record.

    Its owner's days count, or the usual ones.
    """
    return aged(blocker.since, days(whose(project, item, blocker, people), people), today, zone)


def days(owner: int | None, people: Mapping[int, Person]) -> frozenset[int]:
    """The days of the week that count for whose it is, or the usual ones."""
    person = people.get(owner or 0)
    return person.work_days if person and person.work_days else workdays.WORK_WEEK


def aged(since: datetime | None, days: Collection[int], today: date, zone: str) -> int | None:
    """What began then, in these days of the week."""
    if since is None:
        return None
    return workdays.between(since.astimezone(ZoneInfo(zone)).date(), today, days)


def note(blockers: Collection[Blocker]) -> str:
    """All of them as one note."""
    return "; ".join(one.text for one in blockers)
