"""The forms of scope, opened: something stands there at once, before the trigger dies."""

from slack_bolt import BoltContext

from bot.deciding import refuse_archived
from bot.project import Call
from handlers.orders import Desk
from handlers.reply import Origin, addressed
from handlers.slack import Slack
from handlers.views import modals


def open_scope(
    project: str | None,
    desk: Desk,
    slack: Slack,
    trigger: str,
    origin: Origin,
    context: BoltContext,
) -> None:
    """The form with all fields of a scope."""
    opened = slack.open(trigger, modals.loading())
    context["opened"] = opened
    shown = desk.charter.projects.shown(desk.actor, project, desk.place)
    refuse_archived(shown.project)
    slack.update(opened, addressed(modals.scope_form(shown), origin))


def open_verdict(
    project: str | None,
    call: Call,
    desk: Desk,
    slack: Slack,
    trigger: str,
    origin: Origin,
    context: BoltContext,
) -> None:
    """The form that decides whether a project is worth it."""
    opened = slack.open(trigger, modals.loading())
    context["opened"] = opened
    shown, row = desk.charter.scopes.feasibility(desk.actor, project, desk.place)
    slack.update(opened, addressed(modals.verdict_form(shown, row, call), origin))
