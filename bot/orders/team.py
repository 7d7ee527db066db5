"""The team: job roles, who has which, and many letters at once."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class AddRole:
    """A job role of the workspace's own, and what it does."""

    title: str
    does: str = ""


@dataclass(frozen=True, slots=True)
class RenameRole:
    role: str
    title: str


@dataclass(frozen=True, slots=True)
class RemoveRole:
    role: str


@dataclass(frozen=True, slots=True)
class EditRole:
    """Say a role otherwise. `stages` and `works_with` are keys; `seen` is the mark of the role that
    was looked at.
    """

    role: str
    title: str
    does: str
    stages: tuple[str, ...]
    works_with: tuple[str, ...]
    seen: str = ""


@dataclass(frozen=True, slots=True)
class GiveJob:
    """Say which job role somebody has; None for none."""

    person: str
    role: str | None


@dataclass(frozen=True, slots=True)
class Transfer:
    """Give somebody's letters to somebody else.

    `source` is a person, `vacant`, or `vacant ROLE` for open seats. `everywhere`: in all projects,
    not in `project` (or the channel's) alone. `reason` is kept with every row. `mark` is of the
    preview that shall be carried out; empty asks for a preview.
    """

    source: str
    to: str
    project: str | None = None
    everywhere: bool = False
    reason: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class CloneRaci:
    """Give the rows of `project` the letters that those of `source` have: job roles, and people
    only `with_people`. `mark` as for a transfer.
    """

    source: str
    project: str | None = None
    with_people: bool = False
    mark: str = ""


@dataclass(frozen=True, slots=True)
class StartUp:
    """Let one person hold every role of a project."""

    person: str
    project: str | None = None


@dataclass(frozen=True, slots=True)
class EndStartUp:
    project: str | None = None


@dataclass(frozen=True, slots=True)
class Split:
    """Move the usual stages of a role from whoever holds everything to somebody new."""

    role: str
    to: str
    since: date | None = None
    project: str | None = None


@dataclass(frozen=True, slots=True)
class Waive:
    """Set a rule of the linter aside, for an item or (None) the whole project, up to `until`."""

    rule: str
    until: date
    reason: str
    item: str | None = None
    project: str | None = None


@dataclass(frozen=True, slots=True)
class EndWaiver:
    rule: str
    item: str | None = None
    project: str | None = None
