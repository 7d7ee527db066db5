"""People who are named in an order or a question become known before it is carried out."""

import re

from bot.errors import Refused, Why
from bot.standups import MOST_PEOPLE
from handlers.service import Charter
from handlers.slack import Slack

MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>")
MOST = MOST_PEOPLE
"""Strangers who are looked up for one text: as many as a form lets choose."""


def acquaint(text: str, charter: Charter, slack: Slack, workspace: int) -> None:
    """Ask Slack about everybody mentioned in `text` whom Charter has not met.

    Raises `NotFound`, and `Refused` for somebody of another organisation.
    """
    named = dict.fromkeys(MENTION.findall(text))
    strangers = [one for one in named if charter.people.known(workspace, one) is None]
    for slack_id in strangers[:MOST]:
        profile = slack.profile(slack_id)
        if charter.people.is_foreign(workspace, profile):
            raise Refused(Why.STRANGER, {"name": profile.name}, field="holder")
        charter.people.learned(workspace, profile)


def acquaint_author(slack_id: str, charter: Charter, slack: Slack, workspace: int) -> None:
    """The same for who wrote a message; of another organisation they stay unknown."""
    try:
        acquaint(f"<@{slack_id}>", charter, slack, workspace)
    except Refused:
        return
