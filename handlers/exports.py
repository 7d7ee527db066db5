"""Files, delivered: made while one message in the person's direct message tells how far it is."""

from slack_bolt import BoltContext

from bot.commands import Export, ExportPerson
from handlers.orders import Desk
from handlers.reply import Origin, Reply
from handlers.slack import Slack
from handlers.slack.progress import Progress
from handlers.views import exports as views


def deliver(
    order: Export | ExportPerson,
    desk: Desk,
    slack: Slack,
    origin: Origin,
    reply: Reply,
    context: BoltContext,
) -> None:
    """Make the file that was asked for, and share it with the one who asked alone."""
    context["order"] = order
    if isinstance(order, ExportPerson):
        _own_data(desk, slack, origin, reply, context)
    else:
        _workbook(order, desk, slack, origin, reply, context)


def _own_data(desk: Desk, slack: Slack, origin: Origin, reply: Reply, context: BoltContext) -> None:
    """All that is kept of the one who asks."""
    if origin.channel and not origin.is_direct:
        reply.privately(views.own_data_begun())
    progress = Progress.begun(slack, origin.user, views.own_data_begun())
    context["progress"] = progress
    told = desk.charter.personal.export(desk.actor)
    progress.share("my-data.json", "All that Charter keeps of you", told.encode())
    progress.tell(views.own_data_done())


def _workbook(
    order: Export, desk: Desk, slack: Slack, origin: Origin, reply: Reply, context: BoltContext
) -> None:
    """Make the workbook of what the actor may see, and share it with them alone.

    A wrong name is told where it was typed; what goes wrong later, in the message that tells how
    far it is (the error door finds it in the context).
    """
    exports = desk.charter.exports
    subject = exports.subject(desk.actor, order.project, desk.place, whole=order.whole)
    if origin.channel and not origin.is_direct:
        reply.privately(views.begun(subject.title))
    progress = Progress.begun(slack, origin.user, views.preparing(subject.title))
    context["progress"] = progress
    made = exports.made(desk.actor, subject, desk.place, form=order.form)
    progress.share(made.name, made.title, made.content)
    told = views.done(made.title, made.name, made.projects, made.private, is_kept=made.is_kept)
    progress.tell(told)
