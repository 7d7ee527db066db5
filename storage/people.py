"""Queries about people, their names elsewhere, who acts for whom, and what somebody holds."""

import json
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, or_, select
from sqlmodel import Session

from bot.leaving import HeldSeat
from bot.people import Delegation, Person
from storage import audit
from storage.database import plainly
from storage.projects import assignment
from storage.tables import AssignmentRow, DelegationRow, Identity, PersonRow, columns

_PERSON = columns(PersonRow)
_NAME = columns(Identity)
_ACTING = columns(DelegationRow)
_RENAMES = ("PersonChanged", "PersonLoaded")

_PEOPLE = (
    select(*_PERSON).where(_PERSON.workspace_id == bindparam("workspace")).order_by(_PERSON.id)
)
_IDENTITIES = select(_NAME.person_id, _NAME.kind, _NAME.value).where(
    _NAME.workspace_id == bindparam("workspace"), _NAME.kind.in_(("slack", "email"))
)
_DELEGATIONS = (
    select(
        _ACTING.person_id,
        _ACTING.delegate_id,
        _ACTING.first_day,
        _ACTING.last_day,
        _ACTING.project_id,
        _ACTING.id,
        _ACTING.reason,
        _ACTING.set_by,
    )
    .where(_ACTING.workspace_id == bindparam("workspace"), _ACTING.ended_at.is_(None))
    .order_by(_ACTING.id)
)


def everyone(session: Session, workspace: int) -> dict[int, Person]:
    """All people of a workspace by id, those who left included.

    Who turned out to be somebody else has that one's name.
    """
    known: dict[int, dict[str, str]] = {}
    asked = {"workspace": workspace}
    plain = plainly(session)
    for person, kind, value in plain.execute(_IDENTITIES, asked):
        known.setdefault(person, {})[kind] = value
    rows = list(plain.execute(_PEOPLE, asked).mappings())
    found = {row["id"]: _person(row, known.get(row["id"], {})) for row in rows}
    merged = {row["id"]: row["merged_into"] for row in rows if row["merged_into"] is not None}
    return found | {key: _as_one(found[key], _end(key, merged), found) for key in merged}


def called_at(session: Session, workspace: int, seq: int) -> dict[int, str]:
    """What those were called as of line `seq` of the record who are called otherwise since."""
    found: dict[int, str] = {}
    for entry in audit.after(session, workspace, seq, _RENAMES):
        change = json.loads(entry.change) if entry.change else {}
        before = change.get("before") or {}
        if "name" in before:
            found.setdefault(change["id"], before["name"])
    return found


def _end(person: int, merged: Mapping[int, int]) -> int:
    """Who somebody is in the end, of those who turned out to be others."""
    passed = {person}
    while person in merged and merged[person] not in passed:
        person = merged[person]
        passed.add(person)
    return person


def _as_one(old: Person, into: int, everyone: Mapping[int, Person]) -> Person:
    name, first_name = everyone[into].name, everyone[into].first_name
    return replace(old, name=name, first_name=first_name, active=False, merged_into=into)


def _person(row: Any, known: dict[str, str]) -> Person:
    return Person(
        id=row["id"],
        key=row["key"],
        name=row["name"],
        first_name=row["first_name"],
        job_title=row["job_title"],
        role=row["role"],
        timezone=row["own_zone"] or row["timezone"],
        slack_id=known.get("slack"),
        email=known.get("email"),
        active=row["active"],
        left_on=row["left_on"],
        is_bot=row["is_bot"],
        is_admin=row["is_admin"] or row["is_slack_admin"],
        in_standups=row["in_standups"],
        is_guest=row["is_guest"],
        is_outside=row["is_outside"],
        company=row["company"],
        is_unreachable=row["unreachable_since"] is not None,
        work_days=frozenset(row["work_days"]) if row["work_days"] else None,
        quiet_from=row["quiet_from"],
        quiet_until=row["quiet_until"],
        own_zone=row["own_zone"],
        zone_since=row["zone_since"],
        region=row["holiday_region"],
        no_reminders=row["no_reminders"],
    )


def delegations(session: Session, workspace: int) -> tuple[Delegation, ...]:
    """Who acts, or acted, for whom; but for those that were called off."""
    found = plainly(session).execute(_DELEGATIONS, {"workspace": workspace})
    return tuple(Delegation(*row) for row in found)


_LETTER = columns(AssignmentRow)


def letters_of(session: Session, people: Collection[int], at: datetime) -> list[HeldSeat]:
    """Every letter that these people hold at `at`, or will hold."""
    wanted = (
        select(*_LETTER)
        .where(
            _LETTER.person_id.in_(people),
            or_(_LETTER.until.is_(None), _LETTER.until > at),
        )
        .order_by(_LETTER.project_id, _LETTER.item_id, _LETTER.letter, _LETTER.id)
    )
    found = plainly(session).execute(wanted).mappings()
    return [HeldSeat(row["project_id"], row["item_id"], assignment(row)) for row in found]


def projects_left(session: Session, people: Collection[int], at: datetime) -> dict[int, list[int]]:
    """The projects in which these people left seats that are vacant still at `at`, or will be, by
    person.
    """
    wanted = (
        select(_LETTER.was_id, _LETTER.project_id)
        .where(
            _LETTER.was_id.in_(people),
            or_(_LETTER.until.is_(None), _LETTER.until > at),
        )
        .distinct()
        .order_by(_LETTER.was_id, _LETTER.project_id)
    )
    left: dict[int, list[int]] = {}
    for person, project in plainly(session).execute(wanted):
        left.setdefault(person, []).append(project)
    return left
