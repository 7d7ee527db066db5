"""The use cases of what runs say against the scope: how far it is, the best, some side by side."""

from bot.burnup import burn_ups
from bot.commands import CompareRuns, ShowBest
from bot.comparing import BestShown, BurnUpShown, Compared, best_of, meant, side_by_side
from bot.errors import NotFound, Refused, Why
from bot.outcome import Place
from bot.people import Actor
from bot.qa.evidence import Tried
from handlers.service import references
from handlers.service.links.looking import LookingDesks
from handlers.service.references import Desk
from storage import evidence
from storage.asked import Recorded


class Measures(LookingDesks):
    """What runs say, from what was seen of them last; nobody is asked anew."""

    def burn_up(self, actor: Actor, project: str | None, place: Place) -> BurnUpShown:
        """How much of the gap is closed, and by when the targets are met."""
        with self._reading(actor, place) as desk:
            found = self._project(desk, references.project_id(desk, project, place))
            some = evidence.finished(desk.session, [found.id]).get(found.id, ())
            authors = {run.ref: author for run, author in some if author is not None}
            ways = burn_ups(found, [run for run, _ in some], desk.now, desk.zone)
            return BurnUpShown(found, dict(desk.facts.people), ways, authors)

    def best(self, actor: Actor, order: ShowBest, place: Place) -> BestShown:
        """The best finished run by a metric, or by each of the scope's."""
        with self._reading(actor, place) as desk:
            found = self._project(desk, references.project_id(desk, order.project, place))
            runs = _runs(desk, [found.id])
            return best_of(found, dict(desk.facts.people), runs, order.metric)

    def compare(self, actor: Actor, order: CompareRuns, place: Place) -> Compared:
        """Runs side by side. Those of the project that is named or that the channel belongs to come
        first, then those of all that the actor sees; all have to be of one project.
        """
        with self._reading(actor, place) as desk:
            if order.project is not None:
                here = [references.project_id(desk, order.project, place)]
            else:
                bound = desk.facts.by_channel.get(place.channel or "", ())
                here = [key for key in bound if desk.sees(key)]
            near = _runs(desk, here) if here else []
            every: list[Tried] | None = None
            found: list[Tried] = []
            for text in order.runs:
                key = self._key(text)
                if order.project is None and not _is_among(text, key, near):
                    every = every if every is not None else self._everywhere(desk)
                    found.append(meant(text, every, key))
                else:
                    found.append(meant(text, near, key))
            projects = {one.project for one in found}
            if len(projects) > 1:
                names = sorted(desk.facts.projects[key].name for key in projects)
                raise Refused(Why.RUNS_APART, {"projects": " and ".join(names)})
            project = self._project(desk, found[0].project)
            return side_by_side(project, dict(desk.facts.people), found)

    def _key(self, text: str) -> str | None:
        """The id in an address."""
        ref = self._lookout.recognises(text) if "://" in text else None
        return ref.key if ref else None

    def _everywhere(self, desk: Desk) -> list[Tried]:
        keys = [known.id for known in desk.visible() if not known.archived]
        return _runs(desk, keys)


def _runs(desk: Desk, projects: list[int]) -> list[Tried]:
    return list(Recorded(desk.session, desk.actor.workspace).runs(projects))


def _is_among(text: str, key: str | None, runs: list[Tried]) -> bool:
    try:
        meant(text, runs, key)
    except NotFound:
        return False
    return True
