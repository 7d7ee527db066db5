"""The form of delegations, opened: something stands there at once, before the trigger dies."""

from datetime import date

from slack_bolt import BoltContext

from handlers.orders import Desk
from handlers.reply import Origin, addressed
from handlers.slack import Slack
from handlers.views import modals


def open_form(
    project: str | None,
    desk: Desk,
    slack: Slack,
    trigger: str,
    origin: Origin,
    context: BoltContext,
    today: date,
) -> None:
    """The form that lets somebody act for whoever asks; of one project where it was named."""
    opened = slack.open(trigger, modals.loading())
    context["opened"] = opened
    key, title = None, ""
    if project is not None:
        found = desk.charter.projects.shown(desk.actor, project, desk.place).project
        key, title = found.key, found.name
    slack.update(opened, addressed(modals.delegate(today, key, title), origin))
