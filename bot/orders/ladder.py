"""Which stages and components a project has, and which new ones begin with."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AddItem:
    """A stage behind another one (`after`), or a component of the stage `parent`."""

    name: str
    after: str | None = None
    parent: str | None = None
    project: str | None = None


@dataclass(frozen=True, slots=True)
class RenameItem:
    item: str
    name: str
    project: str | None = None


@dataclass(frozen=True, slots=True)
class RemoveItem:
    """Take a stage or component out; its history stays."""

    item: str
    project: str | None = None


@dataclass(frozen=True, slots=True)
class OrderItems:
    """Put an item before another one."""

    item: str
    ahead_of: str
    project: str | None = None


@dataclass(frozen=True, slots=True)
class AddRung:
    """A stage that new projects of the workspace begin with."""

    name: str
    after: str | None = None


@dataclass(frozen=True, slots=True)
class RenameRung:
    rung: str
    name: str


@dataclass(frozen=True, slots=True)
class RemoveRung:
    rung: str
