"""Orders about what was decided and what is planned; those that only look stand here."""

from dataclasses import dataclass

from bot.orders import (
    Confirm,
    KeepDecision,
    MeetMilestone,
    MoveMilestone,
    RemoveMilestone,
    SetMilestone,
    SetReview,
    WithdrawDecision,
)


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


DecisionOrder = ShowDecisions | KeepDecision | WithdrawDecision
MilestoneOrder = (
    ShowMilestones | ShowMilestone | SetMilestone | MoveMilestone | MeetMilestone | RemoveMilestone
)
ReviewOrder = Confirm | SetReview
Planned = DecisionOrder | MilestoneOrder | ReviewOrder
