"""The use cases of the linter: what it finds, and which of its rules are set aside for a while."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlmodel import Session

from bot import deciding
from bot.changes import Change
from bot.lint import Ground, Report, checked, rule_named
from bot.load import rows_of
from bot.moments import own_day
from bot.orders import EndWaiver, Waive
from bot.outcome import Done, Place
from bot.people import Actor
from bot.project import Item, Project
from bot.team import LintShown
from handlers.service.desks import Desks
from handlers.service.facts import WorkspaceFacts
from handlers.service.references import Desk
from storage import waivers


class Linter(Desks):
    """Checks letters by rules, and keeps what is waived."""

    def found(self, actor: Actor, ref: str | None, place: Place, *, whole: bool) -> LintShown:
        """What the rules find in a project, or in all that the actor sees."""
        with self._reading(actor, place) as desk:
            one = self._asked_about(desk, ref, whole=whole)
            every = self._open_projects(desk)
            load = rows_of(every, desk.facts.people)
            some = (one,) if one is not None else every
            reports = reported(desk.session, desk.facts, some, load, _today(desk))
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
    return own_day(desk.now, desk.actor.zone)


def reported(
    session: Session,
    facts: WorkspaceFacts,
    some: Sequence[Project],
    load: Mapping[int, int],
    today: date,
) -> tuple[Report, ...]:
    """The reports of some projects, by name; `load` is what each bears in all that the reader sees,
    as `rows_of` tells.
    """
    keys = [project.id for project in some]
    waived = waivers.waived(session, keys)
    asked = waivers.consulted(session, keys)
    shipping = waivers.with_runs(session, keys)
    return tuple(
        checked(
            Ground(
                project=project,
                people=facts.people,
                today=today,
                sees=project.visible_to,
                delegations=facts.delegations,
                load=load,
                load_limit=facts.settings.load_limit,
                asked=asked,
                shipping=shipping.get(project.id, frozenset()),
            ),
            waived.get(project.id, ()),
        )
        for project in sorted(some, key=lambda one: (one.name.casefold(), one.id))
    )
