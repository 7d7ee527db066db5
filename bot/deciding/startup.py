"""Start-up mode begun and ended, and a role that grows out of it."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from bot.changes import ModeChanged, RolesChanged, Seat
from bot.deciding.projects import refuse_archived
from bot.deciding.roles import assign, may_hold, next_begins
from bot.deciding.stints import NOT_ASKED, Past
from bot.errors import Refused, Why
from bot.filling import fills
from bot.people import Person
from bot.project import (
    CLOSED,
    Assignment,
    Item,
    Letter,
    Mode,
    PersonHolder,
    Project,
    Vacancy,
)
from bot.roles import Role
from bot.spelling import folded
from bot.stages import seed
from bot.startup import Solo

WORKING = (Letter.A, Letter.R)


def start_up(
    project: Project, person: Person, people: Mapping[int, Person], now: datetime
) -> tuple[ModeChanged | RolesChanged, ...]:
    """Let one person hold every role: the mode, and an A and an R wherever nobody is there.

    What others hold stays theirs, and vacant seats that need not go stay open, so that nothing is
    lost when people join. `Refused` where nothing would change.
    """
    refuse_archived(project)
    may_hold(WORKING, PersonHolder(person.id), people)
    changes: list[ModeChanged | RolesChanged] = []
    if project.mode is not Mode.STARTUP:
        changes.append(ModeChanged(project.id, project.mode, Mode.STARTUP))
    changes.extend(_taken_over(project, person, people, now))
    if not changes:
        raise Refused(Why.NOTHING_CHANGES, {"item": project.name})
    return tuple(changes)


def _taken_over(
    project: Project, person: Person, people: Mapping[int, Person], now: datetime
) -> Iterator[RolesChanged]:
    holder = PersonHolder(person.id)
    for item in project.items:
        if item.status in CLOSED or item.inherits_raci:
            continue
        ended: list[Assignment] = []
        begun: list[Seat] = []
        for letter in WORKING:
            held = [one for one in item.assignments if one.letter is letter]
            if any(fills(one.holder, people) for one in held):
                continue
            until = next_begins(item, now) if letter is Letter.A else None
            begun.append(Seat(letter, holder, until))
            if letter is Letter.A:  # there is one of these, so it makes way
                ended.extend(held)
        if begun:
            yield RolesChanged(project.id, item.id, tuple(ended), tuple(begun), now)


def end_start_up(project: Project) -> ModeChanged:
    """A team again: every row is told by itself, with the letters it has."""
    refuse_archived(project)
    if project.mode is not Mode.STARTUP:
        raise Refused(Why.NOT_STARTUP, {"project": project.name})
    return ModeChanged(project.id, Mode.STARTUP, Mode.TEAM)


def split_role(
    project: Project,
    role: Role,
    alone: Solo | None,
    to: Person,
    people: Mapping[int, Person],
    *,
    since: datetime,
    now: datetime,
    past: Mapping[int, Past] | None = None,
) -> tuple[RolesChanged, ...]:
    """Move the usual stages of a role from the one who holds everything to somebody new, from
    `since` on; what was before stays as it was.

    Of each stage the letters that the role usually has (A, R or both) go over, and the vacant seats
    of that role are filled. `Refused` where nobody holds everything, or nothing of it is theirs.
    """
    refuse_archived(project)
    if alone is None:
        raise Refused(Why.NOT_STARTUP, {"project": project.name})
    holder, giver = PersonHolder(to.id), PersonHolder(alone.person)
    if holder == giver:
        raise Refused(Why.NOTHING_CHANGES, {"item": project.name})
    may_hold(WORKING, holder, people)
    changes: list[RolesChanged] = []
    for item in project.items:
        letters = tuple(
            letter
            for letter in _letters_of(role, item)
            if any(one.letter is letter and one.holder == giver for one in item.assignments)
        )
        if not letters or item.status in CLOSED:
            continue
        new = tuple(
            letter
            for letter in letters
            if not any(one.letter is letter and one.holder == holder for one in item.assignments)
        )
        change = (
            assign(
                project,
                item,
                new,
                holder,
                people,
                since=since,
                now=now,
                hand_over=True,
                past=past.get(item.id, NOT_ASKED) if past else NOT_ASKED,
            )
            if new
            else RolesChanged(project.id, item.id, (), (), since)
        )
        going = _going(item, letters, giver, role)
        ended = dict.fromkeys((*(one for one in change.ended if _may_end(one)), *going))
        changes.append(RolesChanged(project.id, item.id, tuple(ended), change.begun, change.since))
    if not changes:
        raise Refused(Why.NO_USUAL_STAGE, {"role": role.title, "project": project.name})
    return tuple(changes)


def _letters_of(role: Role, item: Item) -> tuple[Letter, ...]:
    """What a role usually has of an item; both where the usual matrix does not say."""
    if item.key not in role.stages:
        return ()
    usual = {letter for letter, who in seed(item.key) if who == role.key}
    return tuple(letter for letter in WORKING if letter in usual) or WORKING


def _may_end(held: Assignment) -> bool:
    """`assign` fills any vacant seat; here only those of the role are filled, which `_going` names.
    An Accountable, though, always makes way.
    """
    return held.letter is Letter.A or not isinstance(held.holder, Vacancy)


def _going(
    item: Item, letters: tuple[Letter, ...], giver: PersonHolder, role: Role
) -> list[Assignment]:
    return [
        one
        for one in item.assignments
        if one.letter in letters
        and (
            one.holder == giver
            or (isinstance(one.holder, Vacancy) and folded(one.holder.role) == folded(role.title))
        )
    ]
