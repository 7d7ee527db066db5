"""What Slack tells about its people: names, zones, admin rights, and who left."""

from dataclasses import replace
from typing import Any

from slack_bolt import App

from handlers.service import Charter
from handlers.slack import profile_of


def register(bolt: App) -> None:
    bolt.event("user_change")(on_user_changed)


def on_user_changed(event: dict[str, Any], charter: Charter, workspace: int) -> None:
    """Keep up with the people that Charter knows; others are learned when they first matter."""
    user = event["user"]
    known = charter.people.known(workspace, user["id"])
    if known is None:
        return
    profile = profile_of(user)
    if "tz" not in user:  # Slack forgets the zone of those who left
        profile = replace(profile, timezone=known.timezone)
    charter.people.learned(workspace, profile)
