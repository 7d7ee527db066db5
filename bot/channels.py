"""Channels that Charter cannot post in any more, or may not tell what it was to tell there."""

from enum import StrEnum


class Gone(StrEnum):
    """What became of a channel."""

    ARCHIVED = "archived"
    DELETED = "deleted"
    REMOVED = "removed"
    """Charter was taken out of it."""


class Rest(StrEnum):
    """Why what is to come to a channel by itself rests, though Charter can post there."""

    SHARED = "shared"
    """Another organisation reads along."""
    HIDDEN = "hidden"
    """The project is private, and it is no private channel of the project's own."""
    GUEST = "guest"
    """A guest of the workspace stands there who may not see the project."""


REFUSALS = {
    "is_archived": Gone.ARCHIVED,
    "channel_is_archived": Gone.ARCHIVED,
    "not_in_channel": Gone.REMOVED,
    "channel_not_found": Gone.DELETED,
}
"""What Slack's refusals to post somewhere tell of the channel."""
