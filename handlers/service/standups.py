"""The use cases of standups: set one, look at it, end it; `answers` has the rest."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

from bot import permissions, planning, teams
from bot.changes import StandupChange, StandupEnded, StandupSet
from bot.errors import Refused, Stale, Why
from bot.moments import known
from bot.orders import AdjustStandup, EndStandup, SetStandup
from bot.outcome import Done, Place
from bot.people import Actor
from bot.planning import channel_name
from bot.project import Group, Project
from bot.recurrence import EPOCH, next_after
from bot.rights import Right
from bot.rounds import Seat, StandupShown, TeamsShown
from bot.standups import Plan, missed_days, next_ask, report_times
from handlers.service import attendance, references, rounds
from handlers.service import teams as groups
from handlers.service.desks import Wish
from handlers.service.references import Desk
from handlers.service.retyping import RetypedAnswers
from handlers.service.rounds import Round
from storage import standups, uptimes, user_groups

STANDUP = (attendance.ASK, attendance.REPORT)


class Standups(RetypedAnswers):
    """What may be done with standups: of a project, or of a team (see `bot.teams`). Everybody who
    sees a project may set its standup.
    """

    def shown(
        self, actor: Actor, project: str | None, place: Place, *, begins: bool = False
    ) -> StandupShown:
        """How a standup is set, who is in it, and what comes next. Where one may begin (`begins`),
        also of a team that has none yet.
        """
        with self._reading(actor, place) as desk:
            found = self._meant(desk, project, begins=begins)
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

    def teams(self, actor: Actor, place: Place) -> TeamsShown:
        """What a user group's own standup may be made of."""
        with self._reading(actor, place) as desk:
            return _teams(desk)

    def may_begin(self, actor: Actor, place: Place) -> bool:
        """Whether a user group could begin a standup there; see `teams.is_free`."""
        with self._reading(actor, place) as desk:
            return groups.is_free(desk, None)

    def set_up(self, actor: Actor, order: SetStandup, place: Place) -> Done:
        """Begin a standup or set it otherwise. `Stale` where somebody else did meanwhile."""

        def decide(desk: Desk, project: Project) -> StandupSet:
            current = rounds.at(desk, project)
            if order.seen is not None and order.seen != (current.standing.id if current else 0):
                raise Stale(f"The standup of {project.name}")
            also = [references.person(desk, ref) for ref in order.people]
            before = current.plan if current else None
            again = current is not None and rounds.is_refused(current)
            group = project.group or _group(desk, order.group, before)
            return planning.set_standup(
                project, before, order, also, _zone(actor), group=group, again=again
            )

        return self._decided(actor, order.project, place, decide, begins=True)

    def adjust(self, actor: Actor, order: AdjustStandup, place: Place) -> Done:
        """Set a standup otherwise in what is said, or begin one that is as usual but for that."""

        def decide(desk: Desk, project: Project) -> StandupSet:
            current = rounds.at(desk, project)
            before = current.plan if current else None
            if project.group is not None and (order.group, order.channel) != (None, None):
                raise Refused(Why.TEAM_STAYS, {"project": project.name})
            wish = planning.adjusted(project, before, order, place.channel)
            people = (desk.facts.people[key] for key in (before.people if before else ()))
            also = [person for person in people if person.active]
            again = current is not None and rounds.is_refused(current)
            group = project.group or _group(desk, wish.group, before)
            return planning.set_standup(
                project, before, wish, also, _zone(actor), group=group, again=again
            )

        return self._decided(actor, order.project, place, decide, begins=True)

    def end(self, actor: Actor, order: EndStandup, place: Place) -> Done:
        def decide(desk: Desk, project: Project) -> StandupEnded:
            standing = standups.standing(desk.session, project.id)
            return planning.end_standup(project, standing.plan if standing else None)

        return self._decided(actor, order.project, place, decide)

    def _meant(self, desk: Desk, ref: str | None, *, begins: bool = False) -> Project:
        team = groups.meant(desk, ref, begins=begins)
        return team or self._project(desk, references.project_id(desk, ref, desk.place))

    def _decided(
        self,
        actor: Actor,
        ref: str | None,
        place: Place,
        decide: Callable[[Desk, Project], StandupChange],
        *,
        begins: bool = False,
    ) -> Done:
        """Read, decide, write: of a team, too, which begins with its first standup."""
        with self._writing(actor, place) as desk:
            found = self._meant(desk, ref, begins=begins)
            permissions.require_in(
                actor,
                Right.EDIT,
                found,
                None,
                desk.facts.people,
                sight=groups.sight_of(desk, found),
                stands_for=desk.stands_for(found),
            )
            change = decide(desk, found)
            if found.id == teams.NEW:
                found = groups.begun(desk, found)
                change = replace(change, project=found.id)
            if begins and (before := groups.turned(desk, found)) is not None:
                standing = standups.standing(desk.session, before.id)
                ended = planning.end_standup(before, standing.plan if standing else None)
                self._write_together(desk, [Wish(before, None, ended)])
            return self._write(desk, actor, found, None, change)


def _teams(desk: Desk) -> TeamsShown:
    place, known_groups = desk.place, user_groups.known(desk.session, desk.facts.workspace)
    is_channel = place.channel is not None and not place.is_direct
    channel = place.channel if is_channel else None
    return TeamsShown(known_groups, channel, f"#{place.name}", _zone(desk.actor))


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
