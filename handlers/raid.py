"""The form of risks, assumptions, issues and dependencies, opened: something stands there at once,
before the trigger dies.
"""

from slack_bolt import BoltContext

from bot.deciding import refuse_archived
from bot.raid import RaidKind
from handlers.orders import Desk
from handlers.reply import Origin, addressed
from handlers.slack import Slack
from handlers.views import modals


def open_raid(
    kind: RaidKind,
    number: int | None,
    project: str | None,
    desk: Desk,
    slack: Slack,
    trigger: str,
    origin: Origin,
    context: BoltContext,
) -> None:
    """The form of a new entry, or of the one of that number."""
    opened = slack.open(trigger, modals.loading())
    context["opened"] = opened
    charter, actor, place = desk.charter, desk.actor, desk.place
    if number is None:
        shown = charter.projects.shown(actor, project, place)
        refuse_archived(shown.project)
        view = modals.new_raid(shown, kind)
    else:
        one = charter.raid.one(actor, kind, number, project, place)
        refuse_archived(one.project)
        view = modals.edit_raid(one)
    slack.update(opened, addressed(view, origin))
