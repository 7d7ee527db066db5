"""Pull requests, runs and other pages that belong to a project."""

from dataclasses import dataclass

from bot.sources.base import Kind


@dataclass(frozen=True, slots=True)
class AddLink:
    """Link an address to an item of a project, or (`item` None) to the project itself."""

    url: str
    item: str | None = None
    project: str | None = None


@dataclass(frozen=True, slots=True)
class MoveLink:
    """Give the pull request or run with this number another item of its project, or none."""

    kind: Kind
    number: int
    item: str | None
