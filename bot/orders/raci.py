"""Letters given and taken away."""

from dataclasses import dataclass
from datetime import date

from bot.project import Letter, OfferState


@dataclass(frozen=True, slots=True)
class Assign:
    """Give letters of an item to a holder: `<@U1>`, a name, `me`, `vacant ROLE [REQ]`,
    `<!subteam^S1|@grp>`, `outside NAME of COMPANY [MAIL]`.

    To hand over is to offer; `unasked` is the reason why nobody is asked.
    """

    item: str
    letters: tuple[Letter, ...]
    holder: str
    project: str | None = None
    since: date | None = None
    hand_over: bool = False
    seen: int | None = None
    unasked: str | None = None


@dataclass(frozen=True, slots=True)
class SettleOffer:
    """Accept, decline or call off (`state`) the hand-over that is offered: of an item, or the one
    with that number, which a button knows.
    """

    state: OfferState
    item: str = ""
    project: str | None = None
    offer: int | None = None


@dataclass(frozen=True, slots=True)
class SayOfOffer:
    """Ask who offered something about it, or reply to who asked."""

    offer: int
    text: str


@dataclass(frozen=True, slots=True)
class Clear:
    """Take letters away from a holder, or from all (`holder` None)."""

    item: str
    letters: tuple[Letter, ...]
    holder: str | None = None
    project: str | None = None
    seen: int | None = None
