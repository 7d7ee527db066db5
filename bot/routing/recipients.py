"""The people behind the letters: who is told of a happening, by which route."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.people import Delegation, Person
from bot.project import Group, Item, Letter, PersonHolder, Project
from bot.routing.happenings import Happening
from bot.routing.table import Deed, Event, Party, Route, Surface, routes

HOPS = 3
"""A delegate's delegate's delegate acts, and nobody beyond."""

Sight = Callable[[int], bool]
"""Whether somebody may know of the project."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Somebody who is to hear of a happening, and by which route.

    `person` None: the `group` is mentioned in the project's channel. `acting_for`: they stand in
    for whoever holds the letter. `as_lead`: nobody is accountable, so the lead is told.
    """

    happening: Happening
    route: Route
    person: int | None
    group: Group | None = None
    acting_for: int | None = None
    as_lead: bool = False

    @property
    def surface(self) -> Surface:
        return Surface.THREAD if self.group else self.route.surface


def routed(
    happening: Happening,
    project: Project,
    item: Item | None,
    people: Mapping[int, Person],
    delegations: Iterable[Delegation],
    now: datetime,
    sees: Sight | None = None,
) -> tuple[Notice, ...]:
    """Who hears of a happening. Nobody hears of their own deed, nobody twice, and of a private
    project only those who may know of it; whoever answers for it hears that the others could not.
    """
    sees = sees or project.visible_to
    acting = tuple(delegations)
    told: dict[int | str, Notice] = {}
    unseen: list[int] = []
    for route in routes(happening.event):
        for notice in _behind(route, happening, project, item, people):
            notice = _acted(notice, people, acting, now, sees)
            key = notice.person if notice.person is not None else f"@{notice.group}"
            if notice.person == happening.by and notice.person is not None:
                continue
            if notice.person is not None and not _can_hear(people.get(notice.person)):
                continue
            if notice.person is not None and not sees(notice.person):
                unseen.append(notice.person)
                continue
            told.setdefault(key, notice)
    return (*told.values(), *_untold(happening, project, item, people, acting, now, sees, unseen))


def _untold(
    happening: Happening,
    project: Project,
    item: Item | None,
    people: Mapping[int, Person],
    acting: tuple[Delegation, ...],
    now: datetime,
    sees: Sight,
    unseen: list[int],
) -> tuple[Notice, ...]:
    if not unseen or happening.event is Event.NOT_TOLD:
        return ()
    missed = replace(happening, event=Event.NOT_TOLD, concerned=tuple(dict.fromkeys(unseen)))
    return routed(missed, project, item, people, acting, now, sees)


def _behind(
    route: Route,
    happening: Happening,
    project: Project,
    item: Item | None,
    people: Mapping[int, Person],
) -> Iterator[Notice]:
    if isinstance(route.to, Party):
        for person in _party(route.to, happening, project, people):
            yield Notice(happening, route, person)
        return
    held = project.raci(item) if item else ()
    found = False
    for one in held:
        if one.letter is not route.to:
            continue
        if isinstance(one.holder, PersonHolder):
            found = True
            yield Notice(happening, route, one.holder.person)
        elif isinstance(one.holder, Group) and route.deed is not Deed.SHOW:
            yield Notice(happening, route, None, one.holder)
    if route.to is Letter.A and route.deed is not Deed.SHOW and not found:
        person = answers_for(project) if item is None else project.lead
        if person is not None:
            yield Notice(happening, route, person, as_lead=person == project.lead)


def _party(
    party: Party, happening: Happening, project: Project, people: Mapping[int, Person]
) -> tuple[int, ...]:
    match party:
        case Party.CONCERNED:
            return happening.concerned
        case Party.LEAD:
            return () if project.lead is None else (project.lead,)
        case Party.ADMIN:
            return tuple(one.id for one in people.values() if one.is_admin)


def answers_for(project: Project) -> int | None:
    """Who answers for a project as a whole: its lead, else whoever is accountable for the first of
    its stages that has somebody.
    """
    if project.lead is not None:
        return project.lead
    for stage in project.stages():
        for held in project.raci(stage):
            if held.letter is Letter.A and isinstance(held.holder, PersonHolder):
                return held.holder.person
    return None


def _can_hear(person: Person | None) -> bool:
    """Whether there is anybody to tell: not those who left, no bot, nobody from outside."""
    return bool(person and person.active and not person.is_bot)


def _acted(
    notice: Notice,
    people: Mapping[int, Person],
    acting: tuple[Delegation, ...],
    now: datetime,
    sees: Sight,
) -> Notice:
    """The notice as it goes to whoever acts for the holder today, if somebody does."""
    is_held = isinstance(notice.route.to, Letter) and notice.route.deed is not Deed.SHOW
    if not is_held or notice.person is None:
        return notice
    acts = stand_in(notice.person, people, acting, now)
    if acts == notice.person or not sees(acts):
        return notice
    return replace(notice, person=acts, acting_for=notice.person)


def stand_in(
    person: int, people: Mapping[int, Person], acting: tuple[Delegation, ...], now: datetime
) -> int:
    """Who acts for somebody now: they themselves where nobody does, where the chain is too long,
    comes back to somebody or ends with somebody who has left.
    """
    passed = [person]
    while True:
        current = people.get(passed[-1])
        if current is None or not current.active:
            return person
        today = now.astimezone(ZoneInfo(current.timezone)).date()
        given = [one for one in acting if one.person == current.id and one.covers(today)]
        if not given:
            return passed[-1]
        if given[0].delegate in passed or len(passed) > HOPS:
            return person
        passed.append(given[0].delegate)
