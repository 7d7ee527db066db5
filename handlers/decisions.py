"""Messages that become decisions: by a reaction, or by the menu of the message."""

from collections.abc import Mapping
from typing import Any

from slack_bolt import App, BoltContext

from bot.decisions import SIGN, Source, Which
from bot.outcome import Place
from bot.people import Actor
from handlers import manifest
from handlers.orders import Desk
from handlers.people import acquaint_author
from handlers.reply import Origin, Reply, addressed
from handlers.service import Charter
from handlers.slack import Installation, Slack
from handlers.views import decisions as views
from handlers.views import modals
from handlers.views.kit import Message


def register(bolt: App) -> None:
    bolt.event("reaction_added")(on_reaction)
    bolt.event("reaction_removed")(on_reaction_gone)
    bolt.message_shortcut(manifest.DECISION)(on_save)


def _is_sign(event: Mapping[str, Any], actor: Actor) -> bool:
    """Whether a person put (or took away) the sign of a decision on a message."""
    is_person = actor.person is not None and not actor.person.is_bot
    on_message = (event.get("item") or {}).get("type") == "message"
    return is_person and on_message and event.get("reaction") == SIGN


def on_reaction(
    event: dict[str, Any],
    body: dict[str, Any],
    charter: Charter,
    actor: Actor,
    place: Place,
    slack: Slack,
    installation: Installation,
    reply: Reply,
) -> None:
    """Keep the message; it is told in its thread, once, whoever reacts how often."""
    if not _is_sign(event, actor) or charter.questions.seen(body["event_id"]):
        return
    item, desk = event["item"], Desk(charter, actor, place, private=False)
    asked = keep(item["channel"], item["ts"], None, desk, slack, installation)
    if asked is not None:
        reply.privately(asked)
    charter.questions.finished(body["event_id"])


def keep(
    channel: str,
    ts: str,
    project: str | None,
    desk: Desk,
    slack: Slack,
    installation: Installation,
) -> Message | None:
    """Keep a message as a decision, and say so in its thread, or (where not all who read it may
    know of the project) give it back, for the one who did it; as the question which project.
    """
    charter, actor, place = desk.charter, desk.actor, desk.place
    said = slack.said(channel, ts)
    source = source_of(channel, said, installation)
    acquaint_author(source.author, charter, slack, actor.workspace)
    done = charter.decisions.keep_message(
        actor, source, str(said.get("text") or ""), project, place
    )
    if done is None:
        return None
    if isinstance(done, Which):
        return views.which(done, source)
    told = views.kept(done, actor.name, source)
    if not charter.projects.is_open(actor, done.project.key, place):
        return told
    slack.post(channel, told, source.thread)
    return None


def source_of(channel: str, said: Mapping[str, Any], installation: Installation) -> Source:
    """A message of Slack's as the source of a decision. Bots write for nobody."""
    ts, thread = str(said["ts"]), str(said.get("thread_ts") or said["ts"])
    author = "" if said.get("bot_id") else str(said.get("user") or "")
    return Source(channel, ts, author, installation.permalink(channel, ts, thread), thread)


def on_reaction_gone(
    event: dict[str, Any],
    body: dict[str, Any],
    charter: Charter,
    actor: Actor,
    place: Place,
    slack: Slack,
) -> None:
    """Ask who kept it whether it still holds: nothing is withdrawn because a finger slipped."""
    if not _is_sign(event, actor) or charter.questions.seen(body["event_id"]):
        return
    source = Source(event["item"]["channel"], event["item"]["ts"])
    one = charter.decisions.released(actor, source, place)
    if one is not None:
        slack.post(event["user"], views.released(one))
    charter.questions.finished(body["event_id"])


def on_save(
    shortcut: dict[str, Any],
    context: BoltContext,
    charter: Charter,
    actor: Actor,
    place: Place,
    slack: Slack,
    installation: Installation,
    origin: Origin,
) -> None:
    """Show the form; Slack sends the message along, so that nothing is read."""
    said = shortcut["message"]
    source = source_of(shortcut["channel"]["id"], said, installation)
    acquaint_author(source.author, charter, slack, actor.workspace)
    text, project, options = charter.decisions.to_choose(
        actor, source, str(said.get("text") or ""), place
    )
    form = modals.decision(text, source, project, options)
    slack.update(context["opened"], addressed(form, origin))
