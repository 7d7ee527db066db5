"""The form of a job role, opened: something stands there at once, before the trigger dies."""

from slack_bolt import BoltContext

from handlers.orders import Desk
from handlers.reply import Origin, addressed
from handlers.slack import Slack
from handlers.views import modals


def open_role(
    role: str, desk: Desk, slack: Slack, trigger: str, origin: Origin, context: BoltContext
) -> None:
    opened = slack.open(trigger, modals.loading())
    context["opened"] = opened
    shown = desk.charter.roles.form(desk.actor, role)
    slack.update(opened, addressed(modals.role(shown), origin))
