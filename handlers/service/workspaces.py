"""Which workspace a Slack team is; and the ladder a new one starts with."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from bot.errors import Ambiguous, NotFound
from bot.people import Actor, Surface
from bot.stages import LADDER
from storage import ledger, turns
from storage.database import Database
from storage.tables import LadderRow, Workspace


def created(session: Session, now: datetime, team: str | None, enterprise: str, name: str) -> int:
    """A new workspace, with the default ladder."""
    row = Workspace(team_id=team, enterprise_id=enterprise, name=name, created_at=now)
    session.add(row)
    session.flush()
    assert row.id is not None
    with ledger.opened(session, Actor(row.id, None, Surface.CLI, is_admin=True), now) as book:
        book.insert(
            "LadderSet",
            LadderRow,
            [
                {
                    "workspace_id": row.id,
                    "key": stage.key,
                    "title": stage.title,
                    "question": stage.question,
                    "aliases": list(stage.aliases),
                    "position": position,
                }
                for position, stage in enumerate(LADDER)
            ],
        )
    return row.id


def _adopted(
    session: Session, now: datetime, team: str, enterprise: str, name: str, *, loaded: bool
) -> int | None:
    """The workspace that becomes this team's.

    It is the team's own from before it joined an enterprise or left one (Slack's team ids are
    unique), else (`loaded`) one that was loaded before any team connected.
    """
    own = (Workspace.team_id == team,)
    is_loaded = (col(Workspace.team_id).is_(None), col(Workspace.deleted_at).is_(None))
    for where in (own, *((is_loaded,) if loaded else ())):
        found = session.exec(
            select(Workspace).where(*where).order_by(col(Workspace.id)).with_for_update()
        ).first()
        if found is not None and found.id is not None:
            values = {"team_id": team, "enterprise_id": enterprise, "name": found.name or name}
            before = {key: getattr(found, key) for key in values}
            system = Actor(found.id, None, Surface.EVENT, is_admin=True)
            with ledger.opened(session, system, now) as book:
                book.update("WorkspaceAdopted", Workspace, found.id, values, before)
            return found.id
    return None


def connected(
    session: Session, now: datetime, team: str, enterprise: str, name: str, *, only_first: bool
) -> int:
    """The workspace of a team, made if there is none, as `Workspaces.connect` tells."""
    ours = (Workspace.team_id == team, Workspace.enterprise_id == enterprise)
    known = session.exec(select(Workspace.id).where(*ours)).first()
    if known is not None:
        return known
    turns.take(session.connection(), turns.FIRST_WORKSPACE)
    others = select(Workspace.id).where(col(Workspace.team_id).is_not(None))
    adopts = not (only_first and session.exec(others).first())
    return _adopted(session, now, team, enterprise, name, loaded=adopts) or created(
        session, now, team, enterprise, name
    )


class Workspaces:
    """Finds and makes workspaces."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._db = database
        self._clock = clock

    def connect(
        self,
        team_id: str,
        enterprise_id: str | None,
        team_name: str,
        *,
        only_first_adopts: bool = False,
    ) -> int:
        """The workspace of a Slack team, made if there is none.

        A team that connects adopts a workspace that was loaded before; with `only_first_adopts`
        only the first team of all does, for any team may come.
        """
        enterprise = enterprise_id or ""
        told = (team_id, enterprise, team_name, only_first_adopts)
        try:
            return self._connected(*told)
        except IntegrityError:  # another replica of ours connected the team at the same moment
            return self._connected(*told)

    def _connected(self, team: str, enterprise: str, name: str, only_first: bool) -> int:
        now = self._clock()
        with self._db.begin() as session:
            return connected(session, now, team, enterprise, name, only_first=only_first)

    def only(self, wanted: int | None = None) -> int:
        """The workspace meant at the command line: the one named, else the only one there is.

        Raises `NotFound` if there is none (or not that one), `Ambiguous` if there are several.
        """
        with self._db.read() as session:
            kept = select(Workspace).where(col(Workspace.deleted_at).is_(None))
            rows = session.exec(kept.order_by(col(Workspace.id))).all()
        if wanted is not None:
            if any(row.id == wanted for row in rows):
                return wanted
            raise NotFound("workspace", str(wanted), tuple(str(row.id) for row in rows[:3]))
        if not rows:
            raise NotFound("workspace", "")
        if len(rows) > 1:
            options = tuple((row.name or row.team_id or "?", str(row.id)) for row in rows)
            raise Ambiguous("workspace", "", options)
        assert rows[0].id is not None
        return rows[0].id
