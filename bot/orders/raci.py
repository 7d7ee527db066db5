"""Letters given and taken away."""

from dataclasses import dataclass
from datetime import date

from bot.project import Letter


@dataclass(frozen=True, slots=True)
class Assign:
    """Give letters of an item to a holder: `<@U1>`, a name, `me`, `vacant ROLE [REQ]`,
    `<!subteam^S1|@grp>`.
    """

    item: str
    letters: tuple[Letter, ...]
    holder: str
    project: str | None = None
    since: date | None = None
    hand_over: bool = False
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class Clear:
    """Take letters away from a holder, or from all (`holder` None)."""

    item: str
    letters: tuple[Letter, ...]
    holder: str | None = None
    project: str | None = None
    seen: int | None = None
