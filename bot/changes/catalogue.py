"""The workspace's job roles, and who has which."""

from dataclasses import dataclass

from bot.roles import Role


@dataclass(frozen=True, slots=True)
class RoleDefined:
    """A job role as the workspace says it; `before` None: it is new, `after` None: it is gone."""

    before: Role | None
    after: Role | None


@dataclass(frozen=True, slots=True)
class JobGiven:
    """The job role of a person, by its key; empty for none."""

    person: int
    before: str
    after: str
    before_title: str = ""
    after_title: str = ""


CatalogueChange = RoleDefined | JobGiven
