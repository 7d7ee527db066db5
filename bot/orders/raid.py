"""Risks, assumptions, issues and dependencies to be raised, edited, closed and opened again."""

from dataclasses import dataclass

from bot.raid import RaidKind

Values = tuple[tuple[str, str], ...]
"""Fields of an entry and what they are to be, as typed: "text", "item" (a stage or component),
"owner" (a person), "likelihood", "impact", "mitigation" and "due" (an ISO date). An empty text
takes away what stands there.
"""


@dataclass(frozen=True, slots=True)
class RaiseRaid:
    kind: RaidKind
    values: Values
    project: str | None = None


@dataclass(frozen=True, slots=True)
class EditRaid:
    """Say an entry otherwise. `seen`: how many revisions it had when its form was opened; `told`:
    how many it had when the form said what others wrote meanwhile.
    """

    kind: RaidKind
    number: int
    values: Values
    project: str | None = None
    seen: int | None = None
    told: int | None = None


@dataclass(frozen=True, slots=True)
class CloseRaid:
    """It is settled, and why; or (`closed` False) open again."""

    kind: RaidKind
    number: int
    because: str = ""
    project: str | None = None
    closed: bool = True
