"""A project that begins, and one that is put away."""

from dataclasses import dataclass

from bot.changes.roles import Seat
from bot.project import Channel, Metric, Mode, Status


@dataclass(frozen=True, slots=True)
class NewItem:
    """A stage of a project to be, with the seats that open with it, and where it stands."""

    key: str
    title: str
    seats: tuple[Seat, ...]
    status: Status = Status.NOT_STARTED
    note: str | None = None


@dataclass(frozen=True, slots=True)
class ProjectCreated:
    """`template` is what it begins from, `metrics` are those that such projects usually have.

    `is_sample`: it is made to try Charter out.
    """

    key: str
    name: str
    mode: Mode
    lead: int | None
    private: bool
    members: frozenset[int]
    channel: Channel | None
    items: tuple[NewItem, ...]
    template: str = ""
    metrics: tuple[Metric, ...] = ()
    is_sample: bool = False


@dataclass(frozen=True, slots=True)
class ArchiveChanged:
    project: int
    archived: bool


@dataclass(frozen=True, slots=True)
class ModeChanged:
    """Whether one person holds every role of a project, as in a start-up, or a team does."""

    project: int
    before: Mode
    after: Mode


ProjectChange = ProjectCreated | ArchiveChanged | ModeChanged
