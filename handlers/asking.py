"""The shortcut "Who owns…?": a question and its answer in one form, from anywhere in Slack."""

from typing import Any

from slack_bolt import App

from bot.channels import REFUSALS, Gone
from bot.errors import Refused, Why
from bot.outcome import Place
from bot.people import Actor
from handlers.manifest import QUESTION
from handlers.people import acquaint
from handlers.runner import FormAck
from handlers.service import Charter
from handlers.slack import Slack
from handlers.slack.rooms import is_inside
from handlers.views import answers, modals
from handlers.views.acts import Form
from handlers.views.kit import Message, View, message, paragraph

ALONE = Place()
"""A form is read by the one who fills it in alone."""


def register(bolt: App) -> None:
    bolt.global_shortcut(QUESTION)(on_shortcut)
    for form, on_form in FORMS.items():
        bolt.view(form.value)(on_form)


def on_shortcut(shortcut: dict[str, Any], slack: Slack) -> None:
    """Nothing is read for an empty form, so that it is there at once."""
    slack.open(shortcut["trigger_id"], modals.question())


def on_question(
    view: dict[str, Any], ack: FormAck, charter: Charter, actor: Actor, slack: Slack
) -> None:
    asked = modals.read_question(view)
    acquaint(asked.question, charter, slack, actor.workspace)
    answer = charter.questions.ask(actor, asked.question, ALONE, private_reply=True)
    _become(modals.question(asked, answer), ack, slack)
    charter.feedback.heard(actor, asked.question, ALONE, answer, private=True)


def on_share(
    view: dict[str, Any], ack: FormAck, charter: Charter, actor: Actor, slack: Slack
) -> None:
    """Post what all who read the channel may know; where that is less than the one who shares it
    reads, show them first.
    """
    asked, channel, was_shown = modals.read_share(view)
    name, private, shared = slack.channel(channel)
    user = actor.person.slack_id if actor.person else None
    if user is None or not is_inside(slack, channel, user):
        raise Refused(Why.NOT_A_MEMBER)
    place = Place(channel, name, is_private=private, is_shared=shared)
    found = charter.questions.for_all(actor, asked.question, place, asked.choice)
    if not found.open.tells:
        raise Refused(Why.NOT_FOR_ALL)
    if found.says_less and not was_shown:
        _become(modals.share_in_short(asked, found, channel), ack, slack)
        return
    with charter.questions.once(f"share/{channel}/{view['id']}/{view['hash']}") as is_first:
        if is_first:
            post(slack, channel, answers.shared(found.open, actor.name))
    told = message(paragraph(f"Shared in #{name}.")) if name else message(paragraph("Shared."))
    _become(modals.notice(told), ack, slack)


def post(slack: Slack, channel: str, said: Message, thread: str | None = None) -> None:
    """Post for everybody to read. `Refused` where Charter cannot."""
    reason = slack.refused(channel, said, thread)
    if reason:
        is_archived = REFUSALS.get(reason) is Gone.ARCHIVED
        raise Refused(Why.CHANNEL_ARCHIVED if is_archived else Why.CHANNEL_UNREADABLE)


def _become(becomes: View, ack: FormAck, slack: Slack) -> None:
    """Another form in the place of the one that was sent in; where `ack` is late, on top of it."""
    ack(response_action="update", view=becomes)
    if ack.was_late():
        slack.settle(ack.waits, modals.closing(becomes))


FORMS = {Form.QUESTION: on_question, Form.SHARE: on_share}
"""Forms that answer by becoming another one."""
