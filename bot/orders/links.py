"""Pull requests, runs and other pages that belong to a project."""

from dataclasses import dataclass
from datetime import date

from bot.attaching import By
from bot.filters import Mode, Trait
from bot.sources.base import Kind


@dataclass(frozen=True, slots=True)
class AddLink:
    """Link an address to an item of a project, or (`item` None) to the project itself.

    `title` is what a page is to be called, where somebody says so; `review` the day by which it is
    to be looked through, `unreviewed`: on no day any more.
    """

    url: str
    item: str | None = None
    project: str | None = None
    title: str | None = None
    review: date | None = None
    unreviewed: bool = False


@dataclass(frozen=True, slots=True)
class MoveLink:
    """Give the pull request or run with this number another item of its project, or none."""

    kind: Kind
    number: int
    item: str | None


@dataclass(frozen=True, slots=True)
class Follow:
    """Let what happens at an address (`where`, of a repository or experiment), or what of it `by`
    and `pattern` say, belong to an item of a project, or to the project itself.
    """

    where: str
    by: By = By.STREAM
    pattern: str = ""
    item: str | None = None
    project: str | None = None


@dataclass(frozen=True, slots=True)
class Unfollow:
    """Let it belong there no more from now on; what is linked stays linked."""

    where: str
    by: By = By.STREAM
    pattern: str = ""
    project: str | None = None


@dataclass(frozen=True, slots=True)
class SetFilter:
    """Say of which pull requests that are followed the project's channel gets a card; with `mode`
    None the trait says nothing any more.
    """

    trait: Trait
    value: str
    mode: Mode | None
    project: str | None = None
