"""What waits to be told, and still waits for somebody: looked at anew where it was held back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from bot.project import Project
from bot.routing import settled
from bot.routing.told import Told
from handlers.service.facts import FactsCache, WorkspaceFacts
from storage import consultations


@dataclass(frozen=True, slots=True)
class Unsettled:
    """Tells what is not settled yet, as these projects stand now."""

    session: Session
    facts: WorkspaceFacts
    projects: Mapping[int, Project]
    now: datetime

    def of(self, tells: Sequence[Told]) -> tuple[Told, ...]:
        return tuple(one for one in tells if not self._is_settled(one))

    def _is_settled(self, one: Told) -> bool:
        project = self.projects.get(one.project)
        if project is None or not settled.may_be_settled(one.event):
            return False
        is_asked = one.event in settled.CONSULTED and one.ref is not None
        facts = self.facts
        asked = (
            consultations.keyed(self.session, facts.workspace, one.ref or 0) if is_asked else None
        )
        return settled.is_settled(one, project, facts.people, self.now, asked)


def unsettled(
    session: Session,
    facts: WorkspaceFacts,
    cache: FactsCache,
    tells: Iterable[Told],
    now: datetime,
) -> Unsettled:
    """Tells it of these things: their projects are read at once."""
    keys = {one.project for one in tells if settled.may_be_settled(one.event)}
    known = sorted(key for key in keys if facts.known(key) is not None)
    projects = cache.projects(session, facts, known, now) if known else {}
    return Unsettled(session, facts, projects, now)
