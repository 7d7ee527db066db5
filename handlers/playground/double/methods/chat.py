"""chat.postMessage, chat.postEphemeral and chat.update."""

from typing import Any

from handlers.playground.double import shown
from handlers.playground.double.blocks import faults_of_message
from handlers.playground.double.check import Json, Report, shape, string
from handlers.playground.double.errors import Refusal
from handlers.playground.double.methods.method import Method, flag, words
from handlers.playground.double.model import Channel
from handlers.playground.double.workspace import Workspace

POST_LIMIT = 40_000
UPDATE_LIMIT = 4_000


def sound_content(text: Any, blocks: Any, limit: int = POST_LIMIT) -> tuple[str, list[Json]]:
    """Text and blocks of a message, refused as Slack refuses them."""
    if blocks is not None:
        if not isinstance(blocks, list):
            raise Refusal("invalid_blocks_format")
        faults = faults_of_message(blocks)
        if faults:
            raise Refusal("invalid_blocks", faults=faults)
    if text is not None and not isinstance(text, str):
        raise Refusal("invalid_arguments", faults=["must be a string [json-pointer:/text]"])
    if not (text or "").strip() and not blocks:
        raise Refusal("no_text")
    if len(text or "") > limit:
        raise Refusal("msg_too_long")
    return text or "", blocks or []


def writable(space: Workspace, name: str) -> Channel:
    """The channel the app may write to, given by id; a person's id means the direct message."""
    if name in space.users:
        partner = space.users[name]
        if partner.deleted or partner.is_bot:
            raise Refusal("channel_not_found")
        return space.im_with(name)
    channel = space.channels.get(name)
    is_member = channel is not None and space.app.bot_user_id in channel.members
    if channel is None or (channel.is_private and not is_member):
        raise Refusal("channel_not_found")
    if channel.is_archived:
        raise Refusal("is_archived")
    if not is_member:
        raise Refusal("not_in_channel")
    if channel.is_im and space.users[channel.partner].deleted:
        raise Refusal("channel_not_found")
    return channel


def thread(space: Workspace, channel: Channel, args: Json) -> str | None:
    ts = words(args, "thread_ts")
    if not ts:
        return None
    parent = space.message(channel.id, ts)
    if parent is None or parent.is_ephemeral:
        raise Refusal("thread_not_found")
    if parent.thread_ts not in (None, ts):
        raise Refusal("cannot_reply_to_message")
    return ts


_metadata = shape({"event_type": string(255), "event_payload": lambda report, value, at: None}, {})


def _sound_metadata(args: Json) -> Json | None:
    metadata = args.get("metadata")
    if metadata is None:
        return None
    report = Report()
    _metadata(report, metadata, "/metadata")
    if not report.errors and not isinstance(metadata["event_payload"], dict):
        report.add("must provide an object", "/metadata/event_payload")
    if report.errors:
        raise Refusal("invalid_metadata_format", faults=report.errors)
    found: Json = metadata
    return found


def post_message(space: Workspace, args: Json) -> Json:
    channel = writable(space, words(args, "channel"))
    text, blocks = sound_content(args.get("text"), args.get("blocks"))
    message = space.post(
        channel.id,
        space.app.bot_user_id,
        text,
        blocks,
        thread_ts=thread(space, channel, args),
        metadata=_sound_metadata(args),
        mrkdwn=flag(args, "mrkdwn", True),
        broadcast=flag(args, "reply_broadcast"),
    )
    return {"channel": channel.id, "ts": message.ts, "message": shown.message(space, message)}


def post_ephemeral(space: Workspace, args: Json) -> Json:
    channel = writable(space, words(args, "channel"))
    user = words(args, "user")
    if user not in space.users:
        raise Refusal("user_not_found")
    if user not in channel.members or space.users[user].deleted:
        raise Refusal("user_not_in_channel")
    text, blocks = sound_content(args.get("text"), args.get("blocks"))
    message = space.post(
        channel.id,
        space.app.bot_user_id,
        text,
        blocks,
        thread_ts=thread(space, channel, args),
        only_for=user,
        mrkdwn=flag(args, "mrkdwn", True),
    )
    return {"message_ts": message.ts}


def update(space: Workspace, args: Json) -> Json:
    """Blocks that are left out go; a text that is left out stays."""
    name = words(args, "channel")
    if name in space.users:
        raise Refusal("channel_not_found")
    channel = writable(space, name)
    message = space.message(channel.id, words(args, "ts"))
    if message is None or message.is_ephemeral:
        raise Refusal("message_not_found")
    if message.user != space.app.bot_user_id:
        raise Refusal("cant_update_message")
    if args.get("text") is None and args.get("blocks") is None:
        raise Refusal("no_text")
    text, blocks = sound_content(args.get("text", message.text), args.get("blocks"), UPDATE_LIMIT)
    edited = space.edit(message, text, blocks, _sound_metadata(args))
    return {
        "channel": channel.id,
        "ts": edited.ts,
        "text": edited.text,
        "message": shown.message(space, edited),
    }


_said = frozenset({"channel", "text", "blocks", "mrkdwn"})
METHODS = {
    "chat.postMessage": Method(
        post_message,
        _said | {"thread_ts", "reply_broadcast", "metadata", "unfurl_links", "unfurl_media"},
        required=("channel",),
        scope="chat:write",
    ),
    "chat.postEphemeral": Method(
        post_ephemeral,
        _said | {"user", "thread_ts"},
        required=("channel", "user"),
        scope="chat:write",
    ),
    "chat.update": Method(
        update, _said | {"ts", "metadata"}, required=("channel", "ts"), scope="chat:write"
    ),
}
