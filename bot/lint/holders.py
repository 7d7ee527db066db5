"""Rules about people: who cannot answer for what they hold, who stands in, who bears too much."""

from collections.abc import Iterator
from datetime import timedelta

from bot.lint.values import Found, Ground
from bot.load import only_responsible
from bot.people import Delegation, Person
from bot.project import CLOSED, Item, Letter
from bot.startup import solo

LATELY = timedelta(days=7)


def accountable_outside(ground: Ground) -> Iterator[Found]:
    for item, person in _holding(ground, Letter.A):
        if person.is_outside or person.is_guest:
            what = f"of {person.company}" if person.company else "not a member of the workspace"
            said = f"{person.name}, who is accountable for {item.title}, is {what}"
            yield Found(item, said, person.key, Letter.A)


def left(ground: Ground) -> Iterator[Found]:
    for letter in Letter:
        for item, person in _holding(ground, letter):
            if not person.active:
                said = f"{person.name}, who is {letter.word} for {item.title}, has left"
                yield Found(item, said, person.key, letter)


def unsighted(ground: Ground) -> Iterator[Found]:
    if not ground.project.private:
        return
    for letter in (Letter.A, Letter.R):
        for item, person in _holding(ground, letter):
            if person.active and not person.is_outside and not ground.sees(person.id):
                said = f"{person.name} is {letter.word} for {item.title} and cannot see it"
                yield Found(item, said, person.key, letter)


def delegate_gone(ground: Ground) -> Iterator[Found]:
    for item, person in _holding(ground, Letter.A):
        for given in _delegations(ground, person):
            delegate = ground.people.get(given.delegate)
            if delegate is None or not given.covers(ground.today):
                continue
            if not delegate.active or not ground.sees(delegate.id):
                why = "has left" if not delegate.active else "cannot see it"
                said = f"{delegate.name} acts for {person.name} on {item.title} and {why}"
                yield Found(item, said, delegate.key, Letter.A)


def delegate_expired(ground: Ground) -> Iterator[Found]:
    for item, person in _holding(ground, Letter.A):
        given = _delegations(ground, person)
        if any(one.end >= ground.today for one in given):
            continue
        ended = [one for one in given if ground.today - one.end <= LATELY]
        if ended:
            last = max(ended, key=lambda one: one.end)
            name = ground.people[last.delegate].name
            said = f"{name} acted for {person.name} on {item.title} until {last.end.isoformat()}"
            yield Found(item, said, person.key, Letter.A)


def single_point(ground: Ground) -> Iterator[Found]:
    one_line = solo(ground.project)
    expected = {item.id for item in one_line.items} if one_line else set()
    for item in ground.project.stages():
        person = only_responsible(ground.project, item, ground.people)
        if person is not None and item.id not in expected:
            said = f"{ground.people[person].name} is the only one responsible for {item.title}"
            yield Found(item, said, ground.people[person].key, Letter.R)


def overloaded(ground: Ground) -> Iterator[Found]:
    """Once a person and project; in start-up mode there is nobody to give anything to."""
    one_line = solo(ground.project)
    told = {one_line.person} if one_line else set()
    for _item, person in _holding(ground, Letter.A):
        number = ground.load.get(person.id, 0)
        if number > ground.load_limit and person.active and person.id not in told:
            told.add(person.id)
            said = (
                f"{person.name} is accountable for {number} open rows, where "
                f"{ground.load_limit} are the limit"
            )
            yield Found(None, said, person.key, Letter.A)


def _holding(ground: Ground, letter: Letter) -> Iterator[tuple[Item, Person]]:
    for item in ground.project.items:
        if item.status not in CLOSED and not item.inherits_raci:
            for person in ground.holding(item, letter):
                yield item, person


def _delegations(ground: Ground, person: Person) -> list[Delegation]:
    return [
        one
        for one in ground.delegations
        if one.person == person.id
        and one.delegate in ground.people
        and one.project in (None, ground.project.id)
    ]
