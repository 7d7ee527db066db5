"""Orders about what was decided and what is planned; those that only look stand here."""

from dataclasses import dataclass

from bot.orders import (
    CloseRaid,
    Confirm,
    EditRaid,
    KeepDecision,
    MeetMilestone,
    MoveMilestone,
    RaiseRaid,
    RemoveMilestone,
    SetMilestone,
    SetReview,
    WithdrawDecision,
)
from bot.raid import RaidKind


@dataclass(frozen=True, slots=True)
class ShowDecisions:
    """What was decided in a project, the latest first."""

    project: str | None = None


@dataclass(frozen=True, slots=True)
class ShowMilestones:
    """The milestones of a project."""

    project: str | None = None


@dataclass(frozen=True, slots=True)
class ShowMilestone:
    """One milestone with its slip ledger."""

    name: str
    project: str | None = None


@dataclass(frozen=True, slots=True)
class ShowRaid:
    """A page of the risks, assumptions, issues and dependencies of a project, or of one kind."""

    kind: RaidKind | None = None
    project: str | None = None
    page: int = 1


@dataclass(frozen=True, slots=True)
class ShowEntry:
    """One of them, with all that was said of it."""

    kind: RaidKind
    number: int
    project: str | None = None


@dataclass(frozen=True, slots=True)
class OpenRaid:
    """Open the form that raises one, or (`number`) edits one."""

    kind: RaidKind
    number: int | None = None
    project: str | None = None


DecisionOrder = ShowDecisions | KeepDecision | WithdrawDecision
MilestoneOrder = (
    ShowMilestones | ShowMilestone | SetMilestone | MoveMilestone | MeetMilestone | RemoveMilestone
)
RaidOrder = ShowRaid | ShowEntry | OpenRaid | RaiseRaid | EditRaid | CloseRaid
ReviewOrder = Confirm | SetReview
Planned = DecisionOrder | MilestoneOrder | RaidOrder | ReviewOrder
