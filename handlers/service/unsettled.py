"""What waits to be told, and still waits for somebody: looked at anew where it was held back."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from bot.routing import settled
from bot.routing.told import EVERYWHERE, Told
from handlers.service.facts import FactsCache, WorkspaceFacts
from storage import consultations


def unsettled(
    session: Session,
    facts: WorkspaceFacts,
    cache: FactsCache,
    tells: Sequence[Told],
    now: datetime,
) -> tuple[Told, ...]:
    """Those of these things that are not settled yet, as their projects stand now."""
    doubtful = [one for one in tells if settled.may_be_settled(one.event)]
    keys = {one.project for one in doubtful} - {EVERYWHERE}
    projects = cache.projects(session, facts, sorted(keys), now) if keys else {}
    over: list[Told] = []
    for one in doubtful:
        project = projects.get(one.project)
        is_asked = one.event in settled.CONSULTED and one.ref is not None
        asked = consultations.keyed(session, facts.workspace, one.ref or 0) if is_asked else None
        if project and settled.is_settled(one, project, facts.people, now, asked):
            over.append(one)
    return tuple(one for one in tells if one not in over)
