"""People from outside: they hold letters, and are never written to."""

from sqlalchemy import select

from handlers.service.references import Outsider
from handlers.service.roster import fresh_key
from storage.database import plainly
from storage.ledger import Book
from storage.tables import Identity, PersonRow, columns

_PERSON = columns(PersonRow)


def meet(book: Book, stranger: Outsider) -> None:
    """Somebody from outside is named for the first time."""
    known = select(_PERSON.key).where(_PERSON.workspace_id == book.workspace_id)
    taken = set(plainly(book.session).execute(known).scalars())
    row = {
        "workspace_id": book.workspace_id,
        "key": fresh_key(stranger.name, taken),
        "name": stranger.name,
        "first_name": stranger.name.split(" ")[0],
        "is_outside": True,
        "company": stranger.company,
    }
    [person] = book.insert("PersonAdded", PersonRow, [row])
    if stranger.mail is not None:
        name = {"workspace_id": book.workspace_id, "person_id": person, "kind": "email"}
        book.insert("IdentityAdded", Identity, [{**name, "value": stranger.mail}])
