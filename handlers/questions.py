"""Questions in people's own words: a mention is answered in its thread, a DM in the DM."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from slack_bolt import App, BoltContext

from bot.outcome import Place
from bot.people import Actor
from bot.qa.replies import Answer, Asked
from handlers import imports, links
from handlers.commands import today
from handlers.orders import Desk
from handlers.people import acquaint
from handlers.reply import Reply, was_said
from handlers.service import Charter
from handlers.service.questions import Thread
from handlers.slack import Installation, Slack
from handlers.typed import Typist
from handlers.views import answers, help

PLAIN_MESSAGES = (None, "file_share")
"""The subtypes of a message that somebody wrote, in contrast to one that was edited or deleted."""

CHANGES = ("message_changed", "message_deleted")


def register(bolt: App) -> None:
    bolt.event("app_mention")(on_mention)
    bolt.event({"type": "message", "subtype": (*PLAIN_MESSAGES, *CHANGES)})(on_direct_message)


def on_mention(
    event: dict[str, Any],
    body: dict[str, Any],
    charter: Charter,
    actor: Actor,
    place: Place,
    slack: Slack,
    installation: Installation,
    reply: Reply,
    now: datetime,
    context: BoltContext,
) -> None:
    if "edited" not in event:
        _answer(event, body, charter, actor, place, slack, installation, reply, now, context)


def on_direct_message(
    event: dict[str, Any],
    body: dict[str, Any],
    charter: Charter,
    actor: Actor,
    place: Place,
    slack: Slack,
    installation: Installation,
    reply: Reply,
    now: datetime,
    context: BoltContext,
) -> None:
    if event.get("subtype") in CHANGES:
        _follow(event, body, charter, actor, place, slack, reply, now, context)
    elif event.get("channel_type") == "im":
        charter.people.heard_from(actor)
        _answer(event, body, charter, actor, place, slack, installation, reply, now, context)


def _follow(
    event: Mapping[str, Any],
    body: Mapping[str, Any],
    charter: Charter,
    actor: Actor,
    place: Place,
    slack: Slack,
    reply: Reply,
    now: datetime,
    context: BoltContext,
) -> None:
    """What was answered in a direct message is edited with it; deleting that takes nothing away.

    One that others have answered to is left as a tombstone in its thread.
    """
    before, after = was_said(event), event.get("message") or {}
    if not before or event.get("channel_type") != "im":
        return
    if charter.questions.seen(body["event_id"]):
        return
    if event["subtype"] == "message_deleted" or after.get("subtype") == "tombstone":
        charter.standups.untyped(actor, before["ts"])
    elif after.get("text") != before.get("text"):
        desk = Desk(charter, actor, place, private=True)
        Typist(desk, slack, reply, context, today(actor, now)).edits(before, after)
    charter.questions.finished(body["event_id"])


def _answer(
    event: Mapping[str, Any],
    body: Mapping[str, Any],
    charter: Charter,
    actor: Actor,
    place: Place,
    slack: Slack,
    installation: Installation,
    reply: Reply,
    now: datetime,
    context: BoltContext,
) -> None:
    """Answer once: Slack repeats an event whose acknowledgement it missed."""
    if charter.questions.seen(body["event_id"]):
        return
    text = without_mention(event.get("text") or "", installation.bot_user)
    if place.is_direct and (sheets := imports.sheets_of(event)):
        for file in sheets:
            imports.preview(file, event.get("text") or "", charter, actor, place, slack, reply)
        charter.questions.finished(body["event_id"])
        return
    if not place.is_shared and links.said(event, text, charter, actor, place, now, context, reply):
        pass  # its card says it
    elif text:
        desk = Desk(charter, actor, place, private=True)
        typist = Typist(desk, slack, reply, context, today(actor, now))
        with _aside(event, text, place, slack):
            _told(event, text, typist)
    else:
        reply(help.helped(None))
    charter.questions.finished(body["event_id"])


@contextmanager
def _aside(event: Mapping[str, Any], text: str, place: Place, slack: Slack) -> Iterator[None]:
    """In a direct message: what it is about, and that the answer is on its way."""
    if not place.is_direct:
        yield
        return
    channel, root = event["channel"], event.get("thread_ts") or event["ts"]
    if root == event["ts"]:
        slack.aside.entitle(channel, root, text)
    with slack.aside.working(channel, root):
        yield


def _told(event: Mapping[str, Any], text: str, typist: Typist) -> None:
    """Answer a question, or do what a command says."""
    desk, place = typist.desk, typist.desk.place
    if place.is_direct and typist.answers(event):
        return
    heard = typist.hear(text)
    if heard.told:
        return
    if heard.sure:
        typist.settle(heard, text)
        return
    acquaint(text, desk.charter, typist.slack, desk.actor.workspace)
    answer = _asked(event, text, desk)
    is_understood = answer.tells or answer.options or answer.requests
    if place.is_direct and not is_understood and not heard.order and typist.may_answer(event):
        return  # whether it answers a standup is asked instead
    if heard.is_command and not is_understood:
        typist.settle(heard, text)
    else:
        private, asked = place.is_direct or place.is_shared, Asked(answer.whole or text)
        typist.reply(answers.answered(answer, private=private, asked=asked))
        desk.charter.feedback.heard(desk.actor, text, place, answer, private=private)


def _asked(event: Mapping[str, Any], text: str, desk: Desk) -> Answer:
    """The answer to a question, which the next one in its thread may lean on."""
    questions, actor, place = desk.charter.questions, desk.actor, desk.place
    thread = _thread(event, place)
    answer = questions.ask(actor, text, place, thread=thread)
    if answer.tells or answer.options:
        questions.keep_asked(actor, thread, answer.whole or text)
    return answer


def _thread(event: Mapping[str, Any], place: Place) -> Thread:
    """The thread that a question stands in or begins; a direct message is one as a whole."""
    root = event.get("thread_ts") or ("" if place.is_direct else event["ts"])
    return Thread(event["channel"], root)


def without_mention(text: str, bot_user: str) -> str:
    """The text without the mention of Charter itself, wherever it stands."""
    return " ".join(re.sub(rf"<@{re.escape(bot_user)}(\|[^>]*)?>[,:]?", " ", text).split())
