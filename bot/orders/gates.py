"""What an item needs before it is done."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AddCriterion:
    item: str
    text: str
    project: str | None = None


@dataclass(frozen=True, slots=True)
class RemoveCriterion:
    item: str
    criterion: str
    project: str | None = None


@dataclass(frozen=True, slots=True)
class TickCriterion:
    """Say that a criterion is met (`ticked`), or is not; `criterion` None is the only one there."""

    item: str
    criterion: str | None = None
    ticked: bool = True
    note: str = ""
    project: str | None = None


@dataclass(frozen=True, slots=True)
class AskGate:
    """Ask for what is missing at a gate."""

    item: str
    note: str = ""
    project: str | None = None
