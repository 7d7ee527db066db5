"""Lines of the record as what a digest tells of: the changes that its readers care for."""

import json
from collections.abc import Iterable
from typing import Final

from pydantic import TypeAdapter

from bot import changes
from bot.changes import Change, ChannelChanged
from bot.digests import Edit
from storage.digests import Line

LOADED: Final = ("ItemLoaded", "ProjectLoaded")
"""Lines of the record that a document left: what it changed stands in no change."""

_CHANGES: Final[dict[str, TypeAdapter[Change]]] = {
    kind.__name__: TypeAdapter(kind)
    for kind in (
        changes.AliasChanged,
        changes.ArchiveChanged,
        changes.ChannelChanged,
        changes.CriterionChanged,
        changes.DecisionWithdrawn,
        changes.DueMoved,
        changes.BlockerHanded,
        changes.DocumentPlanned,
        changes.GateAsked,
        changes.MetricChanged,
        changes.MilestoneMet,
        changes.MilestoneMoved,
        changes.MilestoneRemoved,
        changes.MilestoneSet,
        changes.RaidRaised,
        changes.RaidChanged,
        changes.HealthSet,
        changes.ItemAdded,
        changes.ItemRemoved,
        changes.ItemRenamed,
        changes.ItemsOrdered,
        changes.ProjectCreated,
        changes.ProjectFinished,
        changes.RolesChanged,
        changes.ScopeApproved,
        changes.ScopeChanged,
        changes.ScopeRevised,
        changes.StageMoved,
        changes.VerdictGiven,
        changes.TickChanged,
    )
}

ACTIONS: Final = (*_CHANGES, *LOADED)
"""Lines of the record that a digest reads."""


def told(lines: Iterable[Line], channel: str) -> tuple[Edit, ...]:
    """What of it the readers of a channel may know."""
    found = (edit for line in lines if (edit := _edit(line)) is not None)
    return tuple(edit for edit in found if not _names_hidden(edit, channel))


def _edit(line: Line) -> Edit | None:
    """A line of the record as an edit; None where its words were erased."""
    if line.action in LOADED:
        return Edit(line.project, line.item, None, line.by, line.at)
    if not line.change:
        return None
    change = _CHANGES[line.action].validate_python(json.loads(line.change))
    return Edit(line.project, line.item, change, line.by, line.at)


def _names_hidden(edit: Edit, channel: str) -> bool:
    """Whether it names a private channel: Slack hides its name from all who are not in it."""
    match edit.change:
        case ChannelChanged(channel=named):
            return named.is_private and named.slack_id != channel
        case _:
            return False
