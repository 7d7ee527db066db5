"""How a project does as somebody says, and that it is done."""

from dataclasses import dataclass

from bot.condition import Light


@dataclass(frozen=True, slots=True)
class HealthSet:
    """An opinion of a project's health; `after` None: what is computed counts again."""

    project: int
    before: Light | None
    before_reason: str
    after: Light | None
    reason: str


@dataclass(frozen=True, slots=True)
class ProjectFinished:
    """A project that is done (or, `finished` False, is not after all), and why although something
    was missed.
    """

    project: int
    finished: bool
    why: str = ""


HealthChange = HealthSet | ProjectFinished
