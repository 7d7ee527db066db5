"""Blockers that carry over from one standup to the next, until they are resolved.

Mine are those that the record has and that I own or raised, and what I wrote last time of what
blocks me. The third *still* about the same one is told once to whoever is accountable.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import assert_never

from bot import blockers, workdays
from bot.moments import known, own_day
from bot.people import Person
from bot.project import CLOSED, Project
from bot.spelling import folded
from bot.standups.answers import Entry, SaidLine, blocker_at, says_nothing
from bot.standups.parts import done_at
from bot.standups.verdicts import RECORDED, WRITTEN, Carried, Verdict
from bot.text import clip

THIRD = 3
_LONGEST = 300


def carried_over(
    project: Project,
    people: Mapping[int, Person],
    entry: Entry,
    before: Entry | None,
    raised: Collection[int],
    today: date,
) -> tuple[Carried, ...]:
    """What may be in somebody's way still as they answer `entry`, the oldest first.

    `before` is the last standup in which they said something, `raised` are the open blockers (ids)
    that they put into the record. Nothing where the standup does not ask what blocks anybody.
    """
    if blocker_at(entry.questions) is None:
        return ()
    recorded = [*_recorded(project, people, entry.person, raised, today)]
    there = {folded(one.text) for one in recorded}
    written = _written(people[entry.person], before, today) if before else ()
    found = [*recorded, *(one for one in written if folded(one.text) not in there)]
    last = {one.key: one for one in (before.carried if before else ())}
    return tuple(
        replace(one, times=last[one.key].times, told=last[one.key].told) if one.key in last else one
        for one in sorted(found, key=lambda one: -(one.age or 0))
    )


def _recorded(
    project: Project,
    people: Mapping[int, Person],
    person: int,
    raised: Collection[int],
    today: date,
) -> Iterator[Carried]:
    zone = known(people[person].timezone)
    for item in project.items:
        if item.status in CLOSED:
            continue
        for one in item.blockers:
            if one.id in raised or blockers.whose(project, item, one, people) == person:
                age = blockers.age(project, item, one, people, today, zone)
                since = own_day(one.since, zone) if one.since else None
                yield Carried(f"{RECORDED}{one.id}", one.text, item.id, since, age)


def _written(person: Person, before: Entry, today: date) -> Iterator[Carried]:
    """What they wrote last time and marked nothing with, and what of that is older still."""
    days = person.work_days or workdays.WORK_WEEK
    old = [one for one in before.carried if one.is_written and one.is_open]
    for one in old:
        yield replace(
            one,
            age=workdays.between(one.since, today, days) if one.since else None,
            verdict=Verdict.OPEN,
        )
    if before.blocked_item is not None:
        return
    at = blocker_at(before.questions)
    there = {folded(one.text) for one in before.carried if one.is_open}
    for number, line in enumerate(before.said):
        is_one = line.question == at and not line.evidence and not says_nothing(line.text)
        if is_one and folded(line.text) not in there:
            age = workdays.between(before.day, today, days)
            yield Carried(f"{WRITTEN}{before.id}/{number}", line.text, line.item, before.day, age)


def settled(
    offered: Sequence[Carried], entry: Entry, said: Mapping[str, Verdict]
) -> tuple[Carried, ...]:
    """All of them with what is said now, by their keys; `entry` tells what was said before, in the
    same standup. What was resolved or handed on in it, and is offered no more, stays so.
    """
    own = {one.key: one for one in entry.carried}
    found = [
        judged(one, said.get(one.key, stands(one, entry)), own.get(one.key)) for one in offered
    ]
    open_keys = {one.key for one in offered}
    gone = (one for one in entry.carried if one.key not in open_keys and not one.is_open)
    return (*gone, *found)


def stands(one: Carried, entry: Entry) -> Verdict:
    """What was said of it in the same standup before. What the record has open again is not
    resolved.
    """
    own = next((each for each in entry.carried if each.key == one.key), None)
    is_over = own is None or (own.verdict is Verdict.RESOLVED and not one.is_written)
    return Verdict.OPEN if own is None or is_over else own.verdict


def judged(one: Carried, verdict: Verdict, own: Carried | None) -> Carried:
    """What is said of it now; `own` is what was said of it in this same standup before."""
    times = one.times + (verdict is Verdict.STILL)
    return replace(
        one, verdict=verdict, times=times, told=one.told or (own is not None and own.told)
    )


def is_to_be_told(one: Carried) -> bool:
    """Whether somebody said for the third time that it is still there, and nobody was told."""
    return one.verdict is Verdict.STILL and one.times >= THIRD and not one.told


def carried_lines(
    carried: Sequence[Carried], questions: Sequence[str], names: Mapping[str, str]
) -> Iterator[SaidLine]:
    """What is told of it: what is resolved with what was done, the rest with what blocks. `names`
    tell to whom something was handed on, by the keys.
    """
    block = blocker_at(questions)
    if block is None:
        return
    done = done_at(questions)
    for one in carried:
        text = clip(one.text, _LONGEST)
        match one.verdict:
            case Verdict.RESOLVED:
                at, text = block if done is None else done, f"Resolved: {text}"
            case Verdict.STILL:
                at, text = block, f"{text} ({still(one)})"
            case Verdict.HANDED:
                to = names.get(one.key)
                at, text = block, f"{text} (handed on{f' to {to}' if to else ''})"
            case Verdict.OPEN:
                continue
            case _:
                assert_never(one.verdict)
        yield SaidLine(at, text, one.item, one.key)


def still(one: Carried) -> str:
    """How often it was said to be there still, and how old it is."""
    often = f", for the {_nth(one.times)} time" if one.times > 1 else ""
    age = f", {workdays.words(one.age)}" if one.age is not None else ""
    return f"still there{often}{age}"


def _nth(number: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{'th' if number % 100 in {11, 12, 13} else ending}"
