"""Orders about what was decided and what is planned; those that only look stand here."""

from dataclasses import dataclass

from bot.orders import KeepDecision, WithdrawDecision


@dataclass(frozen=True, slots=True)
class ShowDecisions:
    """What was decided in a project, the latest first."""

    project: str | None = None


Planned = ShowDecisions | KeepDecision | WithdrawDecision
