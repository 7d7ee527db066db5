"""Questions at the command line: people and projects by the workspace document's keys."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from bot.errors import NotFound
from bot.outcome import Place
from bot.people import Actor, Surface
from bot.qa.replies import Answer
from handlers.service import services
from handlers.service.workspaces import Workspaces
from storage.database import Database


class Asker:
    """Asks in one workspace. `now` overrules the clock."""

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

    def ask(self, text: str, channel: str | None, person: str | None) -> dict[str, Any]:
        """The answer as `kind`, `text`, `people`, `stages`, `verdict`.

        Without a person it says what anyone may see. Raises `NotFound` for an unknown person or
        project.
        """
        asker = None
        if person is not None:
            asker = self._charter.people.keyed(self._workspace, person)
            if asker is None:
                raise NotFound("person", person)
        actor = Actor(self._workspace, asker, Surface.CLI)
        answer = self._charter.questions.ask(
            actor, text, Place(), private_reply=True, now=self._now, project=channel
        )
        return self._told(answer)

    def _told(self, answer: Answer) -> dict[str, Any]:
        people = self._charter.people.keys(self._workspace)
        return {
            "kind": answer.kind.value,
            "text": answer.text,
            "people": [people[person] for person in answer.people],
            "stages": [f"{project}/{item}" for project, item in answer.stages],
            "verdict": answer.verdict,
        }
