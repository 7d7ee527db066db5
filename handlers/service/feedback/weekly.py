"""The list of what is open, once a week to whoever can settle it, where there is something new."""

from collections.abc import Iterator, Sequence
from datetime import datetime, time
from zoneinfo import ZoneInfo

from bot.feedback import WEEK, OpenShown, monday
from bot.hours import hours
from bot.moments import known as known_zone
from bot.moments import own_day
from bot.people import Person
from bot.project import Project
from bot.routing import Event, Happening, routed
from bot.routing.table import Party
from bot.routing.told import EVERYWHERE, Told, told
from handlers.service import mail
from handlers.service.feedback import lists
from handlers.service.timers import Shift
from handlers.views import feedback as views
from storage import feedback, outbox
from storage.feedback import Kept


def tell(shift: Shift) -> None:
    """Tell whoever begins to work this week. The week is in the message's key: there is one."""
    opened = [
        one
        for one in feedback.open_ones(shift.session, shift.facts.workspace)
        if not one.is_own and one.asked_at >= shift.now - 2 * WEEK
    ]
    for key in dict.fromkeys(one.project for one in opened):
        mine = [one for one in opened if one.project == key]
        for project, person, why in _readers(shift, key):
            _tell_one(shift, project, mine, person, why)


def _readers(shift: Shift, key: int | None) -> Iterator[tuple[Project | None, Person, Told]]:
    """Who can settle questions of a project, or (None) of none."""
    facts = shift.facts
    if key is None:
        for person in facts.people.values():
            if person.is_admin and person.active and person.slack_id and not person.is_bot:
                yield None, person, _stray(shift)
        return
    known = facts.projects.get(key)
    if known is None or known.archived or known.is_gone:
        return
    project = shift.cache.project(shift.session, facts, key, shift.now)
    happening = Happening(Event.QUESTIONS_OPEN, key)
    people, delegations = facts.people, facts.delegations
    for notice in routed(happening, project, None, people, delegations, shift.now):
        if notice.person is not None and notice.happening.event is Event.QUESTIONS_OPEN:
            yield project, people[notice.person], told(notice, project, None, shift.now)


def _stray(shift: Shift) -> Told:
    return Told(
        event=Event.QUESTIONS_STRAY,
        to=Party.ADMIN,
        at=shift.now,
        project=EVERYWHERE,
        project_key="",
        project_name="All projects",
    )


def _tell_one(
    shift: Shift, project: Project | None, opened: Sequence[Kept], person: Person, why: Told
) -> None:
    if hours(person).next_open(shift.now) > shift.now:
        return
    zone = known_zone(person.timezone)
    first = monday(own_day(shift.now, zone))
    if not any(_is_new(one, datetime.combine(first, time.min, ZoneInfo(zone))) for one in opened):
        return
    workspace = shift.facts.workspace
    key = f"questions/{project.id if project else EVERYWHERE}/{person.id}/{first.isoformat()}"
    if outbox.keyed(shift.session, workspace, key) is not None:
        return
    shown = OpenShown((lists.section(shift.session, shift.facts, project),))
    mail.say_all(
        shift.session,
        workspace,
        key,
        person,
        views.listed(shown),
        [why],
        shift.now,
        confidential=project is not None and project.private,
    )


def _is_new(one: Kept, week: datetime) -> bool:
    """Whether a question came up before this week, and was asked since the week before began."""
    return one.opened_at < week and one.asked_at >= week - WEEK
