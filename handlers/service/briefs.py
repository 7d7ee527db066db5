"""The leader's brief: looked at by whoever wants one, of what they may see."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlmodel import Session

from bot.brief import Brief, Making, Material
from bot.commands import ShowBrief
from bot.consultations import Consultation
from bot.hindsight import MOST_WEEKS, WEEK
from bot.outcome import Place
from bot.people import Actor
from bot.project import Project
from bot.sight import admits
from bot.spelling import folded
from handlers.service import references
from handlers.service.desks import Desks
from handlers.service.facts import FactsCache, WorkspaceFacts
from handlers.service.references import Desk
from handlers.service.snapshots import MANY, few_of
from storage import consultations, courses, digests, evidence
from storage.gates import Gates


class Briefs(Desks):
    """What leaders should know."""

    def shown(
        self, actor: Actor, order: ShowBrief, place: Place, now: datetime | None = None
    ) -> Brief:
        """The brief of some projects, or of all that are open and that the actor may see; for an
        actor without a person, of public ones alone. `now` overrules the clock.

        Raises what a wrong name raises.
        """
        with self._reading(actor, place) as desk:
            at = now or desk.now
            keys = [key for key in _meant(desk, order) if _may_see(desk, key)]
            return made(desk.session, desk.facts, self._cache, keys, at, desk.zone)


def _meant(desk: Desk, order: ShowBrief) -> Iterable[int]:
    if order.projects:
        found = (references.project_id(desk, each, desk.place) for each in order.projects)
        return dict.fromkeys(found)
    every = [known.id for known in desk.visible() if not known.archived]
    bound = desk.facts.by_channel.get(desk.place.channel or "", ())
    here = [key for key in every if key in bound]
    return every if order.whole or not here else here


def _may_see(desk: Desk, project: int) -> bool:
    """Whoever is nobody sees what anybody may."""
    return desk.actor.person is not None or admits(desk.facts.projects[project], None)


def made(
    session: Session,
    facts: WorkspaceFacts,
    cache: FactsCache,
    keys: Sequence[int],
    now: datetime,
    zone: str,
) -> Brief:
    """The one way to a brief, in as many statements for two hundred projects as for one; of more it
    reads two hundred at a time.
    """
    making = Making(facts.people, facts.delegations, now, zone)
    keep = None if len(keys) <= MANY else False
    asked = consultations.waiting(session, facts.workspace)
    for some in few_of(keys):
        projects = tuple(cache.projects(session, facts, some, now, keep=keep).values())
        making.take(material(session, facts, projects, now, asked))
    return making.brief()


def material(
    session: Session,
    facts: WorkspaceFacts,
    projects: tuple[Project, ...],
    now: datetime,
    asked: Sequence[Consultation],
) -> Material:
    """What a brief of these projects is made of; `asked` are all consultations that wait."""
    keys = [project.id for project in projects]
    gates = Gates(session, keys)
    told = set(keys)
    directions = digests.directions(session, facts.workspace)
    return Material(
        projects=projects,
        people=facts.people,
        courses=courses.read(session, keys, now - WEEK * MOST_WEEKS),
        evidence=evidence.of_projects(session, keys),
        aims=digests.aims(session, keys),
        highers={folded(name): way == "max" for name, way in directions.items()},
        gates={item.id: gates.of(item.id) for project in projects for item in project.items},
        asked=tuple(one for one in asked if one.project in told),
        delegations=facts.delegations,
    )
