"""What must be so before an item is done, and who says that it is."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CriterionChanged:
    """A criterion of an item's gate that is added or taken away.

    `is_usual`: one that the stage has by itself, and which was taken away or comes back.
    """

    project: int
    item: int
    key: str
    text: str
    added: bool
    is_usual: bool = False


@dataclass(frozen=True, slots=True)
class TickChanged:
    """Somebody says that a criterion is met (or not any more). `is_self`: of their own work.

    `taken_back`: what they said last was a mistake; the one before holds again, whoever said it.
    """

    project: int
    item: int
    key: str
    text: str
    ticked: bool
    note: str = ""
    is_self: bool = False
    taken_back: bool = False


@dataclass(frozen=True, slots=True)
class GateAsked:
    """Somebody asks for a gate to be looked at: what is missing there is wanted now."""

    project: int
    item: int
    note: str = ""


GateChange = CriterionChanged | TickChanged | GateAsked
