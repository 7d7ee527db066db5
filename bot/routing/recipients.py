"""The people behind the letters: who is told of a happening, by which route."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bot.acting import Acting, standing_ins
from bot.contact import LEAD, contact
from bot.people import Delegation, Person
from bot.project import Group, Holder, Item, Letter, PersonHolder, Project
from bot.routing.happenings import Happening
from bot.routing.table import Deed, Event, Party, Route, Surface, routes

Sees = Callable[[int], bool]
"""Whether somebody may know of the project."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Somebody who is to hear of a happening, and by which route.

    `person` None: the `group` is mentioned in the project's channel. `acting_for`: they stand in
    for whoever holds the letter. `as_contact`: nobody is accountable (or nobody leads the project),
    so they are told as what `bot.contact` calls them; `as_accountable`: nobody is responsible, so
    whoever is accountable is asked.
    """

    happening: Happening
    route: Route
    person: int | None
    group: Group | None = None
    acting_for: int | None = None
    as_contact: str = ""
    as_accountable: bool = False

    @property
    def surface(self) -> Surface:
        return Surface.THREAD if self.group else self.route.surface


@dataclass(frozen=True, slots=True)
class _Scene:
    """All that is needed to find the people behind the letters of one item."""

    project: Project
    item: Item | None
    people: Mapping[int, Person]
    acting: Mapping[int, Acting]
    sees: Sees


def routed(
    happening: Happening,
    project: Project,
    item: Item | None,
    people: Mapping[int, Person],
    delegations: Iterable[Delegation],
    now: datetime,
    sees: Sees | None = None,
) -> tuple[Notice, ...]:
    """Who hears of a happening. Nobody hears of their own deed, nobody twice, and of a private
    project only those who may know of it; whoever answers for it hears that the others could not.
    """
    acting = standing_ins(project, people, delegations, now)
    scene = _Scene(project, item, people, acting, sees or project.visible_to)
    told, unseen = _told(happening, scene)
    if unseen and happening.event is not Event.NOT_TOLD:
        missed = replace(happening, event=Event.NOT_TOLD, concerned=unseen)
        told += _told(missed, scene)[0]
    return told


def concerned(happening: Happening, people: Mapping[int, Person], sees: Sees) -> tuple[Notice, ...]:
    """Those whom a happening is about, where the table has a line for them; not who brought it
    about, nor who may not know of it.
    """
    return tuple(
        Notice(happening, route, person)
        for route in routes(happening.event)
        if route.to is Party.CONCERNED
        for person in dict.fromkeys(happening.concerned)
        if person != happening.by and _can_hear(people.get(person)) and sees(person)
    )


def accountable(
    project: Project, item: Item | None, people: Mapping[int, Person]
) -> frozenset[int]:
    """Who answers for an item, or (None) for the whole project, and hears what goes to whoever
    does: also the lead, or whom one turns to without one, where nobody is accountable.
    """
    if item is None:
        found, _ = _of_all(project, people)
        return frozenset(found)
    held = [one.holder for one in project.raci(item) if one.letter is Letter.A]
    if any(_is_there(holder, people) for holder in held):
        return frozenset(one.person for one in held if isinstance(one, PersonHolder))
    return frozenset(contact(project, people)[0])


def _told(happening: Happening, scene: _Scene) -> tuple[tuple[Notice, ...], tuple[int, ...]]:
    """Who is told, and whose the letters are who may not know of the project."""
    told: dict[int | Group, Notice] = {}
    unseen: dict[int, None] = {}
    for route in routes(happening.event):
        for wanted in _behind(route, happening, scene):
            notice = _acted(wanted, scene)
            if notice.person is None:
                assert notice.group is not None
                told.setdefault(notice.group, notice)
            elif notice.person == happening.by or not _can_hear(scene.people.get(notice.person)):
                continue
            elif scene.sees(notice.person):
                told.setdefault(notice.person, notice)
            elif route.deed is not Deed.SHOW:
                unseen[notice.person] = None
    return tuple(told.values()), tuple(unseen)


def _behind(route: Route, happening: Happening, scene: _Scene) -> Iterator[Notice]:
    if route.to is Party.LEAD:
        yield from _contacts(route, happening, scene)
        return
    if isinstance(route.to, Party):
        for person in _party(route.to, happening, scene):
            yield Notice(happening, route, person)
        return
    if scene.item is None:
        yield from _of_the_whole(route, happening, scene)
        return
    held = [one for one in scene.project.raci(scene.item) if one.letter is route.to]
    for one in held:
        if isinstance(one.holder, PersonHolder):
            yield Notice(happening, route, one.holder.person)
        elif isinstance(one.holder, Group) and route.deed is not Deed.SHOW:
            yield Notice(happening, route, None, one.holder)
    if not any(_is_there(one.holder, scene.people) for one in held):
        yield from _instead(route, happening, scene.item, scene)


def _is_there(holder: Holder, people: Mapping[int, Person]) -> bool:
    """Whether somebody hears of it behind a letter, were it only that they may not."""
    return isinstance(holder, Group) or (
        isinstance(holder, PersonHolder) and _can_hear(people.get(holder.person))
    )


def _instead(route: Route, happening: Happening, item: Item, scene: _Scene) -> Iterator[Notice]:
    """Who hears it where nobody holds the letter: the lead instead of an Accountable (or whom one
    turns to without one), and whoever is accountable instead of a Responsible who would be asked.
    """
    if route.to is Letter.R and route.deed is Deed.ASK:
        found = [one for one in scene.project.raci(item) if one.letter is Letter.A]
        for one in found:
            if isinstance(one.holder, PersonHolder):
                yield Notice(happening, route, one.holder.person, as_accountable=True)
    elif route.to is Letter.A and route.deed is not Deed.SHOW:
        yield from _contacts(route, happening, scene)


def _contacts(route: Route, happening: Happening, scene: _Scene) -> Iterator[Notice]:
    people, word = contact(scene.project, scene.people)
    for person in people:
        yield Notice(happening, route, person, as_contact=word)


def _of_the_whole(route: Route, happening: Happening, scene: _Scene) -> Iterator[Notice]:
    """Of what is about the whole project, its lead is its accountable; without one, whoever is
    accountable for the first of its stages that has somebody.
    """
    if route.to is not Letter.A:
        return
    found, word = _of_all(scene.project, scene.people)
    for person in found:
        yield Notice(happening, route, person, as_contact=word)


def _of_all(project: Project, people: Mapping[int, Person]) -> tuple[tuple[int, ...], str]:
    """Who hears what is about the whole project, and as what if not as accountable."""
    found, word = contact(project, people)
    first = None if word == LEAD else _first_accountable(project, people)
    return (found, word) if first is None else ((first,), "")


def _first_accountable(project: Project, people: Mapping[int, Person]) -> int | None:
    for stage in project.stages():
        for held in project.raci(stage):
            match held.holder:
                case PersonHolder(person=key) if held.letter is Letter.A and _is_there(
                    held.holder, people
                ):
                    return key
    return None


def _party(party: Party, happening: Happening, scene: _Scene) -> tuple[int, ...]:
    match party:
        case Party.CONCERNED:
            return happening.concerned
        case _:
            return tuple(one.id for one in scene.people.values() if one.is_admin)


def _can_hear(person: Person | None) -> bool:
    """Whether there is anybody to tell: nobody who left, no bot, nobody outside of this Slack."""
    return bool(
        person and person.active and person.slack_id and not (person.is_bot or person.is_outside)
    )


def _acted(notice: Notice, scene: _Scene) -> Notice:
    """The notice as it goes to whoever acts for the holder today, if somebody does."""
    is_held = isinstance(notice.route.to, Letter) and notice.route.deed is not Deed.SHOW
    if not is_held or notice.person is None:
        return notice
    acts = scene.acting.get(notice.person)
    if acts is None or acts.delegate is None:
        return notice
    return replace(notice, person=acts.delegate, acting_for=notice.person)
