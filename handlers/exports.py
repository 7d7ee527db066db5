"""Workbooks, delivered: prepared while one message in the person's direct message tells how far."""

from slack_bolt import BoltContext

from bot.commands import Export
from handlers.orders import Desk
from handlers.reply import Origin, Reply
from handlers.slack import Slack
from handlers.slack.progress import Progress
from handlers.views import exports as views


def deliver(
    order: Export, desk: Desk, slack: Slack, origin: Origin, reply: Reply, context: BoltContext
) -> None:
    """Make the workbook of what the actor may see, and share it with them alone.

    A wrong name is told where it was typed; what goes wrong later, in the message that tells how
    far it is (the error door finds it in the context).
    """
    context["order"] = order
    exports = desk.charter.exports
    subject = exports.subject(desk.actor, order.project, desk.place, whole=order.whole)
    if origin.channel and not origin.is_direct:
        reply.privately(views.begun(subject.title))
    progress = Progress.begun(slack, origin.user, views.preparing(subject.title))
    context["progress"] = progress
    made = exports.made(desk.actor, subject, desk.place)
    progress.share(made.name, made.title, made.content)
    progress.tell(views.done(made.title, made.name, made.projects, made.private))
