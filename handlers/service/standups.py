"""The use cases of standups: set one, look at it, end it; `answers` has the rest."""

from datetime import date, datetime

from bot import planning
from bot.changes import Change
from bot.errors import Stale
from bot.moments import known
from bot.orders import AdjustStandup, EndStandup, SetStandup
from bot.outcome import Done, Place
from bot.people import Actor
from bot.planning import channel_name
from bot.project import Group, Item, Project
from bot.recurrence import EPOCH, next_after
from bot.rounds import Seat, StandupShown
from bot.standups import Plan, missed_days, next_ask, report_times
from handlers.service import attendance, references, rounds
from handlers.service.references import Desk
from handlers.service.retyping import RetypedAnswers
from handlers.service.rounds import Round
from storage import standups, uptimes, user_groups

STANDUP = (attendance.ASK, attendance.REPORT)


class Standups(RetypedAnswers):
    """What may be done with standups. Everybody who sees a project may set its standup."""

    def shown(self, actor: Actor, project: str | None, place: Place) -> StandupShown:
        """How a project's standup is set, who is in it, and what comes next."""
        with self._reading(actor, place) as desk:
            found = self._project(desk, references.project_id(desk, project, place))
            current = rounds.at(desk, found)
            if current is None:
                zone = _zone(actor)
                return StandupShown(
                    found,
                    None,
                    0,
                    zone,
                    "",
                    (),
                    None,
                    None,
                    None,
                    desk.facts.people,
                    groups=user_groups.known(desk.session, desk.facts.workspace),
                )
            return _shown(current, desk.facts.settings.standup_text_days)

    def set_up(self, actor: Actor, order: SetStandup, place: Place) -> Done:
        """Begin a standup or set it otherwise. `Stale` where somebody else did meanwhile."""

        def decide(desk: Desk, project: Project, _item: Item | None) -> Change:
            current = rounds.at(desk, project)
            if order.seen is not None and order.seen != (current.standing.id if current else 0):
                raise Stale(f"The standup of {project.name}")
            also = [references.person(desk, ref) for ref in order.people]
            before = current.plan if current else None
            again = current is not None and rounds.is_refused(current)
            group = _group(desk, order.group, before)
            return planning.set_standup(
                project, before, order, also, _zone(actor), group=group, again=again
            )

        return self._change(actor, order.project, None, None, place, decide)

    def adjust(self, actor: Actor, order: AdjustStandup, place: Place) -> Done:
        """Set a standup otherwise in what is said, or begin one that is as usual but for that."""

        def decide(desk: Desk, project: Project, _item: Item | None) -> Change:
            current = rounds.at(desk, project)
            before = current.plan if current else None
            wish = planning.adjusted(project, before, order, place.channel)
            people = (desk.facts.people[key] for key in (before.people if before else ()))
            also = [person for person in people if person.active]
            again = current is not None and rounds.is_refused(current)
            group = _group(desk, wish.group, before)
            return planning.set_standup(
                project, before, wish, also, _zone(actor), group=group, again=again
            )

        return self._change(actor, order.project, None, None, place, decide)

    def end(self, actor: Actor, order: EndStandup, place: Place) -> Done:
        def decide(desk: Desk, project: Project, _item: Item | None) -> Change:
            standing = standups.standing(desk.session, project.id)
            return planning.end_standup(project, standing.plan if standing else None)

        return self._change(actor, order.project, None, None, place, decide)


def _zone(actor: Actor) -> str:
    return known(actor.zone)


def _group(desk: Desk, ref: str, before: Plan | None) -> Group | None:
    """The user group that is meant; the one that is in already may be gone from Slack."""
    if before and before.group and ref == before.group.slack_id:
        return before.group
    return references.user_group(desk, ref) if ref else None


def _shown(current: Round, kept_days: int) -> StandupShown:
    plan, people, now = current.plan, current.people, current.now
    seats = [
        Seat(key, next_ask(plan, zone, current.presence(key), now), known(zone))
        for key in attendance.inside(current.project, people, current.standing)
        for zone in (people[key].timezone,)
    ]
    return StandupShown(
        project=current.project,
        plan=plan,
        seen=current.standing.id,
        zone=plan.zone,
        channel=channel_name(current.project, plan),
        seats=tuple(sorted(seats, key=_by_time)),
        next_report=next_after(report_times(plan), now),
        trouble=current.trouble(date.max),
        set_by=current.standing.set_by,
        people=people,
        kept_days=kept_days,
        missed=missed_days(
            uptimes.missed_of(current.session, current.workspace, STANDUP, current.project.id, now),
            plan,
            people,
        ),
        groups=user_groups.known(current.session, current.workspace),
    )


def _by_time(seat: Seat) -> tuple[bool, datetime, int]:
    return seat.next_ask is None, seat.next_ask or EPOCH, seat.person
