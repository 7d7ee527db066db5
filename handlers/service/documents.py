"""Workspace documents in and out: `app.py load` and `app.py dump`."""

from dataclasses import replace
from datetime import datetime

from sqlmodel import Session, col, select

from bot import document, permissions
from bot.document import Document, LoadReport
from bot.errors import Ambiguous, Forbidden
from bot.people import Actor, Surface
from bot.rights import Right
from handlers.service import escalation, workspaces
from storage import dumping, ledger, loading, turns
from storage.database import Database
from storage.tables import Workspace


class Documents:
    """Loads and dumps whole workspaces."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def load(self, actor: Actor | None, text: str | bytes, now: datetime) -> LoadReport:
        """Bring a workspace to what a document says, in one transaction.

        `actor` None is the operator, in the only workspace there is; if there is none, one is made,
        which the first Slack team to connect will adopt. Raises `BadDocument` with every fault,
        `Forbidden` for somebody who is no admin, `Ambiguous` where there are several workspaces;
        nothing is written then.
        """
        if actor is not None and actor.person is not None and not actor.is_admin:
            raise Forbidden(Right.RUN, "", (permissions.ADMIN,))
        said = document.read(text)
        with self._db.begin() as session:
            writer = replace(actor or _operator(session, said, now), surface=Surface.LOAD)
            with ledger.opened(session, writer, now) as book:
                report = loading.load(book, said)
            escalation.watch(session, writer.workspace, now)
            return report

    def dump(self, workspace: int, now: datetime) -> str:
        """The workspace as the text of a document. Raises `NotFound` for an unknown workspace."""
        with self._db.read() as session:
            return document.write(dumping.dump(session, workspace, now))


def _operator(session: Session, said: Document, now: datetime) -> Actor:
    """The operator, in the only workspace, which is made if there is none."""
    every = select(Workspace).order_by(col(Workspace.id))
    found = session.exec(every).all()
    if not found:  # somebody else may be loading the first document at this moment
        turns.take(session.connection(), turns.FIRST_WORKSPACE)
        found = session.exec(every).all()
    if len(found) > 1:
        options = tuple((row.name or row.team_id or "?", str(row.id)) for row in found)
        raise Ambiguous("workspace", "", options)
    key = found[0].id if found else None
    if key is None:
        key = workspaces.created(session, now, None, "", said.meta.org)
    return Actor(key, None, Surface.LOAD, is_admin=True)
