"""Where Charter is installed. Tokens come and go sealed: nothing here can open them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete, func, insert, select, update
from sqlmodel import Session

from storage import claims, turns
from storage.database import plainly
from storage.tables import InstallationRow, columns, table_of

_IS = columns(InstallationRow)
_TABLE = table_of(InstallationRow)
_CHANGE = select(func.count(), func.coalesce(func.max(_IS.change), 0)).select_from(_TABLE)

Change = tuple[int, int]
"""How many installations there are, and the number of the last change of one."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One installation as it is kept."""

    id: int
    workspace_id: int
    enterprise_id: str
    team_id: str
    team_name: str
    bot_user: str
    bot: str | None
    url: str
    scopes: str
    sealed: str
    expires_at: datetime | None
    installed_at: datetime
    gone_at: datetime | None


_KEPT = select(*(_IS[name] for name in Kept.__slots__)).order_by(_IS.id)


def change(session: Session) -> Change:
    """What tells whether any installation came, changed or went."""
    many, last = plainly(session).execute(_CHANGE).one()
    return int(many), int(last)


def standing(session: Session) -> tuple[Kept, ...]:
    """All that were not taken away."""
    return _found(session, _IS.gone_at.is_(None))


def every(session: Session) -> tuple[Kept, ...]:
    """All that are kept, also those that were taken away and whose data is still there."""
    return _found(session)


def of(session: Session, key: int) -> Kept | None:
    """One that was not taken away."""
    return next(iter(_found(session, _IS.id == key, _IS.gone_at.is_(None))), None)


def stands(session: Session, workspace: int) -> bool:
    """Whether the team that is this workspace has installed Charter and not taken it away."""
    return bool(_found(session, _IS.workspace_id == workspace, _IS.gone_at.is_(None)))


def gone_at(session: Session, workspace: int) -> datetime | None:
    """When the team that is this workspace took Charter away; None where it did not, or where it
    never installed it by OAuth.
    """
    asked = select(_IS.gone_at).where(_IS.workspace_id == workspace)
    found: datetime | None = plainly(session).execute(asked).scalar()
    return found


def _found(session: Session, *where: ColumnElement[bool]) -> tuple[Kept, ...]:
    rows = plainly(session).execute(_KEPT.where(*where)).mappings()
    return tuple(Kept(**row) for row in rows)


def take_turn(session: Session) -> None:
    """Let nobody else change an installation until this transaction ends."""
    turns.take(session.connection(), turns.INSTALLATIONS)


def keep(session: Session, values: dict[str, Any], now: datetime) -> None:
    """Keep a new installation, or that it is there again: of a workspace there is one."""
    plain = plainly(session)
    values = values | {"change": _next(session, now), "gone_at": None}
    mine = _IS.workspace_id == values["workspace_id"]
    known = plain.execute(select(_IS.id).where(mine)).scalar()
    if known is None:
        plain.execute(insert(_TABLE).values(values))
    else:
        plain.execute(update(_TABLE).where(mine).values(values))


def begin_renewal(
    session: Session, key: int, owner: str, now: datetime, lease: timedelta
) -> Kept | None:
    """The installation, for whoever is first to renew its tokens; None for everybody else, and
    where it is gone.
    """
    kept = of(session, key)
    if kept is None or not claims.claim(session, _renewal(key), owner, now, lease):
        return None
    return kept


def end_renewal(session: Session, key: int, owner: str) -> None:
    """It is over, with or without new tokens: the next one may be begun."""
    claims.release(session, _renewal(key), owner)


def renew(
    session: Session, was: Kept, sealed: str, expires_at: datetime | None, now: datetime
) -> bool:
    """Put new tokens in the place of those that were; False where others stand there by now."""
    done = plainly(session).execute(
        update(_TABLE)
        .where(_IS.id == was.id, _IS.sealed == was.sealed, _IS.gone_at.is_(None))
        .values(sealed=sealed, expires_at=expires_at, change=_next(session, now))
        .returning(_IS.id)
    )
    return done.first() is not None


def seal_anew(session: Session, was: Kept, sealed: str) -> bool:
    """The same tokens under another seal, which is news to nobody."""
    done = plainly(session).execute(
        update(_TABLE)
        .where(_IS.id == was.id, _IS.sealed == was.sealed)
        .values(sealed=sealed)
        .returning(_IS.id)
    )
    return done.first() is not None


def take_away(session: Session, workspace: int, before: datetime, now: datetime) -> bool:
    """Delete the tokens of a workspace that were given before then; False where there are none."""
    return _emptied(session, now, _IS.workspace_id == workspace, _IS.installed_at < before)


def take_away_these(session: Session, was: Kept, now: datetime) -> bool:
    """Delete these tokens; False where others stand there by now."""
    return _emptied(session, now, _IS.id == was.id, _IS.sealed == was.sealed)


def _emptied(session: Session, now: datetime, *which: ColumnElement[bool]) -> bool:
    done = plainly(session).execute(
        update(_TABLE)
        .where(_IS.gone_at.is_(None), *which)
        .values(sealed="", expires_at=None, gone_at=now, change=_next(session, now))
        .returning(_IS.id)
    )
    return done.first() is not None


def forget_gone(session: Session, before: datetime) -> list[int]:
    """Forget those that were taken away before then; gives their workspaces. None of them is
    installed again in the same moment.
    """
    take_turn(session)
    gone = delete(_TABLE).where(_IS.gone_at < before).returning(_IS.workspace_id)
    return list(plainly(session).execute(gone).scalars())


def _next(session: Session, now: datetime) -> int:
    """The number of the next change: milliseconds, so that it is new also where the row with the
    highest one was deleted. Who changes one waits for the others, for a lower number must not be
    seen after a higher one.
    """
    take_turn(session)
    return max(change(session)[1] + 1, int(now.timestamp() * 1000))


def _renewal(key: int) -> str:
    return f"token/{key}"
