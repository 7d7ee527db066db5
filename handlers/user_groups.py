"""Slack's user groups, asked for now and then: who is in one is in the standups that name it."""

import structlog

from bot.errors import NotFound, Refused, Unavailable
from handlers import observe
from handlers.service import Charter
from handlers.slack import Slack

log = structlog.get_logger("charter.user_groups")

MOST_MET = 50
"""People met at one look: Slack lets only so many be asked for in a minute."""


def look(charter: Charter, slack: Slack, workspace: int) -> None:
    """Ask Slack for the user groups and keep them; where it is away, what it told last holds.

    Who is to be asked in a standup, and is not known yet, is met.
    """
    try:
        charter.user_groups.learned(workspace, slack.user_groups())
        for user in charter.user_groups.unmet(workspace)[:MOST_MET]:
            _meet(charter, slack, workspace, user)
    except Unavailable as error:
        log.warning("user_groups_skipped", **observe.refusal(error))


def _meet(charter: Charter, slack: Slack, workspace: int, user: str) -> None:
    try:
        profile = slack.profile(user)
    except (NotFound, Refused):  # of another organisation, or gone
        return
    if not charter.people.is_foreign(workspace, profile):
        charter.people.learned(workspace, profile)
