"""Slack user groups and who is in them, as Slack last told.

None of it is a fact of the charter, so the ledger does not write it.
"""

from collections.abc import Collection, Mapping

from sqlalchemy import and_, delete, select
from sqlmodel import Session

from bot.project import Group
from storage.database import plainly
from storage.statements import adding
from storage.tables import Identity, StandupPlanRow, UserGroupRow, columns, table_of

_GROUP = columns(UserGroupRow)
_PLAN = columns(StandupPlanRow)
_NAME = columns(Identity)


def known(session: Session, workspace: int) -> tuple[Group, ...]:
    """The user groups of a workspace, by their names."""
    wanted = (
        select(_GROUP.slack_id, _GROUP.handle)
        .where(_GROUP.workspace_id == workspace)
        .order_by(_GROUP.handle)
    )
    return tuple(Group(row.slack_id, row.handle) for row in plainly(session).execute(wanted))


def named(session: Session, workspace: int, handle: str) -> Group | None:
    """The user group of a name, in lower case; None where there is none."""
    found = (one for one in known(session, workspace) if one.handle.lower() == handle)
    return next(found, None)


def learned(session: Session, workspace: int, told: Mapping[Group, Collection[str]]) -> None:
    """Slack told of all user groups; those that it did not tell of are known no more."""
    plain = plainly(session)
    new = {group.slack_id: (group.handle, sorted(set(users))) for group, users in told.items()}
    kept = select(_GROUP.id, _GROUP.slack_id, _GROUP.handle, _GROUP.users).where(
        _GROUP.workspace_id == workspace
    )
    gone: list[int] = []
    for row in plain.execute(kept).all():
        if new.get(row.slack_id) == (row.handle, row.users):
            del new[row.slack_id]
        else:
            gone.append(row.id)
    if gone:
        plain.execute(delete(table_of(UserGroupRow)).where(_GROUP.id.in_(gone)))
    rows = [
        {"workspace_id": workspace, "slack_id": key, "handle": handle, "users": users}
        for key, (handle, users) in new.items()
    ]
    if rows:
        plain.execute(adding(UserGroupRow), rows)


def unmet(session: Session, workspace: int) -> tuple[str, ...]:
    """Slack's ids of those who are in the user group of a standup, and whom nobody met yet."""
    plain = plainly(session)
    named = (
        select(_GROUP.id, _GROUP.users)
        .join_from(
            table_of(StandupPlanRow),
            table_of(UserGroupRow),
            and_(_GROUP.workspace_id == _PLAN.workspace_id, _GROUP.slack_id == _PLAN.group_id),
        )
        .where(_PLAN.workspace_id == workspace, _PLAN.until.is_(None))
    )
    inside = {user for row in plain.execute(named) for user in row.users}
    if not inside:
        return ()
    met = select(_NAME.value).where(_NAME.workspace_id == workspace, _NAME.kind == "slack")
    return tuple(sorted(inside - set(plain.execute(met).scalars())))
