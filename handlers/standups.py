"""The forms of standups, opened: something stands there at once, before the trigger dies."""

from slack_bolt import BoltContext

from bot.deciding import refuse_archived
from bot.errors import Refused, Why
from handlers.orders import Desk
from handlers.reply import Origin, addressed
from handlers.slack import Slack
from handlers.views import modals


def open_setting(
    project: str | None,
    desk: Desk,
    slack: Slack,
    trigger: str,
    origin: Origin,
    context: BoltContext,
) -> None:
    """The form that sets a project's standup."""
    opened = slack.open(trigger, modals.loading())
    context["opened"] = opened
    shown = desk.charter.standups.shown(desk.actor, project, desk.place)
    refuse_archived(shown.project)
    if not modals.has_channel(shown.project):
        raise Refused(Why.STANDUP_NOWHERE, {"project": shown.project.name})
    form = modals.standup(shown, desk.place.channel)
    slack.update(opened, addressed(form, origin))


def open_answers(
    entry: int, desk: Desk, slack: Slack, trigger: str, origin: Origin, context: BoltContext
) -> None:
    """The form for one's answers, with what was said before."""
    opened = slack.open(trigger, modals.loading())
    context["opened"] = opened
    asked = desk.charter.standups.asked(desk.actor, entry)
    slack.update(opened, addressed(modals.answers(asked), origin))
