"""How long a change can be undone, and how the record gives it back."""

import json
from datetime import timedelta

from pydantic import TypeAdapter

from bot import changes
from bot.changes import Change
from bot.errors import Refused, Why
from storage.audit import Entry

UNDO_FOR = timedelta(minutes=10)

_KINDS: dict[str, TypeAdapter[Change]] = {
    kind.__name__: TypeAdapter(kind)
    for kind in (
        changes.RolesChanged,
        changes.HandOverOffered,
        changes.StageMoved,
        changes.CriterionChanged,
        changes.TickChanged,
        changes.HealthSet,
        changes.ProjectFinished,
        changes.ItemAdded,
        changes.ItemRemoved,
        changes.ItemRenamed,
        changes.ItemsOrdered,
        changes.DueMoved,
        changes.BlockerHanded,
        changes.ScopeChanged,
        changes.MetricChanged,
        changes.ScopeRevised,
        changes.ScopeApproved,
        changes.VerdictGiven,
        changes.DecisionKept,
        changes.ProjectConfirmed,
        changes.ReviewSet,
        changes.MilestoneMet,
        changes.MilestoneMoved,
        changes.MilestoneRemoved,
        changes.MilestoneSet,
        changes.RaidRaised,
        changes.RaidChanged,
        changes.DecisionWithdrawn,
        changes.AliasChanged,
        changes.ChannelChanged,
        changes.ArchiveChanged,
        changes.ModeChanged,
        changes.WaiverChanged,
        changes.StandupSet,
        changes.StandupEnded,
        changes.DigestSet,
        changes.DigestEnded,
        changes.OwnDigestSet,
        changes.OwnDigestEnded,
        changes.BriefSet,
        changes.BriefEnded,
        changes.OwnBriefSet,
        changes.OwnBriefEnded,
        changes.ExportSet,
        changes.ExportEnded,
        changes.OwnExportSet,
        changes.OwnExportEnded,
        changes.PullRequestLinked,
        changes.RunLinked,
        changes.LinkAdded,
        changes.DocumentPlanned,
        changes.StreamFollowed,
        changes.FilterSet,
        changes.RoleDefined,
        changes.JobGiven,
        changes.IdentityChanged,
        changes.PeopleMerged,
        changes.GrantChanged,
        changes.PrivacyChanged,
        changes.TitlesAllowed,
    )
}


def stored_change(entry: Entry) -> Change:
    """The change of an audit line. `Refused` where its words were erased."""
    if entry.action not in _KINDS or not entry.change:
        raise Refused(Why.UNDO_OVERTAKEN, {"item": ""})
    return _KINDS[entry.action].validate_python(json.loads(entry.change))
