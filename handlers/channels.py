"""What Slack tells about its channels: other names, archived and back, deleted, left."""

import re
from typing import Any

from slack_bolt import App

from bot.channels import Gone
from handlers.service import Charter

GONE = {"archive": Gone.ARCHIVED, "deleted": Gone.DELETED, "left": Gone.REMOVED}


def register(bolt: App) -> None:
    for kind in ("channel", "group"):
        bolt.event(f"{kind}_rename")(on_channel_renamed)
        bolt.event(f"{kind}_unarchive")(on_channel_back)
        for what in GONE:
            bolt.event(f"{kind}_{what}")(on_channel_gone)


def on_channel_renamed(event: dict[str, Any], charter: Charter, workspace: int) -> None:
    channel = event["channel"]
    charter.channels.renamed(workspace, str(channel["id"]), str(channel["name"]))


def on_channel_back(event: dict[str, Any], charter: Charter, workspace: int) -> None:
    charter.channels.back(workspace, str(event["channel"]))


def on_channel_gone(event: dict[str, Any], charter: Charter, workspace: int) -> None:
    why = GONE[re.sub(r"^(channel|group)_", "", event["type"])]
    charter.channels.gone(workspace, str(event["channel"]), why)
