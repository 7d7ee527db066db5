"""The forms, each with what stands in it by now: for a command as for a button.

What stands there while one is made is opened before, by `handlers.opening`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from slack_bolt import BoltContext

from bot.commands import (
    OpenDelegate,
    OpenDigest,
    OpenExport,
    OpenNew,
    OpenOwnDigest,
    OpenRaid,
    OpenRole,
    OpenScope,
    OpenStandup,
)
from bot.deciding import refuse_archived
from bot.errors import Refused, Why
from bot.project import Call
from handlers.orders import Desk
from handlers.reply import Origin, addressed
from handlers.service.access import Opening
from handlers.slack import Slack
from handlers.views import lint, modals, standups
from handlers.views.kit import View


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asked for a form, and which day it is where they are."""

    user: str
    today: date


def new_project(order: OpenNew, desk: Desk, user: str) -> View:
    """The form for a new project; it is the channel's default where the channel has none yet."""
    bound = desk.charter.projects.is_bound(desk.actor, desk.place)
    return modals.new_project(order.name, desk.place, user, is_bound=bound, template=order.template)


def scope(project: str | None, desk: Desk) -> View:
    """The form with all fields of a scope."""
    shown = desk.charter.projects.shown(desk.actor, project, desk.place)
    refuse_archived(shown.project)
    return modals.scope_form(shown)


def verdict(project: str | None, call: Call, desk: Desk) -> View:
    """The form that decides whether a project is worth it."""
    shown, row = desk.charter.scopes.feasibility(desk.actor, project, desk.place)
    return modals.verdict_form(shown, row, call)


def standup(project: str | None, desk: Desk) -> View:
    """The form that sets a standup, of a project or of a user group."""
    if project is None and desk.charter.standups.may_begin(desk.actor, desk.place):
        return team_standup(desk)
    shown = desk.charter.standups.shown(desk.actor, project, desk.place, begins=True)
    refuse_archived(shown.project)
    if not modals.has_channel(shown.project):
        raise Refused(Why.STANDUP_NOWHERE, {"project": shown.project.name})
    return modals.standup(shown, desk.place.channel)


def team_standup(desk: Desk) -> View:
    """The form that begins the standup of a user group."""
    found = desk.charter.standups.teams(desk.actor, desk.place)
    return modals.team_standup(found) if found.groups else modals.notice(standups.no_groups())


def digest(desk: Desk) -> View:
    """The form that sets the channel's digest."""
    return modals.digest(desk.charter.digests.shown(desk.actor, desk.place))


def own_digest(desk: Desk) -> View:
    """The form that sets one's own."""
    return modals.own_digest(desk.charter.own_digests.shown(desk.actor))


def export_plan(number: int | None, desk: Desk) -> View:
    """The form that lets a file come by itself: a new one, or the one of that number."""
    if number is None:
        return modals.export_plan(None)
    return modals.export_plan(desk.charter.export_plans.one(desk.actor, number, desk.place))


def answers(entry: int | None, day: str | None, desk: Desk) -> View:
    """The form for one's answers, with what was said before: of one standup, or of a whole day."""
    service = desk.charter.standups
    if entry is not None or day is None:
        return modals.answers([service.asked(desk.actor, entry or 0)])
    return modals.answers(service.day(desk.actor, date.fromisoformat(day)).asked)


def role(ref: str, desk: Desk) -> View:
    """The form that says a job role otherwise."""
    return modals.role(desk.charter.roles.form(desk.actor, ref))


def waiver(project: str | None, desk: Desk, today: date) -> View:
    """The form that sets a rule aside, made from what the linter finds; where that is nothing, it
    is said.
    """
    shown = desk.charter.linter.found(desk.actor, project, desk.place, whole=False)
    [report] = shown.reports
    refuse_archived(report.project)
    if not report.findings:
        return modals.notice(lint.lint(shown))
    return modals.waive(report, today)


def raid(order: OpenRaid, desk: Desk) -> View:
    """The form of a new risk, assumption, issue or dependency, or of the one of its number."""
    charter, actor, place = desk.charter, desk.actor, desk.place
    if order.number is None:
        shown = charter.projects.shown(actor, order.project, place)
        refuse_archived(shown.project)
        return modals.new_raid(shown, order.kind)
    one = charter.raid.one(actor, order.kind, order.number, order.project, place)
    refuse_archived(one.project)
    return modals.edit_raid(one)


def delegation(order: OpenDelegate, desk: Desk, today: date) -> View:
    """The form that lets somebody act for whoever asks; of one project where it was named."""
    days = (order.first or today, order.last)
    if order.project is None:
        return modals.delegate(days, None, "")
    found = desk.charter.projects.shown(desk.actor, order.project, desk.place).project
    return modals.delegate(days, found.key, found.name)


ORDERED: Mapping[type, Callable[[Any, Desk, Asked], View]] = {
    OpenNew: lambda order, desk, asked: new_project(order, desk, asked.user),
    OpenScope: lambda order, desk, asked: scope(order.project, desk),
    OpenStandup: lambda order, desk, asked: standup(order.project, desk),
    OpenDigest: lambda order, desk, asked: digest(desk),
    OpenOwnDigest: lambda order, desk, asked: own_digest(desk),
    OpenExport: lambda order, desk, asked: export_plan(order.number, desk),
    OpenRaid: lambda order, desk, asked: raid(order, desk),
    OpenRole: lambda order, desk, asked: role(order.role, desk),
    OpenDelegate: lambda order, desk, asked: delegation(order, desk, asked.today),
}
"""What opens a form when it is typed, and how the form is made."""


def show(
    order: Any, desk: Desk, asked: Asked, slack: Slack, origin: Origin, context: BoltContext
) -> None:
    """Put the form in the place of what was opened; who may not save it is told so there."""
    context["order"] = order
    if isinstance(order, Opening):
        desk.charter.access.refuse(desk.actor, order, desk.place)
    view = ORDERED[type(order)](order, desk, asked)
    slack.update(context["opened"], addressed(view, origin))
