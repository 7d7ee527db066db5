"""Files, delivered: made while one message in the person's direct message tells how far it is."""

from contextlib import AbstractContextManager
from time import monotonic

from slack_bolt import BoltContext

from bot.commands import Export, ExportPerson
from bot.exports import Form
from bot.preparing import Preparation, What
from handlers.orders import Desk
from handlers.reply import Origin, Reply
from handlers.slack import Slack
from handlers.slack.progress import Progress
from handlers.views import exports as views

PACE_SECONDS = 1.0


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
    with _held(desk, progress, What.OWN_DATA):
        told = desk.charter.personal.export(desk.actor)
        progress.share("my-data.json", "All that Charter keeps of you", told.encode())
        progress.tell(views.own_data_done())


def _held(desk: Desk, progress: Progress, what: What) -> AbstractContextManager[None]:
    """Where this process dies meanwhile, the message comes to say that it was interrupted."""
    workspace = desk.actor.workspace
    one = Preparation(workspace, what, progress.channel, progress.ts)
    return desk.charter.preparations.held(one)


def _workbook(
    order: Export, desk: Desk, slack: Slack, origin: Origin, reply: Reply, context: BoltContext
) -> None:
    """Make the workbook of what the actor may see, and share it with them alone; or (`here`) of
    what all who read the place may, and share it there.

    A wrong name is told where it was typed; what goes wrong later, in the message that tells how
    far it is (the error door finds it in the context).
    """
    exports = desk.charter.exports
    subject = exports.subject(desk.actor, order.project, desk.place, whole=order.whole)
    here = order.here and origin.channel is not None and not origin.is_direct
    if here:
        exports.refuse_hidden(desk.actor, subject, desk.place)
        thread = origin.thread or origin.message
        words = views.preparing(subject.title, order.form)
        progress = Progress.begun_in(slack, str(origin.channel), thread, words)
    else:
        if origin.channel and not origin.is_direct:
            reply.privately(views.begun(subject.title, order.form))
        progress = Progress.begun(slack, origin.user, views.preparing(subject.title, order.form))
    context["progress"] = progress
    with _held(desk, progress, What.EXPORT):
        steps = Steps(progress, subject.title, order.form)
        made = exports.made(desk.actor, subject, desk.place, form=order.form, here=here, tell=steps)
        steps("uploading", 0, 0)
        progress.share(made.name, made.title, made.content)
        told = views.done(
            made.title,
            made.name,
            made.projects,
            made.private,
            form=order.form,
            is_kept=made.is_kept,
            here=here,
        )
        progress.tell(told)
    if here and made.left_out:
        reply.privately(views.left_out(made.left_out))


class Steps:
    """Tells in a message how far a file is: each step where there is time, for Slack takes about
    one edit a second.
    """

    def __init__(self, progress: Progress, title: str, form: Form) -> None:
        self._progress = progress
        self._title = title
        self._form = form
        self._told = monotonic()

    def __call__(self, doing: str, done: int, of: int) -> None:
        if monotonic() - self._told < PACE_SECONDS:
            return
        self._told = monotonic()
        self._progress.tell(views.underway(self._title, doing, done, of, self._form))
