"""Changes of who may do what, and of what holds for the whole workspace."""

from dataclasses import dataclass
from datetime import datetime

from bot.project import Channel
from bot.rights import Role


@dataclass(frozen=True, slots=True)
class GrantChanged:
    """What somebody may do in a project; None: no more than anybody else of their kind.

    `before` of a member who was given no role is an editor's: that is what members are.
    """

    project: int
    person: int
    before: Role | None
    after: Role | None


@dataclass(frozen=True, slots=True)
class PrivacyChanged:
    """A project that is from now on for those alone who are listed or in its private channels, or
    for everybody.

    `key` is what it is called by from then on where it becomes private; empty: the one it has.
    """

    project: int
    private: bool
    key: str = ""


@dataclass(frozen=True, slots=True)
class TitlesAllowed:
    """Whether what is in private repositories is told of with its title wherever the project is."""

    project: int
    allowed: bool


@dataclass(frozen=True, slots=True)
class GlassBroken:
    """An admin who looks into a private project that is not theirs, until a moment, and why."""

    project: int
    person: int
    reason: str
    until: datetime


@dataclass(frozen=True, slots=True)
class SettingChanged:
    """A setting of the workspace."""

    name: str
    before: int | str
    after: int | str


@dataclass(frozen=True, slots=True)
class SharedChannelOpened:
    """Whether Charter answers in a channel that another organisation shares, of no project."""

    channel: Channel
    opened: bool


@dataclass(frozen=True, slots=True)
class HoldChanged:
    """Since when nothing is sent by the clock, Charter having been taken away; None: it is."""

    before: datetime | None
    after: datetime | None


@dataclass(frozen=True, slots=True)
class MessagesRetried:
    """Messages, by their numbers, that were given up and are sent once more."""

    messages: tuple[int, ...]


AccessChange = (
    GrantChanged
    | PrivacyChanged
    | TitlesAllowed
    | GlassBroken
    | SettingChanged
    | SharedChannelOpened
    | HoldChanged
    | MessagesRetried
)
