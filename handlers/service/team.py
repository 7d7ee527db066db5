"""The use cases that look at the team: what is missing, who is free, who bears too much."""

from bot import permissions
from bot.commands import ShowIdle
from bot.gaps import missing
from bot.load import idle, load, loads
from bot.needed import ORDERS
from bot.outcome import Place
from bot.people import Actor
from bot.team import GapsShown, IdleShown, LoadShown
from handlers.service import references
from handlers.service.desks import Desks


class Team(Desks):
    """Looks at all open projects that the actor may see, in as many questions as at one."""

    def gaps(self, actor: Actor, ref: str | None, place: Place, *, whole: bool) -> GapsShown:
        """What is missing from a project, or from all of them."""
        with self._reading(actor, place) as desk:
            one = self._asked_about(desk, ref, whole=whole)
            found = (one,) if one is not None else self._open_projects(desk)
            return GapsShown(one, missing(found, desk.facts.people, desk.today), desk.facts.people)

    def idle(self, actor: Actor, place: Place) -> IdleShown:
        """Who holds nothing. `Forbidden` for guests, who do not know who else is there."""
        with self._reading(actor, place) as desk:
            permissions.require(actor, ORDERS[ShowIdle], desk.facts.people)
            found = self._open_projects(desk)
            people = desk.facts.people
            return IdleShown(idle(found, people), len(found), people, desk.facts.roles)

    def load(self, actor: Actor, ref: str | None, place: Place) -> LoadShown:
        """Who bears too much or alone; what somebody bears, where `ref` names them."""
        with self._reading(actor, place) as desk:
            people, limit = desk.facts.people, desk.facts.settings.load_limit
            if ref is None:
                return LoadShown(loads(self._open_projects(desk), people, limit), limit, people)
            person = references.person(desk, ref)
            found = load(person, self._open_projects(desk), people, limit)
            return LoadShown((found,), limit, people, person)
