"""Queries about people's names elsewhere, and who turned out to be whom."""

from sqlalchemy import select
from sqlmodel import Session

from bot.identities import Name
from storage.database import plainly
from storage.tables import Identity, PersonRow, columns

_NAME = columns(Identity)
_PERSON = columns(PersonRow)


def names(session: Session, workspace: int) -> tuple[Name, ...]:
    """All names elsewhere, those in Slack included, in the order in which they became known."""
    found = (
        select(_NAME.person_id, _NAME.kind, _NAME.value)
        .where(_NAME.workspace_id == workspace)
        .order_by(_NAME.id)
    )
    return tuple(Name(*row) for row in plainly(session).execute(found))


def merged_into(session: Session, person: int) -> tuple[int, ...]:
    """Who turned out to be somebody, at once or by way of others."""
    plain, found, latest = plainly(session), set[int](), {person}
    while latest:
        asked = select(_PERSON.id).where(_PERSON.merged_into.in_(latest))
        latest = set(plain.execute(asked).scalars()) - found - {person}
        found |= latest
    return tuple(sorted(found))
