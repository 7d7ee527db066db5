"""Whether somebody is in a channel."""

from collections.abc import Iterator

from slack_sdk.errors import SlackApiError

from bot.errors import Refused, Why
from handlers.slack import MOST_PAGES, PAGE, Slack
from handlers.slack.told import OUT_OF_REACH, reaching

FEW_PAGES = 4
"""Of a channel's members, before it is asked which channels somebody is in."""


def is_inside(slack: Slack, channel: str, user: str) -> bool:
    """Whether somebody is in a channel. Of a vast one not everybody is listed; the channels that
    they are in are. `Refused` where Slack hides it.
    """
    cursor = ""
    with reaching():
        try:
            for _ in range(FEW_PAGES):
                told = slack.client.conversations_members(
                    channel=channel, limit=PAGE, cursor=cursor
                )
                cursor = (told.get("response_metadata") or {}).get("next_cursor") or ""
                if user in told["members"]:
                    return True
                if not cursor:
                    return False
            return channel in _channels_of(slack, user)
        except SlackApiError as error:
            if error.response["error"] not in OUT_OF_REACH:
                raise
            raise Refused(Why.CHANNEL_UNREADABLE) from None


def _channels_of(slack: Slack, user: str) -> Iterator[str]:
    """The channels that somebody is in, as far as Charter may know of them."""
    cursor = ""
    for _ in range(MOST_PAGES):
        told = slack.client.users_conversations(
            user=user, types="public_channel,private_channel", limit=PAGE, cursor=cursor
        )
        yield from (str(one["id"]) for one in told["channels"])
        cursor = (told.get("response_metadata") or {}).get("next_cursor") or ""
        if not cursor:
            return
