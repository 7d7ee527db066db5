"""How the work of a project goes, beyond where its stages stand."""

from typing import Literal

from bot.document.base import Entry
from bot.document.fields import Key, Line, Moment, Text


class BlockerEntry(Entry):
    """What is in the way of an item, and whose it is. An item with one is `blocked`."""

    item: Key
    text: Text
    owner: Key | None = None
    since: Moment | None = None


class CriterionEntry(Entry):
    """What an item needs before it is done; `off`: the usual one of that key is not asked for."""

    item: Key
    key: Key
    text: Line
    off: bool = False


class TickEntry(Entry):
    """Somebody said that a criterion is met."""

    item: Key
    criterion: Key
    at: Moment
    by: Key | None = None
    note: Text = ""
    self_approved: bool = False


class HealthEntry(Entry):
    """How a project does as somebody says."""

    light: Literal["green", "amber", "red"]
    reason: Text
    by: Key | None = None


class FinishEntry(Entry):
    """That a project is done, and why although something was missed."""

    at: Moment
    why: Text = ""


class RemovedEntry(Entry):
    """A stage or component that was taken out; its history stays."""

    key: Key
    title: Line
    kind: Literal["stage", "component"]
    at: Moment


class WorkEntry(Entry):
    """Blockers, gates, health and end of a project, and what was taken out of it."""

    extras = frozenset({"blockers", "criteria", "ticks", "health", "finished", "removed"})

    blockers: list[BlockerEntry] = []
    criteria: list[CriterionEntry] = []
    ticks: list[TickEntry] = []
    health: HealthEntry | None = None
    finished: FinishEntry | None = None
    removed: list[RemovedEntry] = []
