"""What a project or an item goes by, and where: aliases and channels."""

from collections.abc import Mapping

from bot.changes import AliasChanged, ChannelChanged
from bot.deciding.projects import refuse_archived
from bot.deciding.texts import checked_line
from bot.errors import Refused, Why
from bot.project import Channel, Item, Project
from bot.spelling import folded

NO_RUNGS: Mapping[str, tuple[str, ...]] = {}


def add_alias(
    project: Project,
    item: Item | None,
    alias: str,
    rungs: Mapping[str, tuple[str, ...]] = NO_RUNGS,
) -> AliasChanged:
    """A further name, unique within its project: a name must never mean two things there.

    `rungs` are the names that the workspace's ladder gives to stages, by key.
    """
    refuse_archived(project)
    alias = checked_line(alias, "alias")
    for owner in project.items if item else ():
        if folded(alias) in spellings(owner, rungs):
            raise Refused(Why.ALIAS_TAKEN, {"alias": alias, "item": owner.title})
    if item is None and folded(alias) in map(folded, (project.name, *project.aliases)):
        raise Refused(Why.ALIAS_TAKEN, {"alias": alias, "item": project.name})
    return AliasChanged(project.id, item.id if item else None, alias, added=True)


def spellings(item: Item, rungs: Mapping[str, tuple[str, ...]]) -> set[str]:
    return {folded(one) for one in (item.key, item.title, *item.aliases, *rungs.get(item.key, ()))}


def remove_alias(project: Project, item: Item | None, alias: str) -> AliasChanged:
    refuse_archived(project)
    named = item.aliases if item else project.aliases
    held = next((known for known in named if known.casefold() == alias.strip().casefold()), None)
    if held is None:
        raise Refused(
            Why.NOT_HELD, {"item": item.title if item else project.name, "letters": alias.strip()}
        )
    return AliasChanged(project.id, item.id if item else None, held, added=False)


def bind(project: Project, channel: Channel) -> ChannelChanged:
    refuse_archived(project)
    if any(bound.slack_id == channel.slack_id for bound in project.channels):
        raise Refused(Why.NOTHING_CHANGES, {"item": project.name})
    return ChannelChanged(project.id, channel, bound=True)


def unbind(project: Project, slack_id: str) -> ChannelChanged:
    for bound in project.channels:
        if bound.slack_id == slack_id:
            return ChannelChanged(project.id, bound, bound=False)
    raise Refused(Why.NOT_HELD, {"item": project.name, "letters": "this channel"})
