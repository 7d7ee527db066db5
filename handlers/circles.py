"""Who is in the private channels of projects: heard of as it happens, asked for now and then."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import structlog
from slack_bolt import App

from bot.errors import CharterError, Refused, Unavailable
from handlers import observe, user_groups
from handlers.service import Charter
from handlers.slack import Installation, Slack

log = structlog.get_logger("charter.circles")

EVERY = timedelta(minutes=30)
"""How often Slack is asked again: an event may have been missed."""


def register(bolt: App) -> None:
    bolt.event("member_joined_channel")(on_member_joined)
    bolt.event("member_left_channel")(on_member_left)


def on_member_joined(
    event: dict[str, Any], charter: Charter, workspace: int, installation: Installation
) -> None:
    """Somebody came into a channel; where it is Charter itself, it can post there again."""
    if event["user"] == installation.bot_user:
        charter.channels.back(workspace, str(event["channel"]))
    charter.circles.joined(workspace, str(event["channel"]), str(event["user"]))


def on_member_left(event: dict[str, Any], charter: Charter, workspace: int) -> None:
    charter.circles.left(workspace, str(event["channel"]), str(event["user"]))


def look(charter: Charter, slack: Slack, workspace: int, channel: str) -> None:
    """Ask Slack who is in a channel, and keep it. Raises `Unavailable` where the record is away."""
    try:
        users = slack.members(channel)
    except Refused:
        charter.circles.unknown(workspace, channel, is_refused=True)
    except Unavailable:
        charter.circles.unknown(workspace, channel, is_refused=False)
    else:
        charter.circles.learned(workspace, channel, users)


class Lookout:
    """Looks at all private channels of projects, and at the user groups, once in a while. Made once
    a process.
    """

    def __init__(
        self, charter: Charter, slack: Slack, workspace: int, clock: Callable[[], datetime]
    ) -> None:
        self._charter = charter
        self._slack = slack
        self._workspace = workspace
        self._clock = clock
        self._looked: datetime | None = None

    def is_due(self) -> bool:
        return self._looked is None or self._clock() - self._looked >= EVERY

    def look(self) -> None:
        """Look at each; what goes wrong is logged, and tried again the next time."""
        self._looked = self._clock()
        try:
            for channel in self._charter.circles.watched(self._workspace):
                look(self._charter, self._slack, self._workspace, channel)
            user_groups.look(self._charter, self._slack, self._workspace)
        except CharterError as error:
            log.warning("looking_skipped", **observe.refusal(error))
        except Exception as error:
            log.error("looking_failed", **observe.fault(error))
