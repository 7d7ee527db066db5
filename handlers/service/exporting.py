"""Workbooks at the command line: people and projects by the workspace document's keys or names."""

from collections.abc import Callable
from datetime import datetime

from bot.errors import NotFound
from bot.exports import Form
from bot.outcome import Place
from bot.people import Actor, Surface
from bot.sheets import Step, unheard
from handlers.service import services
from handlers.service.exports import Workbook
from handlers.service.workspaces import Workspaces
from storage.database import Database

WHOLE = "portfolio"


class Exporter:
    """Makes workbooks of one workspace. `now` overrules the clock."""

    def __init__(
        self,
        database: Database,
        clock: Callable[[], datetime],
        workspace: int | None,
        now: datetime | None,
    ) -> None:
        self._charter = services(database, clock)
        self._workspace = Workspaces(database, clock).only(workspace)
        self._now = now

    def export(
        self,
        what: str,
        person: str | None,
        form: Form = Form.XLSX,
        sheet: str | None = None,
        tell: Step = unheard,
    ) -> Workbook:
        """The whole portfolio or the project called `what`, as `person` (a key) may see it.

        Without a person it holds what anybody may see. `tell` is told how far it is. Raises
        `NotFound` for an unknown person, project or sheet.
        """
        reader = None
        if person is not None:
            reader = self._charter.people.keyed(self._workspace, person)
            if reader is None:
                raise NotFound("person", person)
        actor = Actor(self._workspace, reader, Surface.CLI)
        whole = what.casefold() == WHOLE
        exports = self._charter.exports
        subject = exports.subject(actor, None if whole else what, Place(), whole=whole)
        return exports.made(actor, subject, Place(), self._now, form, sheet, tell=tell)
