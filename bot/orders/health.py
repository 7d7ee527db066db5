"""How a project does as a whole."""

from dataclasses import dataclass

from bot.condition import Light


@dataclass(frozen=True, slots=True)
class SetHealth:
    """How a project does as somebody says; `light` None: as computed."""

    light: Light | None
    reason: str = ""
    project: str | None = None


@dataclass(frozen=True, slots=True)
class FinishProject:
    """A project that is done, or (`finished` False) is not after all."""

    project: str | None = None
    why: str = ""
    finished: bool = True
