"""What Slack tells about its people: names, zones, admin rights, and who left."""

from typing import Any

from slack_bolt import App

from handlers.service import Charter
from handlers.slack import profile_of


def register(bolt: App) -> None:
    bolt.event("user_change")(on_user_changed)


def on_user_changed(event: dict[str, Any], charter: Charter, workspace: int) -> None:
    """Keep up with the people that Charter knows; others are learned when they first matter."""
    user = event["user"]
    if charter.people.known(workspace, user["id"]) is not None:
        charter.people.learned(workspace, profile_of(user))
