"""People from outside: they hold letters, and are never written to."""

from dataclasses import replace

from sqlalchemy import select

from bot.people import Person
from handlers.service import references
from handlers.service.references import Desk, Outsider
from handlers.service.roster import fresh_key
from storage import ledger
from storage.database import plainly
from storage.ledger import Book
from storage.tables import Identity, PersonRow, columns

_PERSON, _NAME = columns(PersonRow), columns(Identity)


def introduced(desk: Desk, ref: str) -> Desk:
    """The desk with whom an order names from outside: somebody new is written down in the very
    transaction that gives them a letter, and so is forgotten where that is refused.
    """
    stranger = references.outsider(ref)
    if stranger is None or references.known_outsider(desk, stranger) is not None:
        return desk
    with ledger.opened(desk.session, desk.actor, desk.now) as book:
        person = _meet(book, stranger)
    people = {**desk.facts.people, person.id: person}
    return replace(desk, facts=replace(desk.facts, people=people))


def _meet(book: Book, stranger: Outsider) -> Person:
    """Somebody from outside is named for the first time. An address that somebody has stays theirs:
    the actor may not know of them.
    """
    known = select(_PERSON.key).where(_PERSON.workspace_id == book.workspace_id)
    taken = set(plainly(book.session).execute(known).scalars())
    first = stranger.name.split(" ")[0]
    own = fresh_key(stranger.name, taken)
    row = {
        "workspace_id": book.workspace_id,
        "key": own,
        "name": stranger.name,
        "first_name": first,
        "is_outside": True,
        "company": stranger.company,
    }
    [key] = book.insert("PersonAdded", PersonRow, [row])
    mail = stranger.mail
    if mail is not None and not _is_taken(book, mail):
        name = {"workspace_id": book.workspace_id, "person_id": key, "kind": "email"}
        book.insert("IdentityAdded", Identity, [{**name, "value": mail}])
    return Person(key, own, stranger.name, first, is_outside=True, company=stranger.company)


def _is_taken(book: Book, mail: str) -> bool:
    same = select(_NAME.id).where(
        _NAME.workspace_id == book.workspace_id, _NAME.kind == "email", _NAME.value == mail
    )
    return plainly(book.session).execute(same).first() is not None
