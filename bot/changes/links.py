"""What is linked to a project."""

from dataclasses import dataclass
from datetime import date

from bot.attaching import By
from bot.filters import Mode, Trait
from bot.sources.base import Kind


@dataclass(frozen=True, slots=True)
class Spot:
    """Where in a project something is linked: one of its items, or (all empty) the whole of it."""

    item: int | None = None
    key: str | None = None
    title: str = ""


@dataclass(frozen=True, slots=True)
class PullRequestLinked:
    """A pull request linked to a project; `before` or `after` None: it was, or is, not linked."""

    project: int
    source: str
    repo: str
    number: int
    url: str
    before: Spot | None
    after: Spot | None


@dataclass(frozen=True, slots=True)
class RunLinked:
    """An experiment run linked to a project, likewise; `run` is its id in its tracker."""

    project: int
    tracker: str
    run: str
    url: str
    before: Spot | None
    after: Spot | None


@dataclass(frozen=True, slots=True)
class Upkeep:
    """When a document is to be looked through, and which item (all empty: the whole) it is of."""

    review: date | None = None
    spot: Spot = Spot()


@dataclass(frozen=True, slots=True)
class LinkAdded:
    """An address among the links of the scope, or taken away from them."""

    project: int
    title: str
    url: str
    added: bool = True
    upkeep: Upkeep = Upkeep()


@dataclass(frozen=True, slots=True)
class DocumentPlanned:
    """A document among the links of the scope is to be looked through on another day, or (`review`
    None) on none; or it is of another item.
    """

    project: int
    title: str
    url: str
    before: Upkeep
    after: Upkeep


@dataclass(frozen=True, slots=True)
class StreamFollowed:
    """What of a repository or experiment belongs to a project: from now on, to another item of it,
    or (`after` None) no more.

    `at` is its source, `stream` its name there; `by` and `pattern` say what of it, as in
    `bot.attaching`.
    """

    project: int
    at: str
    stream: str
    kind: Kind
    url: str
    by: By
    pattern: str
    before: Spot | None
    after: Spot | None


@dataclass(frozen=True, slots=True)
class FilterSet:
    """Of which pull requests a project's channel gets cards by itself; None: the trait says nothing
    (any more).
    """

    project: int
    trait: Trait
    value: str
    before: Mode | None
    after: Mode | None


TieChange = PullRequestLinked | RunLinked
LinkChange = TieChange | LinkAdded | DocumentPlanned | StreamFollowed | FilterSet
