"""Where an item stands, what is in its way, and when it is due."""

from dataclasses import dataclass
from datetime import date

from bot.condition import Blocker
from bot.project import Status


@dataclass(frozen=True, slots=True)
class NewBlocker:
    """What is in the way from now on. `owner` None: nobody could be named."""

    text: str
    owner: int | None


@dataclass(frozen=True, slots=True)
class Hurdles:
    """What a move does to the blockers of its item: some open, some are resolved.

    Only an undo reopens some, or withdraws some as if they had never been.
    """

    opened: tuple[NewBlocker, ...] = ()
    closed: tuple[Blocker, ...] = ()
    resolution: str = ""
    reopened: tuple[Blocker, ...] = ()
    withdrawn: tuple[Blocker, ...] = ()


@dataclass(frozen=True, slots=True)
class StageMoved:
    """An item's status, with the note of why (a blocker, a reason to skip).

    `passed` are the criteria of its gate that were not met, and that somebody let it pass without.
    """

    project: int
    item: int
    before: Status
    before_note: str | None
    after: Status
    note: str | None
    hurdles: Hurdles = Hurdles()
    passed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DueMoved:
    """An item's due date. The first one ever set is the baseline, which never changes.

    `taken_back`: the last one was a mistake, and is as if it had never been.
    """

    project: int
    item: int
    before: date | None
    after: date | None
    taken_back: bool = False


@dataclass(frozen=True, slots=True)
class BlockerHanded:
    """Whose an open blocker is from now on; it stays the same one, as old as it is.

    `before` None: nobody could be named when it opened.
    """

    project: int
    item: int
    blocker: int
    text: str
    before: int | None
    after: int | None


StageChange = StageMoved | DueMoved | BlockerHanded
