"""The Slack app manifest: what Charter asks of a workspace, which is what its code uses.

A test compares the events and the command with the listeners, and the methods with the client.
"""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from bot.commands import usage_hint
from bot.qa.prompts import GENERAL
from bot.settings import Settings
from bot.sources import sites

COMMAND = "/charter"
EVENTS_PATH = "/slack/events"
REDIRECT_PATH = "/slack/oauth_redirect"
MOST_HOSTS = 5
OWN_NETWORK = frozenset({"local", "localhost", "internal", "lan", "home", "corp"})

EVENTS: dict[str, tuple[str, ...]] = {
    "app_context_changed": (),
    "app_home_opened": (),
    "app_mention": ("app_mentions:read",),
    "app_uninstalled": (),
    "channel_archive": ("channels:read",),
    "channel_deleted": ("channels:read",),
    "channel_left": ("channels:read",),
    "channel_rename": ("channels:read",),
    "channel_unarchive": ("channels:read",),
    "group_archive": ("groups:read",),
    "group_deleted": ("groups:read",),
    "group_left": ("groups:read",),
    "group_rename": ("groups:read",),
    "group_unarchive": ("groups:read",),
    "link_shared": ("links:read",),
    "member_joined_channel": ("channels:read", "groups:read"),
    "member_left_channel": ("channels:read", "groups:read"),
    "message.im": ("im:history",),
    "tokens_revoked": (),
    "reaction_added": ("reactions:read",),
    "reaction_removed": ("reactions:read",),
    "user_change": ("users:read",),
}
"""Every event that Charter hears, with the scopes it takes to hear it."""

METHODS: dict[str, tuple[str, ...]] = {
    "assistant.threads.setStatus": ("assistant:write",),
    "assistant.threads.setSuggestedPrompts": ("assistant:write",),
    "assistant.threads.setTitle": ("assistant:write",),
    "auth.revoke": (),
    "auth.test": (),
    "blocks.validate": (),
    "chat.postEphemeral": ("chat:write",),
    "chat.postMessage": ("chat:write",),
    "chat.update": ("chat:write",),
    "conversations.history": ("channels:history", "groups:history", "im:history"),
    "conversations.info": ("channels:read", "groups:read"),
    "conversations.members": ("channels:read", "groups:read"),
    "conversations.open": ("im:write",),
    "conversations.replies": ("channels:history", "groups:history", "im:history"),
    "dnd.info": ("dnd:read",),
    "files.completeUploadExternal": ("files:write",),
    "files.getUploadURLExternal": ("files:write",),
    "files.info": ("files:read",),
    "usergroups.list": ("usergroups:read",),
    "users.conversations": ("channels:read", "groups:read"),
    "users.info": ("users:read", "users:read.email"),
    "users.list": ("users:read", "users:read.email"),
    "views.open": (),
    "views.publish": (),
    "views.update": (),
}
"""Every Web API method that Charter calls with its bot token, with the scopes it takes."""

OPTIONAL: frozenset[str] = frozenset(
    {
        "channels:history",
        "dnd:read",
        "files:read",
        "groups:history",
        "reactions:read",
        "usergroups:read",
        "users:read.email",
    }
)
"""Scopes that an admin may decline: what needs them does without, and says so."""

DECISION = "decision.message"
"""The callback id of the entry in a message's menu."""
IMPORT = "import.message"
"""The callback id of the entry in the menu of a message with a sheet."""
QUESTION = "question.form"
"""The callback id of the entry behind the lightning bolt."""

SHORTCUTS: tuple[dict[str, str], ...] = (
    {
        "name": "Save as decision",
        "type": "message",
        "callback_id": DECISION,
        "description": "Keep this message as a decision of its project",
    },
    {
        "name": "Import letters",
        "type": "message",
        "callback_id": IMPORT,
        "description": "Look at what the sheet of this message would change",
    },
    {
        "name": "Who owns…?",
        "type": "global",
        "callback_id": QUESTION,
        "description": "Ask who owns something, whom to ask, or what somebody holds",
    },
)
"""What stands in the menu of a message, and behind the lightning bolt."""

SUMMARY = "Your ML team's source of truth: who does what, what a project is for, where it stands."

STORY = (
    "Charter is the shared source of truth of an ML team. It knows who is accountable, "
    "responsible, consulted and informed for every stage of every project, since when, and who "
    "said so.\n\nAsk it in your own words: mention it in a channel, write to it directly, or use "
    "/charter. Hand a stage over or move it on in one line or with a button; nothing is ever "
    "overwritten, everything is shown before and after, and can be undone."
)


def scopes() -> list[str]:
    """The bot's scopes: those of its command, its events and its methods."""
    needed = {"commands"}
    for granted in (*EVENTS.values(), *METHODS.values()):
        needed.update(granted)
    return sorted(needed)


def hosts(settings: Settings) -> tuple[str, ...]:
    """The hosts whose links Slack is to tell of: those of the sources, where they are public.

    Slack takes at most five.
    """
    names = (urlsplit(site).hostname or "" for site in sites(settings))
    return tuple(dict.fromkeys(filter(_is_public, names)))[:MOST_HOSTS]


def _is_public(host: str) -> bool:
    """Whether it is a name that Slack takes: neither an address nor one of this network alone."""
    last = host.rpartition(".")[2]
    return "." in host and not last.isdigit() and ":" not in host and last not in OWN_NETWORK


def manifest(
    url: str | None = None, hosts: Sequence[str] = (), installed_at: str | None = None
) -> dict[str, Any]:
    """The manifest for Socket Mode, or (`url`, this server's public address) for HTTP.

    `hosts` are those whose links Slack tells Charter of. `installed_at` is the public address at
    which workspaces install Charter by themselves, where they do.
    """
    if url and not urlsplit(url).path.strip("/"):
        url = url.rstrip("/") + EVENTS_PATH
    optional = {"bot_optional": sorted(OPTIONAL)} if OPTIONAL else {}
    address = {"request_url": url} if url else {}
    back = {"redirect_urls": [installed_at.rstrip("/") + REDIRECT_PATH]} if installed_at else {}
    command = {
        "command": COMMAND,
        "description": "Who does what, what a project is for, where it stands",
        "usage_hint": usage_hint(),
        "should_escape": True,
    }
    return {
        "_metadata": {"major_version": 2, "minor_version": 1},
        "display_information": {
            "name": "Charter",
            "description": SUMMARY,
            "long_description": STORY,
            "background_color": "#1d3557",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "agent_view": {
                "agent_description": SUMMARY,
                "suggested_prompts": [
                    {"title": title, "message": message} for title, message in GENERAL
                ],
            },
            "bot_user": {"display_name": "Charter", "always_online": True},
            "shortcuts": [dict(one) for one in SHORTCUTS],
            "slash_commands": [command | ({"url": url} if url else {})],
            **({"unfurl_domains": list(hosts)} if hosts else {}),
        },
        "oauth_config": {**back, "scopes": {"bot": scopes()} | optional},
        "settings": {
            "event_subscriptions": {**address, "bot_events": sorted(EVENTS)},
            "interactivity": {"is_enabled": True, **address},
            "org_deploy_enabled": False,
            "socket_mode_enabled": url is None,
            "token_rotation_enabled": False,
        },
    }
