"""conversations.history and conversations.replies: what was said, as far as an app may read it."""

import re
from collections.abc import Sequence

from handlers.playground.double import shown
from handlers.playground.double.check import Json
from handlers.playground.double.errors import Refusal
from handlers.playground.double.methods.method import Method, demand_scope, flag, whole, words
from handlers.playground.double.model import Channel, Message
from handlers.playground.double.workspace import Workspace

MOST = 15
"""What an app that is not in the Marketplace gets at once, whatever it asks for."""


def history(space: Workspace, args: Json) -> Json:
    """The latest first; replies only where they were sent to the channel as well."""
    channel = _readable(space, args)
    asked = _limit(args)
    said = [m for m in _within(space, channel, args) if _heads(m) or m.broadcast]
    return _page(space, said[::-1], asked, args)


def replies(space: Workspace, args: Json) -> Json:
    """A thread from its beginning; its first message always comes along."""
    channel = _readable(space, args)
    asked = _limit(args)
    root = space.message(channel.id, words(args, "ts"))
    if root is None or root.is_ephemeral:
        raise Refusal("thread_not_found")
    answers = [m for m in _within(space, channel, args) if m.thread_ts == root.ts and m != root]
    return _page(space, [root, *answers], asked, args)


def _readable(space: Workspace, args: Json) -> Channel:
    channel = space.channels.get(words(args, "channel"))
    is_member = channel is not None and space.app.bot_user_id in channel.members
    if channel is None or (channel.is_private and not is_member):
        raise Refusal("channel_not_found")
    kind = "im" if channel.is_im else "groups" if channel.is_private else "channels"
    demand_scope(space, f"{kind}:history")
    if not is_member:
        raise Refusal("not_in_channel")
    return channel


def _within(space: Workspace, channel: Channel, args: Json) -> list[Message]:
    """What everybody there can see, in order, between the two times."""
    oldest, latest = _ts(args, "oldest"), _ts(args, "latest")
    edges = {words(args, "oldest"), words(args, "latest")} if flag(args, "inclusive") else set()
    return [
        message
        for message in space.visible_to("", channel.id)
        if message.ts in edges
        or ((oldest or 0.0) < float(message.ts) and (latest is None or float(message.ts) < latest))
    ]


def _ts(args: Json, name: str) -> float | None:
    text = words(args, name)
    if not text:
        return None
    if not re.fullmatch(r"\d{1,12}(\.\d{1,6})?", text):
        raise Refusal(f"invalid_ts_{name}")
    return float(text)


def _limit(args: Json) -> int:
    asked = whole(args, "limit", MOST)
    if not 1 <= asked <= 999:
        raise Refusal("invalid_limit")
    return min(asked, MOST)


def _heads(message: Message) -> bool:
    return message.thread_ts in (None, message.ts)


def _page(space: Workspace, said: Sequence[Message], most: int, args: Json) -> Json:
    messages = [shown.message(space, message) for message in said[:most]]
    if not flag(args, "include_all_metadata"):
        for message in messages:
            message.pop("metadata", None)
    return {"messages": messages, "has_more": len(said) > most}


_window = frozenset({"channel", "oldest", "latest", "inclusive", "limit", "include_all_metadata"})
METHODS = {
    "conversations.history": Method(history, _window, required=("channel",)),
    "conversations.replies": Method(replies, _window | {"ts"}, required=("channel", "ts")),
}
