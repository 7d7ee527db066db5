"""What Slack sends to an app: event envelopes, slash commands and interactions."""

import secrets

from handlers.playground.double import shown
from handlers.playground.double.check import Json
from handlers.playground.double.model import Channel, Message, User, View
from handlers.playground.double.workspace import SLACKBOT, Workspace


def envelope(space: Workspace, event: Json, shared: bool = False) -> Json:
    """An Events API request around one event."""
    # Never given before, by an earlier double with the same record behind the app neither.
    id = f"Ev{secrets.token_hex(6).upper()}"
    return {
        "token": space.app.verification_token,
        "team_id": space.team_id,
        "context_team_id": space.team_id,
        "context_enterprise_id": space.enterprise_id,
        "api_app_id": space.app.id,
        "event": event,
        "type": "event_callback",
        "event_id": id,
        "event_time": int(space.now().timestamp()),
        "authorizations": [
            {
                "enterprise_id": space.enterprise_id,
                "team_id": space.team_id,
                "user_id": space.app.bot_user_id,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": shared,
        "event_context": f"4-{id}",
    } | ({"enterprise_id": space.enterprise_id} if space.enterprise_id else {})


def url_verification(space: Workspace) -> Json:
    return {
        "token": space.app.verification_token,
        "challenge": secrets.token_urlsafe(24),
        "type": "url_verification",
    }


def said_event(space: Workspace, kind: str, message: Message, author: User | None) -> Json:
    """`app_mention` or `message` for one message; the latter only in direct messages."""
    event: Json = {
        "type": kind,
        "user": message.user,
        "text": message.text,
        "ts": message.ts,
        "channel": message.channel,
        "event_ts": message.ts,
        "team": space.team_id,
    }
    if kind == "message":
        event["channel_type"] = "im"
    if message.bot_id:
        event |= {"bot_id": message.bot_id, "app_id": space.app.id}
    else:
        event["client_msg_id"] = secrets.token_hex(16)
    if message.blocks:
        event["blocks"] = list(message.blocks)
    if message.files:
        files = [shown.file(space, file, message.user) for file in message.files]
        event |= {"files": files} | ({"subtype": "file_share"} if kind == "message" else {})
    if message.thread_ts:
        event["thread_ts"] = message.thread_ts
    if author is not None and author.team_id not in ("", space.team_id):
        event |= {"user_team": author.team_id, "source_team": author.team_id}
    return event


def link_shared(space: Workspace, message: Message, links: list[Json]) -> Json:
    """`link_shared` for the links of one message to hosts that the app registered."""
    event: Json = {
        "type": "link_shared",
        "channel": message.channel,
        "is_bot_user_member": space.app.bot_user_id in space.channels[message.channel].members,
        "user": message.user,
        "message_ts": message.ts,
        "unfurl_id": f"{message.channel}.{message.ts}.{secrets.token_hex(16)}",
        "source": "conversations_history",
        "links": links,
        "event_ts": space.new_ts(),
    }
    return event | ({"thread_ts": message.thread_ts} if message.thread_ts else {})


def reaction(space: Workspace, message: Message, user: str, name: str, *, added: bool) -> Json:
    """A reaction that came or went; as in Slack, it does not tell whether it is in a thread."""
    return {
        "type": "reaction_added" if added else "reaction_removed",
        "user": user,
        "reaction": name,
        "item_user": message.user,
        "item": {"type": "message", "channel": message.channel, "ts": message.ts},
        "event_ts": space.new_ts(),
    }


def changed_event(space: Workspace, message: Message) -> Json:
    """`message_changed`, as it comes for the app's own edits in a direct message."""
    return {
        "type": "message",
        "subtype": "message_changed",
        "channel": message.channel,
        "channel_type": "im",
        "hidden": True,
        "message": shown.message(space, message),
        "ts": space.new_ts(),
        "event_ts": space.new_ts(),
    }


def edited_event(space: Workspace, before: Message, after: Message | None) -> Json:
    """`message_changed`, or (`after` None) `message_deleted`, for what somebody wrote in a direct
    message: as in Slack, nothing but the messages tells whose it was.
    """
    event: Json = {
        "type": "message",
        "subtype": "message_changed" if after else "message_deleted",
        "channel": before.channel,
        "channel_type": "im",
        "hidden": True,
        "previous_message": shown.message(space, before),
        "ts": space.new_ts(),
        "event_ts": space.new_ts(),
    }
    if after is None:
        return event | {"deleted_ts": before.ts}
    return event | {"message": shown.message(space, after)}


def home_opened(space: Workspace, user: str, channel: Channel, tab: str) -> Json:
    event: Json = {
        "type": "app_home_opened",
        "user": user,
        "channel": channel.id,
        "tab": tab,
        "event_ts": space.new_ts(),
    }
    if context := _context(space, user):
        event["context"] = context
    home = space.views.homes.get(user)
    if tab == "home" and home is not None:
        event["view"] = shown.view(space, home)
    return event


def context_changed(space: Workspace, user: str, channel: Channel) -> Json:
    """That somebody looks at another channel, while the app stands beside it."""
    return {
        "type": "app_context_changed",
        "user": user,
        "channel": channel.id,
        "context": _context(space, user),
        "event_ts": space.new_ts(),
    }


def _context(space: Workspace, user: str) -> Json:
    """What somebody looks at, as an agent's app is told of it."""
    channel = space.looking.get(user)
    if not space.app.is_agent or channel is None:
        return {}
    entity = {"type": "slack#/types/channel_id", "value": channel, "team_id": space.team_id}
    return {"entities": [entity]}


def user_change(space: Workspace, user: User) -> Json:
    return {
        "type": "user_change",
        "user": shown.user(space, user),
        "cache_ts": int(space.now().timestamp()),
        "event_ts": space.new_ts(),
    }


def channel_events(space: Workspace, before: Channel, after: Channel | None) -> list[Json]:
    """What an app is told of a channel that was changed or (`after` None) deleted. Of a private one
    only a member is told.
    """
    bot = space.app.bot_user_id
    kind = "group" if before.is_private else "channel"
    if before.is_im or (before.is_private and bot not in before.members):
        return []
    about: Json = {"channel": before.id, "event_ts": space.new_ts()}
    if after is None:
        return [{"type": f"{kind}_deleted", **about}]
    told: list[Json] = []
    if after.name != before.name:
        renamed = {"id": after.id, "name": after.name, "created": int(space.now().timestamp())}
        told.append({"type": f"{kind}_rename", **about, "channel": renamed})
    if after.is_archived != before.is_archived:
        what = "archive" if after.is_archived else "unarchive"
        told.append({"type": f"{kind}_{what}", **about, "user": SLACKBOT})
    if bot in before.members and bot not in after.members:
        told.append({"type": f"{kind}_left", **about})
    if bot in after.members:
        told += _of_members(space, before, after, about)
    return told


def _of_members(space: Workspace, before: Channel, after: Channel, about: Json) -> list[Json]:
    """Who came and who went, one event each, in a channel that the app is in."""
    kind = "G" if after.is_private else "C"
    moves = {
        "member_joined_channel": sorted(after.members - before.members),
        "member_left_channel": sorted(before.members - after.members),
    }
    return [
        {"type": what, **about, "user": user, "channel_type": kind, "team": space.team_id}
        for what, users in moves.items()
        for user in users
    ]


def slash(space: Workspace, user: User, channel: Channel, command: str, text: str) -> Json:
    """A slash command; as in Slack, private channels and direct messages are not named."""
    name = "directmessage" if channel.is_im else channel.name
    if channel.is_private and not channel.is_im:
        name = "privategroup"
    fields = {
        "token": space.app.verification_token,
        "team_id": space.team_id,
        "team_domain": space.team_domain,
        "channel_id": channel.id,
        "channel_name": name,
        "user_id": user.id,
        "user_name": user.name,
        "command": command,
        "text": text,
        "api_app_id": space.app.id,
        "is_enterprise_install": "false",
        "response_url": response_url(space, user.id, channel.id),
        "trigger_id": space.tickets.trigger(user.id),
    }
    if space.enterprise_id:
        fields |= {"enterprise_id": space.enterprise_id, "enterprise_name": space.team_name}
    return fields


def response_url(space: Workspace, user: str, channel: str, message: Message | None = None) -> str:
    ts, thread = (message.ts, message.thread_ts) if message else (None, None)
    return f"{space.base_url}/hooks/{space.tickets.hook(user, channel, ts, thread)}"


def interaction(space: Workspace, kind: str, user: User) -> Json:
    """What all interactions have in common."""
    enterprise = {"id": space.enterprise_id, "name": space.team_name}
    return {
        "type": kind,
        "team": {"id": space.team_id, "domain": space.team_domain},
        "user": {
            "id": user.id,
            "username": user.name,
            "name": user.name,
            "team_id": user.team_id or space.team_id,
        },
        "api_app_id": space.app.id,
        "token": space.app.verification_token,
        "enterprise": enterprise if space.enterprise_id else None,
        "is_enterprise_install": False,
    }


def pressed_in_message(space: Workspace, user: User, message: Message, action: Json) -> Json:
    """block_actions from a message; an ephemeral one is not kept, so it is not sent along."""
    channel = space.channels[message.channel]
    name = "directmessage" if channel.is_im else channel.name
    container = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": message.channel,
        "is_ephemeral": message.is_ephemeral,
    }
    if message.thread_ts:
        container["thread_ts"] = message.thread_ts
    payload = interaction(space, "block_actions", user) | {
        "container": container,
        "trigger_id": space.tickets.trigger(user.id),
        "channel": {"id": channel.id, "name": "privategroup" if _hidden(channel) else name},
        "state": {"values": space.message_values.get((message.channel, message.ts, user.id), {})},
        "response_url": response_url(space, user.id, message.channel, message),
        "actions": [action],
    }
    if not message.is_ephemeral:
        payload["message"] = shown.message(space, message)
    return payload


def _hidden(channel: Channel) -> bool:
    return channel.is_private and not channel.is_im


def message_action(space: Workspace, user: User, message: Message, callback_id: str) -> Json:
    """An entry of a message's menu."""
    channel = space.channels[message.channel]
    name = "directmessage" if channel.is_im else channel.name
    return interaction(space, "message_action", user) | {
        "callback_id": callback_id,
        "trigger_id": space.tickets.trigger(user.id),
        "response_url": response_url(space, user.id, message.channel),
        "message_ts": message.ts,
        "action_ts": space.new_ts(),
        "channel": {"id": channel.id, "name": "privategroup" if _hidden(channel) else name},
        "message": shown.message(space, message),
    }


def global_shortcut(space: Workspace, user: User, callback_id: str) -> Json:
    """An entry behind the lightning bolt: Slack says of no channel."""
    return interaction(space, "shortcut", user) | {
        "callback_id": callback_id,
        "trigger_id": space.tickets.trigger(user.id),
        "action_ts": space.new_ts(),
    }


def pressed_in_view(space: Workspace, user: User, view: View, action: Json) -> Json:
    return interaction(space, "block_actions", user) | {
        "container": {"type": "view", "view_id": view.id},
        "trigger_id": space.tickets.trigger(user.id),
        "view": shown.view(space, view),
        "actions": [action],
    }


def submitted(space: Workspace, user: User, view: View) -> Json:
    return interaction(space, "view_submission", user) | {
        "trigger_id": space.tickets.trigger(user.id),
        "view": shown.view(space, view),
        "response_urls": [],
    }


def closed(space: Workspace, user: User, view: View, *, cleared: bool) -> Json:
    return interaction(space, "view_closed", user) | {
        "view": shown.view(space, view),
        "is_cleared": cleared,
    }
