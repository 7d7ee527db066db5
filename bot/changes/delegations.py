"""Somebody who acts for somebody else."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class DelegationSet:
    """`delegate` acts for `person` from the first to the last day, both included: in one project
    (an id), or in all. It is of the workspace, also where it is for one project.
    """

    person: int
    delegate: int
    first_day: date
    last_day: date
    only_in: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class DelegationEnded:
    """It was called off; `delegation` is its number."""

    delegation: int
    person: int
    delegate: int
    first_day: date
    last_day: date
    only_in: int | None = None


DelegationChange = DelegationSet | DelegationEnded
