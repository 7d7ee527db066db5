"""People who are named in an order or a question become known before it is carried out."""

import re

from handlers.service import Charter
from handlers.slack import Slack

MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>")
MOST = 20
"""Mentions that are looked up in one text; nobody names more in earnest."""


def acquaint(text: str, charter: Charter, slack: Slack, workspace: int) -> None:
    """Ask Slack about everybody mentioned in `text` whom Charter has not met. Raises `NotFound`."""
    for slack_id in list(dict.fromkeys(MENTION.findall(text)))[:MOST]:
        if charter.people.known(workspace, slack_id) is None:
            charter.people.learned(workspace, slack.profile(slack_id))
