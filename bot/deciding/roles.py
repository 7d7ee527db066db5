"""Who may hold a letter, and who makes way for whom."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from bot.changes import RolesChanged, Seat
from bot.deciding.projects import refuse_archived
from bot.errors import Refused, SecondAccountable, Why
from bot.people import Person
from bot.project import (
    Assignment,
    Group,
    Holder,
    Item,
    Letter,
    PersonHolder,
    Project,
    Vacancy,
)
from bot.telling import holder_name, holder_ref


def holders(assignments: Sequence[Assignment], letter: Letter) -> tuple[Assignment, ...]:
    return tuple(held for held in assignments if held.letter is letter)


def assign(
    project: Project,
    item: Item,
    letters: Sequence[Letter],
    holder: Holder,
    people: Mapping[int, Person],
    *,
    since: datetime,
    now: datetime,
    hand_over: bool = False,
) -> RolesChanged:
    """Give `letters` of an item to `holder`, from `since` on, which is not after `now`.

    A second Accountable, present or planned, raises `SecondAccountable` unless `hand_over`; a
    vacant seat is simply filled. Somebody who holds the letter already may get an earlier
    beginning. Raises `Refused` for an archived project, a holder who left, a bot, an accountable
    group, a start at which somebody else was accountable who is not any more, and where nothing
    would change.
    """
    refuse_archived(project)
    may_hold(letters, holder, people)
    ended: list[Assignment] = []
    begun: list[Seat] = []
    for letter in dict.fromkeys(letters):
        own = [held for held in holders(item.assignments, letter) if held.holder == holder]
        if any(held.since is None or held.since <= since for held in own):
            continue
        begun.append(Seat(letter, holder))
        ended.extend(own)
        if letter is Letter.A:
            ended.extend(_making_way(project, item, holder, people, since, now, hand_over))
        elif isinstance(holder, PersonHolder):
            ended.extend(_vacancy(holders(item.assignments, letter)))
    if not begun:
        raise Refused(Why.NOTHING_CHANGES, {"item": item.title})
    return RolesChanged(project.id, item.id, tuple(ended), tuple(begun), since)


def _making_way(
    project: Project,
    item: Item,
    holder: Holder,
    people: Mapping[int, Person],
    since: datetime,
    now: datetime,
    hand_over: bool,
) -> Iterator[Assignment]:
    """Every other Accountable from `since` on, who ends with the new one's beginning."""
    for held in item.accountable or holders(item.assignments, Letter.A):
        is_past = held.until is not None and held.until <= now
        if held.holder == holder and not is_past and held.holds_at(now):
            continue
        if held.until is not None and held.until <= since:
            continue
        if isinstance(held.holder, Vacancy):
            yield held
            continue
        is_planned = held.since is not None and held.since > now
        if is_past or (not is_planned and held.since is not None and held.since > since):
            raise Refused(Why.BAD_DATE, {"item": item.title}, field="since")
        if not hand_over:
            raise SecondAccountable(
                project_key=project.key,
                item_key=item.key,
                item_title=item.title,
                project_name=project.name,
                present=holder_name(held.holder, people),
                since=held.since,
                wanted=holder_name(holder, people),
                wanted_ref=holder_ref(holder, people),
                item_version=item.version,
            )
        yield held


def _vacancy(present: Sequence[Assignment]) -> list[Assignment]:
    """The one vacant seat that somebody new sits on."""
    return [held for held in present if isinstance(held.holder, Vacancy)][:1]


def may_hold(letters: Sequence[Letter], holder: Holder, people: Mapping[int, Person]) -> None:
    """Raise `Refused` for a bot, for somebody who has left, and for an accountable group."""
    match holder:
        case PersonHolder(person=key):
            person = people[key]
            if person.is_bot:
                raise Refused(Why.HOLDER_IS_BOT, {"name": person.name}, field="holder")
            if not person.active:
                left = person.left_on.isoformat() if person.left_on else ""
                raise Refused(Why.HOLDER_LEFT, {"name": person.name, "on": left}, field="holder")
        case Group(handle=handle) if Letter.A in letters:
            raise Refused(Why.GROUP_ACCOUNTABLE, {"group": handle}, field="holder")
        case _:
            pass


def clear(
    project: Project,
    item: Item,
    letters: Sequence[Letter],
    holder: Holder | None,
    *,
    since: datetime,
) -> RolesChanged:
    """Take letters away, from one holder or (None) from all; `Refused` where nobody holds them."""
    refuse_archived(project)
    ended = tuple(
        held
        for held in item.assignments
        if held.letter in letters and (holder is None or held.holder == holder)
    )
    if not ended:
        raise Refused(Why.NOT_HELD, {"item": item.title, "letters": "/".join(letters)})
    return RolesChanged(project.id, item.id, ended, (), since)
