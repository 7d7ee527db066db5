"""Queries about people, their names elsewhere, and who acts for whom."""

from typing import Any

from sqlalchemy import bindparam, select
from sqlmodel import Session, col

from bot.people import Delegation, Person
from storage.tables import DelegationRow, Identity, PersonRow, table_of

_PEOPLE = (
    select(*table_of(PersonRow).c)
    .where(col(PersonRow.workspace_id) == bindparam("workspace"))
    .order_by(col(PersonRow.id))
)
_IDENTITIES = select(col(Identity.person_id), col(Identity.kind), col(Identity.value)).where(
    col(Identity.workspace_id) == bindparam("workspace"), col(Identity.kind).in_(("slack", "email"))
)
_DELEGATIONS = (
    select(
        col(DelegationRow.person_id),
        col(DelegationRow.delegate_id),
        col(DelegationRow.first_day),
        col(DelegationRow.last_day),
    )
    .where(col(DelegationRow.workspace_id) == bindparam("workspace"))
    .order_by(col(DelegationRow.id))
)


def everyone(session: Session, workspace: int) -> dict[int, Person]:
    """All people of a workspace by id, those who left included."""
    known: dict[int, dict[str, str]] = {}
    asked = {"workspace": workspace}
    for person, kind, value in session.execute(_IDENTITIES, asked):
        known.setdefault(person, {})[kind] = value
    return {
        row["id"]: _person(row, known.get(row["id"], {}))
        for row in session.execute(_PEOPLE, asked).mappings()
    }


def _person(row: Any, known: dict[str, str]) -> Person:
    return Person(
        id=row["id"],
        key=row["key"],
        name=row["name"],
        first_name=row["first_name"],
        job_title=row["job_title"],
        role=row["role"],
        timezone=row["timezone"],
        slack_id=known.get("slack"),
        email=known.get("email"),
        active=row["active"],
        left_on=row["left_on"],
        is_bot=row["is_bot"],
        is_admin=row["is_admin"],
        in_standups=row["in_standups"],
    )


def delegations(session: Session, workspace: int) -> tuple[Delegation, ...]:
    found = session.execute(_DELEGATIONS, {"workspace": workspace})
    return tuple(Delegation(*row) for row in found)
