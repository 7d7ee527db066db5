"""People who are named in an order or a question become known before it is carried out."""

import re

from bot.standups import MOST_PEOPLE
from handlers.service import Charter
from handlers.slack import Slack

MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>")
MOST = MOST_PEOPLE
"""Strangers who are looked up for one text: as many as a form lets choose."""


def acquaint(text: str, charter: Charter, slack: Slack, workspace: int) -> None:
    """Ask Slack about everybody mentioned in `text` whom Charter has not met. Raises `NotFound`."""
    named = dict.fromkeys(MENTION.findall(text))
    strangers = [one for one in named if charter.people.known(workspace, one) is None]
    for slack_id in strangers[:MOST]:
        charter.people.learned(workspace, slack.profile(slack_id))
