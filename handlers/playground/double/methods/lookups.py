"""auth.test, auth.revoke, apps.connections.open, conversations.info, conversations.members,
conversations.open, dnd.info, usergroups.list, users.conversations, users.info and users.list.
"""

import base64
import binascii
from dataclasses import replace

from handlers.playground.double import shown
from handlers.playground.double.check import Json
from handlers.playground.double.errors import Refusal
from handlers.playground.double.methods.method import Method, demand_scope, flag, whole, words
from handlers.playground.double.model import User
from handlers.playground.double.workspace import Workspace

MOST_LISTED = 1000
"""As many as Slack gives in one answer."""
FEW_MEMBERS = 100
"""As many as Slack gives where nobody says how many."""


def auth_test(space: Workspace, args: Json) -> Json:
    answer: Json = {
        "url": f"https://{space.team_domain}.slack.com/",
        "team": space.team_name,
        "user": space.app.name.casefold(),
        "team_id": space.team_id,
        "user_id": space.app.bot_user_id,
        "bot_id": space.app.bot_id,
        "is_enterprise_install": False,
    }
    return answer | ({"enterprise_id": space.enterprise_id} if space.enterprise_id else {})


def auth_revoke(space: Workspace, args: Json) -> Json:
    """The token that it is asked with ends; with the app's only one, the app is gone."""
    with space.change():
        space.dead_tokens |= dict.fromkeys(
            (space.app.bot_token, *space.token_ends), "token_revoked"
        )
        space.token_ends.clear()
        space.app = replace(space.app, bot_token="")
    return {"revoked": True}


def open_connection(space: Workspace, args: Json) -> Json:
    if space.socket_url is None:
        raise Refusal("internal_error")
    return {"url": f"{space.socket_url()}/link/?ticket={space.tickets.socket()}"}


def conversation_info(space: Workspace, args: Json) -> Json:
    channel = space.channels.get(words(args, "channel"))
    is_member = channel is not None and space.app.bot_user_id in channel.members
    if channel is None or (channel.is_private and not is_member):
        raise Refusal("channel_not_found")
    kind = "im" if channel.is_im else "groups" if channel.is_private else "channels"
    demand_scope(space, f"{kind}:read")
    return {"channel": shown.channel(space, channel)}


def conversation_members(space: Workspace, args: Json) -> Json:
    """A page of those who are in a channel, the app included."""
    channel = space.channels.get(words(args, "channel"))
    is_member = channel is not None and space.app.bot_user_id in channel.members
    if channel is None or (channel.is_private and not is_member):
        raise Refusal("channel_not_found")
    kind = "im" if channel.is_im else "groups" if channel.is_private else "channels"
    demand_scope(space, f"{kind}:read")
    limit = whole(args, "limit", FEW_MEMBERS)
    if not 0 < limit <= MOST_LISTED:
        raise Refusal("invalid_limit")
    everybody, start = sorted(channel.members), _start(words(args, "cursor"))
    cursor = _cursor(start + limit) if everybody[start + limit :] else ""
    return {
        "members": everybody[start : start + limit],
        "response_metadata": {"next_cursor": cursor},
    }


def user_conversations(space: Workspace, args: Json) -> Json:
    """A page of the channels that somebody is in, of the private ones those of the app."""
    user = space.users.get(words(args, "user"))
    if user is None:
        raise Refusal("user_not_found")
    limit = whole(args, "limit", FEW_MEMBERS)
    if not 0 < limit <= MOST_LISTED:
        raise Refusal("invalid_limit")
    app = space.app.bot_user_id
    kinds = words(args, "types").split(",")
    everywhere = [
        channel
        for channel in sorted(space.channels.values(), key=lambda one: one.id)
        if user.id in channel.members
        and not channel.is_im
        and (app in channel.members or not channel.is_private)
        and ("private_channel" if channel.is_private else "public_channel") in kinds
    ]
    start = _start(words(args, "cursor"))
    return {
        "channels": [shown.channel(space, one) for one in everywhere[start : start + limit]],
        "response_metadata": {
            "next_cursor": _cursor(start + limit) if everywhere[start + limit :] else ""
        },
    }


def open_conversation(space: Workspace, args: Json) -> Json:
    ids = [id.strip() for id in words(args, "users").split(",") if id.strip()]
    if not ids:
        raise Refusal("users_list_not_supplied")
    if len(ids) > 1:
        raise Refusal("not_enough_users")
    user = space.users.get(ids[0])
    if user is None:
        raise Refusal("user_not_found")
    if user.deleted:
        raise Refusal("user_disabled")
    if user.is_bot:
        raise Refusal("cannot_dm_bot")
    return {"channel": {"id": space.im_with(user.id).id}}


def dnd_info(space: Workspace, args: Json) -> Json:
    """Nobody has hours of every day in which they are left in peace; whoever snoozes does so."""
    user = space.users.get(words(args, "user"))
    if user is None:
        raise Refusal("user_not_found")
    until, now = user.snoozed_until, space.now()
    is_snoozed = until is not None and until > now
    snooze = {"snooze_endtime": int(until.timestamp())} if until is not None and is_snoozed else {}
    return {
        "dnd_enabled": False,
        "next_dnd_start_ts": 1,
        "next_dnd_end_ts": 1,
        "snooze_enabled": is_snoozed,
        **snooze,
    }


def user_info(space: Workspace, args: Json) -> Json:
    user = space.users.get(words(args, "user"))
    if user is None:
        raise Refusal("user_not_found")
    return {"user": shown.user(space, user)}


def user_list(space: Workspace, args: Json) -> Json:
    """A page of everybody, those who were deactivated included, in no order to rely on."""
    limit = whole(args, "limit", 0)
    if not 0 <= limit <= MOST_LISTED:
        raise Refusal("invalid_arguments", faults=["limit [json-pointer:/limit]"])
    everyone = sorted(space.users.values(), key=lambda user: user.id)
    if not limit:
        return _page(space, everyone, "")
    start = _start(words(args, "cursor"))
    more = everyone[start + limit :]
    cursor = _cursor(start + limit) if more else ""
    return _page(space, everyone[start : start + limit], cursor)


def _page(space: Workspace, users: list[User], cursor: str) -> Json:
    return {
        "members": [shown.user(space, user) for user in users],
        "cache_ts": int(space.now().timestamp()),
        "response_metadata": {"next_cursor": cursor},
    }


def _cursor(start: int) -> str:
    return base64.b64encode(f"user:{start}".encode()).decode()


def _start(cursor: str) -> int:
    if not cursor:
        return 0
    try:
        kind, _, start = base64.b64decode(cursor, validate=True).decode().partition(":")
        if kind == "user" and start.isdigit():
            return int(start)
    except (binascii.Error, UnicodeDecodeError):
        pass
    raise Refusal("invalid_cursor")


def group_list(space: Workspace, args: Json) -> Json:
    """The user groups in use; who is in them only where that is asked for."""
    with_users = flag(args, "include_users")
    return {
        "usergroups": [
            {
                "id": group.id,
                "team_id": space.team_id,
                "is_usergroup": True,
                "name": group.name,
                "handle": group.handle,
                "date_delete": 0,
                **({"users": sorted(group.members)} if with_users else {}),
            }
            for group in space.usergroups.values()
        ]
    }


METHODS = {
    "auth.test": Method(auth_test, frozenset()),
    "auth.revoke": Method(auth_revoke, frozenset()),
    "apps.connections.open": Method(open_connection, frozenset(), token="app"),
    "conversations.info": Method(conversation_info, frozenset({"channel"}), required=("channel",)),
    "conversations.members": Method(
        conversation_members, frozenset({"channel", "limit", "cursor"}), required=("channel",)
    ),
    "conversations.open": Method(
        open_conversation, frozenset({"users"}), required=("users",), scope="im:write"
    ),
    "dnd.info": Method(dnd_info, frozenset({"user"}), scope="dnd:read"),
    "usergroups.list": Method(
        group_list,
        frozenset({"include_users", "include_count", "include_disabled"}),
        scope="usergroups:read",
    ),
    "users.conversations": Method(
        user_conversations,
        frozenset({"user", "types", "limit", "cursor"}),
        required=("user",),
        scope="channels:read",
    ),
    "users.info": Method(user_info, frozenset({"user"}), required=("user",), scope="users:read"),
    "users.list": Method(user_list, frozenset({"limit", "cursor"}), scope="users:read"),
}
