"""What a project or an item goes by, and where: aliases and channels."""

from dataclasses import dataclass

from bot.project import Channel


@dataclass(frozen=True, slots=True)
class AliasChanged:
    """A further name of a project (`item` None) or of an item, added or taken away."""

    project: int
    item: int | None
    alias: str
    added: bool


@dataclass(frozen=True, slots=True)
class ChannelChanged:
    """A Slack channel bound to a project, or released."""

    project: int
    channel: Channel
    bound: bool


NameChange = AliasChanged | ChannelChanged
