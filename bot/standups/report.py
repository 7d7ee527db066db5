"""The report of a standup: one day of a project, as the channel is told it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from bot.lateness import Late
from bot.moments import known
from bot.people import Person
from bot.presence import Presence
from bot.project import Item, PersonHolder, Project, Status
from bot.recurrence import at_local
from bot.standups.answers import Entry, SaidLine, State, blocker, blocker_at
from bot.standups.plan import Plan
from bot.standups.waiting import waited_for
from bot.standups.window import is_open, is_overdue


@dataclass(frozen=True, slots=True)
class Later:
    """Somebody who is asked only after the report: when, on their own clock, and where."""

    person: int
    at: time
    zone: str


@dataclass(frozen=True, slots=True)
class Section:
    """What was said of a stage or component (None: of the project at large), each line with the
    standup that it is of.
    """

    item: Item | None
    lines: tuple[tuple[Entry, SaidLine], ...]


@dataclass(frozen=True, slots=True)
class Report:
    """One day's standup of a project: whoever was asked, and who was not (yet). Who is `away` is
    not asked, that day, and misses nothing.

    `titles` are those of the items that are blocked, `items` those of all. `waits` are those whom
    somebody waits for, by who says so: people of the project, who may be told of it. `sections`,
    where it is told by stage, are in the order of the ladder. `late` is how it comes late. Who has
    not answered and has time to is `still` among those who were asked; `overdue` are those who took
    longer. `unreached` are those who have not answered and whom no direct message reaches.
    """

    project: str
    day: date
    entries: tuple[Entry, ...]
    later: tuple[Later, ...]
    unasked: tuple[int, ...]
    titles: Mapping[int, str]
    people: Mapping[int, Person]
    waits: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    away: tuple[int, ...] = ()
    sections: tuple[Section, ...] | None = None
    still: tuple[Later, ...] = ()
    overdue: frozenset[int] = frozenset()
    unreached: frozenset[int] = frozenset()
    late: Late | None = None
    items: Mapping[int, str] = field(default_factory=dict)


def report(
    project: Project,
    plan: Plan,
    day: date,
    entries: Iterable[Entry],
    inside: Sequence[int],
    people: Mapping[int, Person],
    now: datetime,
    presence: Callable[[int], Presence] = Presence,
    late: Late | None = None,
) -> Report | None:
    """The report of a day; None where nobody was asked. `inside` are the members of now.

    Who is out by now and said nothing is left out. Who was asked and is away after all is away.
    """
    asked = [entry for entry in entries if entry.asked_at is not None]
    told = [entry for entry in asked if entry.state is not State.ASKED or entry.person in inside]
    gone = {
        entry.person
        for entry in told
        if entry.state is State.ASKED and presence(entry.person).is_away(day)
    }
    told = [entry for entry in told if entry.person not in gone]
    if not told:
        return None
    done = {entry.person for entry in asked}
    later: list[Later] = []
    unasked: list[int] = []
    away = list(gone)
    for key in inside:
        if key in done or day.weekday() not in plan.days:
            continue
        at = presence(key).asked_at(day, plan.at)
        slot = _slot(day, at or plan.at, people[key].timezone)
        if slot is None:
            continue
        if at is None:
            away.append(key)
        elif slot > now:
            later.append(Later(key, at, known(people[key].timezone)))
        else:
            unasked.append(key)
    in_order = tuple(sorted(told, key=lambda entry: _by_name(people, entry.person)))
    return Report(
        project=project.name,
        day=day,
        entries=in_order,
        later=tuple(later),
        unasked=tuple(sorted(unasked, key=lambda key: _by_name(people, key))),
        titles={item.id: item.title for item in project.items if item.status is Status.BLOCKED},
        people=people,
        waits=waits(project, told, inside, people),
        away=tuple(sorted(away, key=lambda key: _by_name(people, key))),
        sections=by_stage(project, in_order) if plan.by_stage else None,
        still=tuple(_still(plan, in_order, people, now)),
        overdue=frozenset(
            entry.person
            for entry in in_order
            if entry.person in people and is_overdue(plan, entry, people[entry.person].timezone)
        ),
        unreached=frozenset(
            entry.person
            for entry in in_order
            if entry.state is State.ASKED
            and entry.person in people
            and people[entry.person].is_unreachable
        ),
        late=late,
        items={item.id: item.title for item in project.items},
    )


def _still(
    plan: Plan, entries: Iterable[Entry], people: Mapping[int, Person], now: datetime
) -> Iterator[Later]:
    """Who has not answered and has time to: until when."""
    for entry in entries:
        zone = people[entry.person].timezone if entry.person in people else "UTC"
        if plan.closes_at is not None and is_open(plan, entry, zone, now):
            yield Later(entry.person, plan.closes_at, known(zone))


def by_stage(project: Project, entries: Iterable[Entry]) -> tuple[Section, ...]:
    """What people said, put together by what it is about; what blocks them is told elsewhere."""
    found: dict[int | None, list[tuple[Entry, SaidLine]]] = {}
    known = {item.id for item in _ladder(project)}
    for entry in entries:
        for line in told_lines(entry):
            item = line.item if line.item in known else None
            found.setdefault(item, []).append((entry, line))
    items: list[Item | None] = [*_ladder(project), None]
    keys = [(item, item.id if item else None) for item in items]
    return tuple(Section(item, tuple(found[key])) for item, key in keys if key in found)


def told_lines(entry: Entry) -> tuple[SaidLine, ...]:
    """The lines of somebody's answers, but for what blocks them."""
    if entry.state is not State.POSTED:
        return ()
    at = blocker_at(entry.questions) if is_blocked(entry) else None
    return tuple(line for line in entry.said if line.question != at)


def carried(entry: Entry) -> tuple[SaidLine, ...]:
    """What was ticked of what blocks somebody: it stood before, and still does."""
    at = blocker_at(entry.questions)
    return tuple(line for line in entry.said if line.evidence and line.question == at)


def is_blocked(entry: Entry) -> bool:
    """Whether somebody said that something blocks them."""
    return entry.state is State.POSTED and bool(blocker(entry.answers) or carried(entry))


def _ladder(project: Project) -> Iterator[Item]:
    """Stages in their order, each with its components behind it."""
    for stage in project.stages():
        yield stage
        yield from project.components(stage.key)


def waits(
    project: Project,
    entries: Iterable[Entry],
    inside: Sequence[int],
    people: Mapping[int, Person],
) -> dict[int, tuple[int, ...]]:
    """Whom somebody waits for, by who says so: never themselves, nor who may not know of the
    project.
    """
    held = (one.holder for item in project.items for one in item.assignments)
    holders = {holder.person for holder in held if isinstance(holder, PersonHolder)}
    reachable = [
        person
        for key in sorted({*holders, *inside})
        if (person := people.get(key)) is not None
        and person.active
        and person.slack_id
        and project.visible_to(key)
    ]
    found = {
        entry.person: tuple(
            one for one in waited_for(blocker(entry.answers), reachable) if one != entry.person
        )
        for entry in entries
        if entry.state is State.POSTED
    }
    return {person: named for person, named in found.items() if named}


def is_late(entry: Entry, told_at: datetime) -> bool:
    """Whether somebody said something only after the report was told."""
    return entry.state is State.POSTED and entry.posted_at is not None and entry.posted_at > told_at


def _slot(day: date, at: time, zone: str) -> datetime | None:
    return at_local(day, at, ZoneInfo(known(zone)))


def _by_name(people: Mapping[int, Person], key: int) -> tuple[str, int]:
    return (people[key].name.casefold() if key in people else "", key)
