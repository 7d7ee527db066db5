"""Who is accountable, in words: with whoever acts, and what is offered.

Answers, lists, digests and workbooks all name an owner by these. `called` writes a name where one
has to be cut or told apart.
"""

from collections.abc import Callable, Mapping
from datetime import datetime

from bot.acting import Acting
from bot.filling import fills
from bot.moments import day
from bot.offers import ago
from bot.people import Person
from bot.project import Item, Letter, Offer, PersonHolder, Project
from bot.telling.holders import holder_name, person_name

People = Mapping[int, Person]
Called = Callable[[Person], str]

NOBODY: Mapping[int, Acting] = {}
"""Nobody acts for anybody."""


def owner(
    project: Project,
    item: Item,
    people: People,
    acting: Mapping[int, Acting] = NOBODY,
    now: datetime | None = None,
    called: Called = person_name,
) -> str:
    """Who is accountable for an item: "Bea Lind (hand-over to Cy Moss offered 2 d ago)", "Dan Poe
    (acting until 2026-08-14; owner Bea Lind)"; empty where nobody is.

    Without `now` it says the day of an offer, and so stays as it is while time goes by.
    """
    for one in project.raci(item):
        if one.letter is Letter.A and fills(one.holder, people):
            offer = project.ruling(item).offer
            note = offered(offer, people, now, called) if offer else ""
            if isinstance(one.holder, PersonHolder):
                return person(one.holder.person, people, acting, note, called)
            return noted(holder_name(one.holder, people), note)
    return ""


def of_blocker(
    key: int,
    project: Project,
    item: Item,
    people: People,
    acting: Mapping[int, Acting] = NOBODY,
) -> str:
    """Whose a blocker is: where that is who is accountable, they are named as such."""
    accountable = {one.holder for one in project.raci(item) if one.letter is Letter.A}
    if PersonHolder(key) in accountable and (words := owner(project, item, people, acting)):
        return words
    return person(key, people, acting)


def person(
    key: int,
    people: People,
    acting: Mapping[int, Acting] = NOBODY,
    note: str = "",
    called: Called = person_name,
) -> str:
    """Somebody, with a `note` in brackets; whoever acts for them first."""
    words = called(people[key]) if key in people else "somebody unknown"
    acts = acting.get(key)
    if acts is None:
        return noted(words, note)
    if acts.delegate is None or acts.delegate not in people:
        return noted(words, acts.trouble, note)
    until = f" until {acts.until.isoformat()}" if acts.until else ""
    return noted(called(people[acts.delegate]), f"acting{until}", f"owner {words}", note)


def offered(
    offer: Offer, people: People, now: datetime | None, called: Called = person_name
) -> str:
    """That something is on its way to somebody: "hand-over to Cy Moss offered 2 d ago"."""
    when = ago(offer.offered_at, now) if now else f"on {day(offer.offered_at)}"
    word = "asked for" if offer.is_request else "offered"
    to = called(people[offer.receiver]) if offer.receiver in people else "somebody"
    return f"hand-over to {to} {word} {when}"


def noted(words: str, *notes: str) -> str:
    told = "; ".join(note for note in notes if note)
    return f"{words} ({told})" if told else words
