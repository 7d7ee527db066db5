"""What is kept of a person, and taking it away: on their own request, or by an admin."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot import permissions
from bot.errors import Refused, Why
from bot.leaving import vacated
from bot.outcome import Place
from bot.people import Actor, Person
from bot.personal import FORMER, Erasure
from bot.project import PersonHolder
from bot.rights import Right
from handlers.service import (
    brief_plans,
    export_plans,
    leaving,
    offers,
    own_digests,
    references,
    rights,
    teams,
)
from handlers.service.desks import Desks
from handlers.service.references import Desk
from storage import erasing, identities, ledger, people, personal
from storage.audit import REDACTION
from storage.ledger import Book
from storage.tables import PersonRow

NOBODY: Mapping[str, Any] = {
    "first_name": "",
    "job_title": "",
    "role": "",
    "company": "",
    "timezone": "UTC",
    "active": False,
    "is_admin": False,
    "is_slack_admin": False,
    "in_standups": False,
    "work_days": None,
    "quiet_from": "",
    "quiet_until": "",
    "own_zone": "",
    "zone_since": None,
    "holiday_region": "",
    "no_reminders": False,
    "unreachable_since": None,
}
"""What is left of somebody's profile."""


class Personal(Desks):
    """Personal data: shown whole to whom it is about, and erased."""

    def export(self, actor: Actor, ref: str | None = None) -> str:
        """All that is kept of a person, as JSON: one's own, of what one may see, or (by the
        operator) anybody's, of everything.
        """
        with self._reading(actor, Place()) as desk:
            if rights.is_guest(desk) and rights.oneself(desk, ref or "me") is None:
                raise Refused(Why.NOT_YOURS, {"name": "somebody else"})
            person = references.person(desk, ref or "me")
            if actor.person is not None and person.id != actor.person.id:
                raise Refused(Why.NOT_YOURS, {"name": person.name})
            seen = None if actor.person is None else [known.id for known in desk.visible()]
            if seen is not None:
                seen += [known.id for known in teams.visible(desk)]
            told = personal.everything(desk.session, actor.workspace, person.id, seen)
        return json.dumps(told, ensure_ascii=False, indent=2)

    def named(self, actor: Actor, ref: str) -> Person:
        """Whom an erasure would be of. `Forbidden` for others than admins."""
        with self._reading(actor, Place()) as desk:
            return _erasable(desk, ref)

    def erase(self, actor: Actor, ref: str, reason: str = "") -> Erasure:
        """Take somebody's name out of everything: "former member 7", and what other accounts that
        turned out to be theirs hold besides. Dates and letters stay, and the chain of the record is
        as whole as before. There is no way back.
        """
        with self._writing(actor, Place()) as desk:
            person = _erasable(desk, ref)
            session, workspace = desk.session, actor.workspace
            former = erasing.next_name(session, workspace)
            accounts = (person.id, *identities.merged_into(session, person.id))
            names, shared = erasing.names_of(session, workspace, accounts, former)
            with ledger.opened(session, actor, desk.now) as book:
                for key in accounts:
                    one = desk.facts.people[key]
                    _vacate(desk, book, one)
                    own_digests.end_with(book, one, desk.facts.people)
                    brief_plans.end_with(book, one, desk.facts.people)
                    export_plans.end_with(book, one, desk.facts.people)
            with ledger.opened(session, actor, desk.now) as book:
                done = _erased(book, person, names, shared, reason)
            leaving.tell(session, workspace, accounts, (), desk.now)
        return done


def _erasable(desk: Desk, ref: str) -> Person:
    permissions.require(desk.actor, Right.RUN, desk.facts.people)
    person = references.person(desk, ref)
    if person.is_bot or person.name.startswith(f"{FORMER} "):
        raise Refused(Why.NOT_ERASABLE, {"name": person.name})
    return person


def _vacate(desk: Desk, book: Book, person: Person) -> None:
    """Their letters become vacant seats, as when somebody leaves."""
    everyone = people.everyone(desk.session, desk.facts.workspace)
    offers.withdraw(book, everyone, person.id)
    held = people.letters_of(desk.session, [person.id], desk.now)
    mine = [one for one in held if one.held.holder == PersonHolder(person.id)]
    changes = vacated(mine, person, desk.facts.roles, desk.now)
    book.apply_letters(changes, everyone, reason="erased on request")


def _erased(
    book: Book,
    person: Person,
    names: erasing.Names,
    shared: tuple[str, ...],
    reason: str,
) -> Erasure:
    workspace, now = book.workspace_id, book.now
    seq = book.workspace.revision + 1
    done, digests = erasing.erase(book.session, workspace, names, shared, seq)
    for number, key in enumerate(names.people):
        _rename(book, key, names.former, number, now)
    written = book.note(
        REDACTION,
        {"person": person.id, "former": names.former, "lines": digests},
        f"a name was erased: {names.former}",
        reason=reason,
    )
    assert written == seq
    for project in sorted(done.projects):
        book.note("PersonErasedHere", {"person": person.id}, "", project=project)
    return done


def _rename(book: Book, person: int, former: str, number: int, now: datetime) -> None:
    """Leave a number of them for a name; the accounts of one person share it, and not the key."""
    row = book.session.get_one(PersonRow, person)
    key = former.replace(" ", "_")
    values = {
        **NOBODY,
        "name": former,
        "key": f"{key}_{number + 1}" if number else key,
        "left_on": row.left_on or now.date(),
        "erased_at": now,
    }
    for name, value in values.items():
        setattr(row, name, value)
    book.session.flush()
