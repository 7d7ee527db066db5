"""A project that begins, and one that is put away."""

from dataclasses import dataclass

from bot.changes.roles import Seat
from bot.project import Channel, Mode


@dataclass(frozen=True, slots=True)
class NewItem:
    """A stage of a project to be, with the seats that open with it."""

    key: str
    title: str
    seats: tuple[Seat, ...]


@dataclass(frozen=True, slots=True)
class ProjectCreated:
    key: str
    name: str
    mode: Mode
    lead: int | None
    private: bool
    members: frozenset[int]
    channel: Channel | None
    items: tuple[NewItem, ...]


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
