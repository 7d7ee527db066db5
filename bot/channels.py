"""Channels that Charter cannot post in any more."""

from enum import StrEnum


class Gone(StrEnum):
    """What became of a channel."""

    ARCHIVED = "archived"
    DELETED = "deleted"
    REMOVED = "removed"
    """Charter was taken out of it."""


REFUSALS = {
    "is_archived": Gone.ARCHIVED,
    "channel_is_archived": Gone.ARCHIVED,
    "not_in_channel": Gone.REMOVED,
    "channel_not_found": Gone.DELETED,
}
"""What Slack's refusals to post somewhere tell of the channel."""
