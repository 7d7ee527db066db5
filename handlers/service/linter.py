"""The use cases of the linter: what it finds, and which of its rules are set aside for a while."""

from collections.abc import Sequence
from datetime import date

from bot import deciding
from bot.changes import Change
from bot.lint import Ground, Report, checked, rule_named
from bot.load import rows_of
from bot.orders import EndWaiver, Waive
from bot.outcome import Done, Place
from bot.people import Actor
from bot.project import Item, Project
from bot.standups import known, own_day
from bot.team import LintShown
from handlers.service.desks import Desks
from handlers.service.references import Desk
from storage import waivers


class Linter(Desks):
    """Checks letters by rules, and keeps what is waived."""

    def found(self, actor: Actor, ref: str | None, place: Place, *, whole: bool) -> LintShown:
        """What the rules find in a project, or in all that the actor sees."""
        with self._reading(actor, place) as desk:
            one = self._asked_about(desk, ref, whole=whole)
            every = self._open_projects(desk)
            reports = _reports(desk, (one,) if one is not None else every, every)
            return LintShown(reports, desk.facts.people, whole=one is None)

    def waive(self, actor: Actor, order: Waive, place: Place) -> Done:
        def decide(desk: Desk, project: Project, item: Item | None) -> Change:
            rule = rule_named(order.rule).id
            present = waivers.waived(desk.session, [project.id]).get(project.id, [])
            today = _today(desk)
            return deciding.waive(project, item, rule, order.until, order.reason, present, today)

        return self._change(actor, order.project, order.item, None, place, decide)

    def end(self, actor: Actor, order: EndWaiver, place: Place) -> Done:
        def decide(desk: Desk, project: Project, item: Item | None) -> Change:
            present = waivers.waived(desk.session, [project.id]).get(project.id, [])
            return deciding.end_waiver(project, item, rule_named(order.rule).id, present)

        return self._change(actor, order.project, order.item, None, place, decide)


def _today(desk: Desk) -> date:
    person = desk.actor.person
    return own_day(desk.now, known(person.timezone) if person else "UTC")


def _reports(desk: Desk, some: Sequence[Project], every: Sequence[Project]) -> tuple[Report, ...]:
    """The reports of some projects, by name; `every` is what counts as load."""
    keys = [project.id for project in some]
    people = desk.facts.people
    load, limit, today = rows_of(every, people), desk.facts.settings.load_limit, _today(desk)
    waived = waivers.waived(desk.session, keys)
    asked = waivers.consulted(desk.session, keys)
    shipping = waivers.with_runs(desk.session, keys)
    return tuple(
        checked(
            Ground(
                project=project,
                people=people,
                today=today,
                sees=project.visible_to,
                delegations=desk.facts.delegations,
                load=load,
                load_limit=limit,
                asked=asked,
                shipping=shipping,
            ),
            waived.get(project.id, ()),
        )
        for project in sorted(some, key=lambda one: (one.name.casefold(), one.id))
    )
