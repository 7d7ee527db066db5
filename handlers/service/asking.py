"""Questions at the command line: people and projects by the workspace document's keys."""

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any

from bot.errors import NotFound
from bot.outcome import Place
from bot.people import Actor, Surface
from bot.qa.explain import Explanation
from bot.qa.replies import Answer
from handlers.service import services
from handlers.service.workspaces import Workspaces
from storage.database import Database


class BadLine(Exception):
    """A line of a file of questions that is none; `number` counts from one."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


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
        answer = self._charter.questions.ask(
            self._actor(person), text, Place(), private_reply=True, now=self._now, project=channel
        )
        return self._told(answer)

    def explain(
        self, text: str, channel: str | None, person: str | None
    ) -> tuple[Explanation, dict[str, Any]]:
        """How the answer came about; and the answer as `ask` gives it, with the steps as `steps`.

        Raises `NotFound` as `ask` does.
        """
        made = self._charter.questions.explain(
            self._actor(person), text, Place(), now=self._now, project=channel
        )
        steps = [{"step": one.name, "lines": list(one.lines)} for one in made.steps]
        return made, {**self._told(made.answer), "steps": steps}

    def _actor(self, person: str | None) -> Actor:
        """Who asks, by key; without one, anybody."""
        asker = None
        if person is not None:
            asker = self._charter.people.keyed(self._workspace, person)
            if asker is None:
                raise NotFound("person", person)
        return Actor(self._workspace, asker, Surface.CLI)

    def batch(self, lines: Iterable[str]) -> Iterator[dict[str, Any]]:
        """The answers to a file of questions, a JSON object a line, each with its `id`.

        All are read before the first is answered: `BadLine` for one that is no question.
        """
        asked = [_asked(number, line) for number, line in enumerate(lines, 1) if line.strip()]
        for key, text, channel, person in asked:
            yield {"id": key, **self.ask(text, channel, person)}

    def _told(self, answer: Answer) -> dict[str, Any]:
        people = self._charter.people.keys(self._workspace)
        return {
            "kind": answer.kind.value,
            "text": answer.text,
            "people": [people[person] for person in answer.people],
            "stages": [f"{project}/{item}" for project, item in answer.stages],
            "verdict": answer.verdict,
        }


def _asked(number: int, line: str) -> tuple[Any, str, str | None, str | None]:
    """Id, text, project and asker of a question."""
    try:
        asked = json.loads(line)
        if not isinstance(asked, dict) or not isinstance(asked["text"], str):
            raise BadLine(number)
        context = asked.get("context") or {}
        if not isinstance(context, dict):
            raise BadLine(number)
        project, asker = context.get("channel_project"), context.get("asker")
        for name in (project, asker):
            if name is not None and not isinstance(name, str):
                raise BadLine(number)
        return asked["id"], asked["text"], project, asker
    except (ValueError, KeyError, RecursionError) as error:
        raise BadLine(number) from error
