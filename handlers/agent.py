"""The agent view: what to ask is suggested from the channel that somebody looks at.

It needs an app that is declared an agent; mentions, direct messages and `/charter` work without.
"""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from slack_bolt import App

from bot.errors import Refused, Unavailable
from bot.people import Actor
from handlers.service import Charter
from handlers.slack import Slack
from handlers.views.kit import name

CHANNEL = "slack#/types/channel_id"
LONGEST = 75


def register(bolt: App) -> None:
    bolt.event("app_context_changed", matchers=[_says_who])(on_context_changed)


def _says_who(event: Mapping[str, Any]) -> bool:
    """Whether it names who looks. The authorization beside it names some installation's account,
    which may be anybody's and see what the one who looks may not.
    """
    return isinstance(event.get("user"), str)


def on_context_changed(event: dict[str, Any], charter: Charter, actor: Actor, slack: Slack) -> None:
    suggest(event, charter, actor, slack)


def suggest(event: Mapping[str, Any], charter: Charter, actor: Actor, slack: Slack) -> None:
    """Suggest what to ask in somebody's direct message: of what they see, wherever they look."""
    channel = event.get("channel")
    if not channel or actor.person is None:
        return
    looking = looked_at(event)
    if looking is not None:
        _meet(looking, charter, slack, actor.workspace)
    prompts = charter.questions.prompts(actor, looking)
    said = [(name(one.title, LONGEST), one.message) for one in prompts]
    slack.aside.suggest(str(channel), "Ask Charter", said)


def _meet(channel: str, charter: Charter, slack: Slack, workspace: int) -> None:
    """Learn of a channel in which nobody has said anything to Charter yet, where Slack lets it: a
    project may be bound to its name.
    """
    if charter.people.channel(workspace, channel) is None:
        with suppress(Refused, Unavailable):
            charter.people.channel_learned(workspace, channel, *slack.channel(channel))


def looked_at(event: Mapping[str, Any]) -> str | None:
    """The channel that somebody looks at; the first entity is the most relevant."""
    entities = (event.get("context") or {}).get("entities") or ()
    return next((str(one["value"]) for one in entities if one.get("type") == CHANNEL), None)
