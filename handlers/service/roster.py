"""What Slack says of its users, kept: one who was met, or all of them at once.

The clock looks at all of them each night, for an event may have been missed.

Who was deactivated leaves their letters vacant, in the same transaction, and one person each is
told which; who is back is offered what is vacant still.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any, Final

from sqlalchemy import select
from sqlmodel import Session

from bot.leaving import vacated
from bot.people import Actor, Person, Profile
from bot.project import PersonHolder
from bot.recurrence import Weekly, next_after
from bot.text import fold
from handlers.service import attendance, delegations, leaving, offers, statuses
from handlers.service.timers import Duty, Occurrence, Shift
from storage import ledger, people, roles
from storage.database import plainly
from storage.ledger import Book
from storage.tables import Identity, PersonRow, columns, table_of

KIND: Final = "roster"
"""The schedule of the nightly look at everybody, by kind and by key."""
_LEFT = "deactivated in Slack"
NIGHTLY = Weekly(frozenset(range(7)), time(2, 40), "UTC")

Everyone = Callable[[int], Sequence[Profile]]
"""Gives all of Slack's users of a workspace; what it raises is a reason to look another night."""

_PERSON = columns(PersonRow)
_NAME = columns(Identity)


@dataclass(frozen=True, slots=True)
class Moves:
    """Who left Slack, who came back, and who lives by another clock now, by id."""

    left: tuple[int, ...] = ()
    returned: tuple[int, ...] = ()
    moved: tuple[int, ...] = ()


def keep(
    session: Session,
    actor: Actor,
    profiles: Sequence[Profile],
    now: datetime,
    *,
    meets: bool,
) -> None:
    """Write what differs from the record, with an audit line each. `meets`: who is not known yet
    becomes so; else they are left alone.
    """
    now = ledger.not_before(session, ledger.lock(session, actor.workspace), now)
    with ledger.opened(session, actor, now) as book:
        known = _known(session, actor.workspace, [profile.slack_id for profile in profiles])
        for profile in profiles:
            if profile.slack_id not in known and meets:
                _add(book, profile)
        met = [(known[one.slack_id], one) for one in profiles if one.slack_id in known]
        moves = _renewed(book, met, now)
        _mail(book, profiles)
        everyone = people.everyone(session, actor.workspace) if moves.left else {}
        _vacate(book, moves.left, everyone)
        statuses.follow(book, met, next_after(NIGHTLY, now))
    attendance.moved(session, actor.workspace, moves.moved, now)
    if moves.left or moves.returned:
        leaving.tell(session, actor.workspace, moves.left, moves.returned, now)


def duty(everyone: Everyone | None) -> Duty:
    """What the clock does about people; nothing without a Slack to ask (`everyone` None)."""

    def fetch(occurrence: Occurrence) -> Sequence[Profile]:
        return everyone(occurrence.workspace) if everyone is not None else ()

    def act(shift: Shift, _occurrence: Occurrence, profiles: Sequence[Profile]) -> None:
        if profiles:
            keep(shift.session, shift.clockwork, profiles, shift.now, meets=False)

    return Duty(act, fetch, comes=NIGHTLY)


def _known(session: Session, workspace: int, slack_ids: Sequence[str]) -> dict[str, Any]:
    """The rows of those who are known, by Slack's id."""
    wanted = (
        select(_NAME.value.label("slack_id"), *_PERSON)
        .join_from(table_of(Identity), table_of(PersonRow), _PERSON.id == _NAME.person_id)
        .where(_NAME.workspace_id == workspace, _NAME.kind == "slack")
    )
    if len(slack_ids) == 1:
        wanted = wanted.where(_NAME.value == slack_ids[0])
    return {row["slack_id"]: row for row in plainly(session).execute(wanted).mappings()}


def _renewed(book: Book, met: Iterable[tuple[Any, Profile]], now: datetime) -> Moves:
    left: list[int] = []
    returned: list[int] = []
    moved: list[int] = []
    for row, profile in met:
        after = _said(row, profile, now)
        before = {name: row[name] for name in after}
        if not after:
            continue
        gone = after.get("active") is False
        reason = _LEFT if gone else ""
        book.update("PersonChanged", PersonRow, row["id"], after, before, reason=reason)
        if gone:
            left.append(row["id"])
        elif after.get("active"):
            returned.append(row["id"])
        elif "timezone" in after and not row["own_zone"]:
            moved.append(row["id"])
    return Moves(tuple(left), tuple(returned), tuple(moved))


def _said(row: Any, profile: Profile, now: datetime) -> dict[str, Any]:
    """What a profile says otherwise than the record."""
    says: dict[str, Any] = {
        "name": profile.name,
        "timezone": profile.timezone,
        "active": not profile.deleted,
        "left_on": (row["left_on"] or now.date()) if profile.deleted else None,
        "is_bot": profile.is_bot,
        "is_slack_admin": profile.is_admin,
        "is_guest": profile.is_guest,
    }
    if profile.title:
        says["job_title"] = profile.title
    if profile.deleted:  # Slack forgets the zone of those who left
        del says["timezone"]
    changed = {name: value for name, value in says.items() if row[name] != value}
    if "timezone" in changed and not row["own_zone"]:
        changed["zone_since"] = now
    return changed


def _vacate(book: Book, left: Sequence[int], everyone: Mapping[int, Person]) -> None:
    """The letters of those who left become vacant seats."""
    if not left:
        return
    for person in left:
        offers.withdraw(book, everyone, person)
        delegations.withdraw(book, everyone, person, _LEFT)
    held = people.letters_of(book.session, left, book.now)
    catalogue = roles.catalogue(book.session, book.workspace_id)
    changes = [
        change
        for person in left
        for change in vacated(
            (one for one in held if one.held.holder == PersonHolder(person)),
            everyone[person],
            catalogue,
            book.now,
        )
    ]
    book.apply_letters(changes, everyone, reason=_LEFT)


def _add(book: Book, profile: Profile) -> None:
    """Somebody who is met for the first time."""
    taken = set(
        plainly(book.session)
        .execute(select(_PERSON.key).where(_PERSON.workspace_id == book.workspace_id))
        .scalars()
    )
    row = {
        "workspace_id": book.workspace_id,
        "key": fresh_key(profile.first_name or profile.name, taken),
        "name": profile.name,
        "first_name": profile.first_name or profile.name.split(" ")[0],
        "job_title": profile.title,
        "role": "",
        "timezone": profile.timezone,
        "active": not profile.deleted,
        "is_bot": profile.is_bot,
        "is_slack_admin": profile.is_admin,
        "is_guest": profile.is_guest,
        "in_standups": False,
    }
    [person] = book.insert("PersonAdded", PersonRow, [row])
    known = {"workspace_id": book.workspace_id, "person_id": person, "kind": "slack"}
    book.insert("IdentityAdded", Identity, [{**known, "value": profile.slack_id}])


def _mail(book: Book, profiles: Sequence[Profile]) -> None:
    """The e-mail addresses that Slack tells, of those who have none; one that is somebody's already
    stays theirs.
    """
    if not any(profile.email for profile in profiles):
        return
    asked = select(_NAME.person_id, _NAME.kind, _NAME.value).where(
        _NAME.workspace_id == book.workspace_id, _NAME.kind.in_(("slack", "email"))
    )
    rows = plainly(book.session).execute(asked).all()
    person_of = {row.value: row.person_id for row in rows if row.kind == "slack"}
    taken = {row.value.casefold() for row in rows if row.kind == "email"}
    has_one = {row.person_id for row in rows if row.kind == "email"}
    new: list[dict[str, Any]] = []
    for profile in profiles:
        person = person_of.get(profile.slack_id)
        if person is None or person in has_one or not profile.email or profile.email in taken:
            continue
        known = {"workspace_id": book.workspace_id, "person_id": person, "kind": "email"}
        new.append({**known, "value": profile.email})
        taken.add(profile.email)
    book.insert("IdentityAdded", Identity, new)


def fresh_key(name: str, taken: set[str]) -> str:
    """A key made of a name, numbered where it is taken."""
    base = re.sub(r"\W+", "_", fold(name)).strip("_")[:40] or "x"
    number = 2
    key = base
    while key in taken:
        key = f"{base}_{number}"
        number += 1
    return key
