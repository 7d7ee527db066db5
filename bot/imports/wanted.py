"""Whom a sheet means, and who knows: the plan asks, and whoever may look answers."""

from dataclasses import dataclass
from typing import Protocol

from bot.project import Holder, Item, Project
from bot.spelling import folded


@dataclass(frozen=True, slots=True)
class Wanted:
    """Who shall hold a letter, as a cell says: somebody (`holder`); or a job role, by its key and
    title, whoever has it. `is_open`: nobody yet, and the sheet says so; its role may be unsaid.
    """

    words: str
    holder: Holder | None = None
    role: str = ""
    role_key: str = ""
    requisition: str = ""
    is_open: bool = False

    def is_same(self, other: "Wanted") -> bool:
        if self.holder is not None or other.holder is not None:
            return self.holder == other.holder
        return folded(self.role) == folded(other.role) and self.is_open == other.is_open


class World(Protocol):
    """Names → what is meant, for one importer: what they may not see is as if it were not there."""

    def project(self, words: str, sheet: str) -> Project | None:
        """The project of that name; or (empty) the one that was said for all, or that the `sheet`
        is called like; None without any.

        Raises `NotFound` and `Ambiguous`, and `Forbidden` to whoever may change nothing of it.
        """
        ...

    def item(self, project: Project, words: str, within: str) -> Item:
        """The stage or component of that name, `within` a stage of that name where several have it.
        Raises `NotFound` and `Ambiguous`.
        """
        ...

    def holder(self, words: str, group: str) -> Wanted | None:
        """Whom a name means; `group` is the job role over its column. None for somebody who is to
        be left out.

        Raises `NotFound` and `Ambiguous`.
        """
        ...

    def seen(self, key: str) -> Project | None:
        """The project of that key as it is now, to look at; None where it is not to be seen."""
        ...
