"""Queries about people's names elsewhere, and who turned out to be whom."""

from sqlalchemy import select, update
from sqlmodel import Session

from bot.accounts import Known
from bot.identities import Name
from storage.database import plainly
from storage.tables import Identity, PersonRow, columns, table_of

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


def accounts(session: Session, workspace: int, kind: str) -> tuple[Known, ...]:
    """The names of one kind with the accounts that they are of, in the order in which they became
    known.
    """
    found = (
        select(_NAME.person_id, _NAME.value, _NAME.account)
        .where(_NAME.workspace_id == workspace, _NAME.kind == kind)
        .order_by(_NAME.id)
    )
    return tuple(Known(*row) for row in plainly(session).execute(found))


def keep_account(session: Session, workspace: int, kind: str, value: str, account: str) -> None:
    """Keep which account a name is of. Needs the workspace's lock."""
    same = (_NAME.workspace_id == workspace, _NAME.kind == kind, _NAME.value == value)
    plainly(session).execute(update(table_of(Identity)).where(*same).values(account=account))


def merged_into(session: Session, person: int) -> tuple[int, ...]:
    """Who turned out to be somebody, at once or by way of others."""
    plain, found, latest = plainly(session), set[int](), {person}
    while latest:
        asked = select(_PERSON.id).where(_PERSON.merged_into.in_(latest))
        latest = set(plain.execute(asked).scalars()) - found - {person}
        found |= latest
    return tuple(sorted(found))
