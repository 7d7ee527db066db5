"""Who may know of a project: one rule, for whoever asks and for every channel that is told.

A public project is known to every full member of the workspace, a private one to its lead, to those
who are listed (its members, and who was given a role in it), and to whoever is in a private channel
of its own just now. Guests of Slack's and bots know of what a role was given to them in, and of
nothing else. An admin knows no more than others, but for an hour after they broke the glass.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from typing import Protocol

from bot.rights import Role


class Guarded(Protocol):
    """What of a project decides who may know of it; people are given by id, channels by Slack's.

    `inside` are the people in its private channels, `guests` all of the workspace who know nothing
    by themselves. One that `is_gone` is there for nobody any more: a sample that was removed.
    """

    @property
    def private(self) -> bool: ...
    @property
    def lead(self) -> int | None: ...
    @property
    def members(self) -> frozenset[int]: ...
    @property
    def grants(self) -> Mapping[int, Role]: ...
    @property
    def inside(self) -> frozenset[int]: ...
    @property
    def guests(self) -> frozenset[int]: ...
    @property
    def own_channels(self) -> Collection[str | None]: ...
    @property
    def is_gone(self) -> bool: ...


class Room(Protocol):
    """What of a channel decides who reads it; `channel` is Slack's id, None outside of any."""

    @property
    def channel(self) -> str | None: ...
    @property
    def is_private(self) -> bool: ...
    @property
    def is_shared(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class PlainRoom:
    """No more than that."""

    channel: str | None
    is_private: bool
    is_shared: bool = False


@dataclass(frozen=True, slots=True)
class Guests:
    """Guests of the workspace who stand in a channel: those whom Charter knows, by id, and whether
    there are `strangers` among them.
    """

    known: frozenset[int] = frozenset()
    strangers: bool = False

    def __bool__(self) -> bool:
        return bool(self.known) or self.strangers


NO_GUESTS = Guests()


class Sight(Enum):
    """What somebody sees of a project; they may only look where they broke the glass."""

    NOTHING = auto()
    THROUGH_GLASS = auto()
    PLAIN = auto()

    def __bool__(self) -> bool:
        return self is not Sight.NOTHING


def admits(project: Guarded, person: int | None) -> bool:
    """Whether somebody may know of a project, wherever they are; None is anybody at all."""
    if project.is_gone:
        return False
    if person is None:
        return not project.private
    if person in project.grants:
        return True
    if person in project.guests:
        return False
    is_listed = person == project.lead or person in project.members
    return not project.private or is_listed or person in project.inside


def admits_in(project: Guarded, person: int, room: Room) -> bool:
    """The same for somebody who stands in a channel: who does, is in it."""
    stands_inside = is_own_room(project, room) and person not in project.guests
    return (stands_inside and not project.is_gone) or admits(project, person)


def is_told_in(project: Guarded, room: Room) -> bool:
    """Whether all who read a channel may know of a project.

    Of a private one they may in a private channel of its own alone, and of none where another
    organisation reads along.
    """
    if project.is_gone:
        return False
    return not room.is_shared and (not project.private or is_own_room(project, room))


def is_told_beside(project: Guarded, room: Room, guests: Guests) -> bool:
    """The same where these guests stand in the channel: in one of the project's own they read what
    is posted of it anyway, elsewhere each of them has to be admitted.
    """
    if not is_told_in(project, room):
        return False
    if room.channel is not None and room.channel in project.own_channels:
        return True
    return not guests.strangers and all(admits(project, one) for one in guests.known)


def is_own_room(project: Guarded, room: Room) -> bool:
    """Whether it is a private channel of the project's own that nobody else shares."""
    is_closed = room.is_private and not room.is_shared
    return is_closed and room.channel is not None and room.channel in project.own_channels


class Glazed(Guarded, Protocol):
    """What also tells until when somebody may look who broke the glass."""

    @property
    def glass(self) -> Mapping[int, datetime]: ...


def seen(project: Glazed, person: int, room: Room, now: datetime) -> Sight:
    """What somebody sees of a project from where they are."""
    if admits_in(project, person, room):
        return Sight.PLAIN
    until = None if project.is_gone else project.glass.get(person)
    return Sight.THROUGH_GLASS if until is not None and now < until else Sight.NOTHING
