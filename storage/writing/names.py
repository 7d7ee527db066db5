"""The rows of aliases and of bound channels."""

from sqlalchemy import insert, update
from sqlmodel import col, select

from bot.changes import AliasChanged, ChannelChanged, NameChange
from bot.project import Channel
from storage.tables import AliasRow, BindingRow, ChannelRow
from storage.writing.pen import Pen


def write(pen: Pen, change: NameChange) -> int | None:
    """Gives the item that this is about."""
    if isinstance(change, AliasChanged):
        _alias(pen, change)
        return change.item
    bind(pen, change)
    return None


def _alias(pen: Pen, change: AliasChanged) -> None:
    if change.added:
        row = {"project_id": change.project, "item_id": change.item, "text": change.alias}
        pen.session.execute(insert(AliasRow), [{**row, "since": pen.now, **pen.recorded()}])
        return
    same_item = (
        col(AliasRow.item_id).is_(None)
        if change.item is None
        else col(AliasRow.item_id) == change.item
    )
    pen.session.execute(
        update(AliasRow)
        .where(
            col(AliasRow.project_id) == change.project,
            same_item,
            col(AliasRow.text) == change.alias,
            col(AliasRow.until).is_(None),
        )
        .values(until=pen.now)
    )


def bind(pen: Pen, change: ChannelChanged) -> None:
    """Bind a channel, or release it."""
    key = channel_key(pen, change.channel)
    if change.bound:
        row = {"project_id": change.project, "channel_id": key, "since": pen.now}
        pen.session.execute(insert(BindingRow), [{**row, **pen.recorded()}])
        return
    pen.session.execute(
        update(BindingRow)
        .where(
            col(BindingRow.project_id) == change.project,
            col(BindingRow.channel_id) == key,
            col(BindingRow.until).is_(None),
        )
        .values(until=pen.now)
    )


def channel_key(pen: Pen, channel: Channel) -> int:
    """The channel's row, made if Charter has not met it: by Slack's id, else by name."""
    by = (
        ChannelRow.slack_id == channel.slack_id
        if channel.slack_id
        else ChannelRow.name == channel.name
    )
    found = pen.session.exec(
        select(ChannelRow.id).where(ChannelRow.workspace_id == pen.workspace_id, by)
    ).first()
    if found is not None:
        return found
    row = ChannelRow(
        workspace_id=pen.workspace_id,
        slack_id=channel.slack_id,
        name=channel.name,
        is_private=channel.is_private,
    )
    pen.session.add(row)
    pen.session.flush()
    assert row.id is not None
    return row.id
