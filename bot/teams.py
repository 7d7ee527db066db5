"""Teams: Slack user groups that have a standup of their own in a channel, without a project.

What keeps such a standup is written down as a project is (ADR 0007), with the channel as its one
channel: it has no items, no letters and no lead, and nothing but standups knows of it. It is as
private as its channel was when it began.
"""

import re

from bot.project import Channel, Group, Project

NEW = 0
"""Stands for the number of a team that does not stand yet."""
_KEY = re.compile(r"@([A-Z0-9]+)/([A-Z0-9]+)(?:/private)?")


def key_of(group: str, channel: str, *, is_private: bool) -> str:
    """What tells one team from another, by Slack's ids; no project can have such a key."""
    return f"@{group}/{channel}{'/private' if is_private else ''}"


def parts(ref: str) -> tuple[str, str] | None:
    """The user group and the channel (Slack's ids) that a team's key names; None: it is no key."""
    found = _KEY.fullmatch(ref)
    return (found[1], found[2]) if found else None


def is_named(ref: str | None) -> bool:
    """Whether a reference may mean a team: its key, "@ml-team", or a mention of the user group."""
    return ref is not None and ref.startswith(("@", "<!subteam^"))


def new(group: Group, channel: Channel, by: int | None) -> Project:
    """A team that does not stand yet."""
    key = key_of(group.slack_id, channel.slack_id or "", is_private=channel.is_private)
    return Project(
        NEW,
        key,
        f"@{group.handle}",
        private=channel.is_private,
        channels=(channel,),
        created_by=by,
        group=group,
    )


def has_turned(project: Project, channel: Channel) -> bool:
    """Whether its channel is private by now, and was not when it began, or the other way round."""
    return project.group is not None and channel.is_private is not project.private
