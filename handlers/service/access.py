"""The use cases of access: who may do what in a project; an admin's look where it is not theirs."""

from bot import access, deciding, permissions
from bot.changes import Change
from bot.commands import OpenDigest, OpenNew, OpenRole, OpenScope, OpenStandup, Order, ShowStandup
from bot.errors import Forbidden, Refused, Why
from bot.needed import ORDERS
from bot.orders import AdjustStandup, AllowTitles, BreakGlass, EndStandup, Grant, SetPrivacy
from bot.outcome import AccessShown, Done, GlassShown, Place
from bot.people import Actor
from bot.project import Item, Project
from bot.rights import Right
from bot.spelling import folded
from handlers.service import notices, references, teams
from handlers.service.desks import Desks
from handlers.service.notices import Written
from handlers.service.references import Desk
from handlers.service.roster import fresh_key
from handlers.service.templates import key_base
from storage import ledger

Opening = OpenDigest | OpenNew | OpenRole | OpenScope | OpenStandup
"""What opens a form that not everybody may save."""
_OfStandup = OpenStandup | ShowStandup | AdjustStandup | EndStandup


class Access(Desks):
    """What may be done with what people may do."""

    def shown(self, actor: Actor, project: str | None, place: Place) -> AccessShown:
        """Who may do what in a project, and why; those who only may what everybody may are not
        listed.
        """
        with self._reading(actor, place) as desk:
            found = self._project(desk, references.project_id(desk, project, place))
            people = desk.facts.people
            return AccessShown(
                project=found,
                standings=access.standings(found, people.values()),
                mine=desk.role(found),
                people=dict(people),
            )

    def refuse(self, actor: Actor, order: Opening, place: Place) -> None:
        """Raise what somebody is told who may not do what the form would be for."""
        right = ORDERS[type(order)]
        with self._reading(actor, place) as desk:
            people = desk.facts.people
            if isinstance(order, OpenDigest | OpenNew | OpenRole):
                permissions.require(actor, right, people)
                return
            if isinstance(order, OpenStandup) and teams.is_free(desk, order.project):
                permissions.require(actor, right, people)
                return
            project = self._meant(desk, order, order.project)
            if not desk.role(project).may(right):
                who = permissions.who_can(project, None, people)
                raise Forbidden(right, project.name, who)

    def look_over(self, actor: Actor, order: Order, place: Place) -> bool:
        """Raise what giving an order would be refused with at once: an unknown name, a missing
        right. Whether it names a project, or something in one, that is there.
        """
        right = ORDERS[type(order)]
        named: str | None = getattr(order, "project", None)
        item: str | None = getattr(order, "item", None)
        with self._reading(actor, place) as desk:
            people = desk.facts.people
            if not (named or item):
                if right not in (Right.EDIT, Right.ANSWER):  # these are rights in a project
                    permissions.require(actor, right, people)
                return False
            project = self._meant(desk, order, named)
            thing = references.item(desk, project, item) if item else None
            permissions.require_in(
                actor,
                right,
                project,
                thing,
                people,
                sight=teams.sight_of(desk, project),
                stands_for=desk.stands_for(project),
            )
            return True

    def _meant(self, desk: Desk, order: Order | Opening, ref: str | None) -> Project:
        """The project that an order is about; of a standup it may be a team."""
        team = teams.meant(desk, ref, begins=True) if isinstance(order, _OfStandup) else None
        return team or self._project(desk, references.project_id(desk, ref, desk.place))

    def grant(self, actor: Actor, order: Grant, place: Place) -> Done:
        """Give somebody a role, or take it; see `deciding.grant` for what is refused."""

        def decide(desk: Desk, project: Project, _item: Item | None) -> Change:
            return deciding.grant(project, references.person(desk, order.person), order.role)

        return self._change(actor, order.project, None, None, place, decide, takes=Right.ANSWER)

    def set_privacy(self, actor: Actor, order: SetPrivacy, place: Place) -> Done:
        def decide(desk: Desk, project: Project, _item: Item | None) -> Change:
            taken = {known.key for known in desk.facts.projects.values()}
            key = fresh_key(key_base(project.name, private=True), taken)
            return deciding.set_privacy(project, private=order.private, key=key)

        return self._change(actor, order.project, None, None, place, decide, takes=Right.ANSWER)

    def allow_titles(self, actor: Actor, order: AllowTitles, place: Place) -> Done:
        """Let titles of what is in private repositories stand wherever the project does."""

        def decide(desk: Desk, project: Project, _item: Item | None) -> Change:
            return deciding.allow_titles(project, allowed=order.allowed)

        return self._change(actor, order.project, None, None, place, decide, takes=Right.ANSWER)

    def break_glass(self, actor: Actor, order: BreakGlass, place: Place) -> GlassShown:
        """Let an admin see a private project for an hour; whoever answers for it is told at once.

        Raises `Forbidden` for others, whatever they name. A name that an admin may not know is
        unknown until the glass is broken: only the exact one counts, and none is suggested.
        """
        with self._writing(actor, place) as desk:
            permissions.require(actor, Right.RUN, desk.facts.people)
            if actor.person is None:
                raise Refused(Why.SEEN_ANYWAY, {"project": order.project})
            project = self._project(desk, _behind_glass(desk, order.project))
            change = deciding.break_glass(project, actor.person, order.reason, desk.now)
            with ledger.opened(desk.session, actor, desk.now) as book:
                line = book.apply(change, desk.facts.people)
            notices.follow_each(desk, [Written(change, project, project, line)])
            told = permissions.answering(project, None, desk.facts.people)
            return GlassShown(project, change.until, change.reason, told)


def _behind_glass(desk: Desk, ref: str) -> int:
    """The project of exactly this name that the actor does not see. One that they see is not meant;
    for what is not there they are told what they would be told of any name.
    """
    found = desk.facts.by_spelling.get(folded(ref), ())
    there = (key for key in found if not desk.facts.projects[key].is_gone)
    hidden = [key for key in there if not desk.sees(key)]
    if hidden:
        return hidden[0]
    seen = references.project_id(desk, ref, desk.place)
    raise Refused(Why.SEEN_ANYWAY, {"project": desk.facts.projects[seen].name})
