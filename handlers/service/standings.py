"""The use cases of how a project does as a whole: its health, and that it is done."""

from bot import deciding
from bot.changes import Change, ProjectFinished
from bot.errors import Refused, Why
from bot.health import HealthShown, health
from bot.orders import FinishProject, SetHealth
from bot.outcome import Done, Place
from bot.people import Actor
from bot.project import Item, Project
from handlers.service import references
from handlers.service.desks import Desks
from handlers.service.references import Desk
from handlers.service.trends import trends


class Standings(Desks):
    """What may be said of a project as a whole."""

    def shown(self, actor: Actor, project: str | None, place: Place) -> HealthShown:
        """How a project does: the worst of four things, each with its sentence."""
        with self._reading(actor, place) as desk:
            found = self._project(desk, references.project_id(desk, project, place))
            people = dict(desk.facts.people)
            ways = trends(desk.session, [found], desk.now, desk.zone).get(found.id, ())
            told = health(found, people, desk.today, desk.zone, ways)
            return HealthShown(found, told, people)

    def say(self, actor: Actor, order: SetHealth, place: Place) -> Done:
        """Say how it does, whatever is computed; or let that count again."""

        def decide(_desk: Desk, project: Project, _item: Item | None) -> Change:
            return deciding.set_health(project, order.light, order.reason)

        return self._change(actor, order.project, None, None, place, decide)

    def finish(self, actor: Actor, order: FinishProject, place: Place) -> Done:
        """Say that a project is done; see `deciding.finish` for what is refused."""

        def decide(_desk: Desk, project: Project, _item: Item | None) -> Change:
            if order.finished:
                return deciding.finish(project, order.why)
            if project.finish is None:
                raise Refused(Why.NOTHING_CHANGES, {"item": project.name})
            return ProjectFinished(project.id, finished=False, why=project.finish.why)

        return self._change(actor, order.project, None, None, place, decide)
