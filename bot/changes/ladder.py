"""Which stages and components a project has, what they are called, and in what order."""

from dataclasses import dataclass

from bot.project import Assignment, Kind


@dataclass(frozen=True, slots=True)
class ItemAdded:
    """A stage or component that begins, after the item with the key `after` (None: first of all).

    `item` is its number where it was there before and comes back, else None.
    """

    project: int
    key: str
    title: str
    kind: Kind
    parent: str | None
    after: str | None
    item: int | None = None


@dataclass(frozen=True, slots=True)
class ItemRemoved:
    """An item that is taken out; its history stays. `ended` are its letters, which end with it.

    `back`: an undo puts it where it was, with its letters.
    """

    project: int
    item: int
    title: str
    ended: tuple[Assignment, ...] = ()
    back: bool = False


@dataclass(frozen=True, slots=True)
class ItemRenamed:
    """Another title. The old one becomes a further name (`named`), so that it still means this;
    taken back, it is none any more (`unnamed`).
    """

    project: int
    item: int
    before: str
    after: str
    named: str = ""
    unnamed: str = ""


@dataclass(frozen=True, slots=True)
class ItemsOrdered:
    """The items in another order, by their keys: `moved` stands before `ahead_of` now (titles)."""

    project: int
    before: tuple[str, ...]
    after: tuple[str, ...]
    moved: str
    ahead_of: str


LadderChange = ItemAdded | ItemRemoved | ItemRenamed | ItemsOrdered
"""The ladder of one project."""
