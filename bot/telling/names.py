"""What a project or an item goes by, and where: aliases and channels."""

from bot.changes import AliasChanged, NameChange
from bot.telling.line import Line, came


def lines(change: NameChange) -> tuple[Line, ...]:
    if isinstance(change, AliasChanged):
        return (came("alias", change.alias, added=change.added),)
    return (came("channel", change.channel.words, added=change.bound),)
