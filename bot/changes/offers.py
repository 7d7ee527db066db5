"""A hand-over offered, and what becomes of the offer."""

from dataclasses import dataclass
from datetime import datetime

from bot.project import Letter, OfferState


@dataclass(frozen=True, slots=True)
class HandOverOffered:
    """An item's Accountable offered by or for `giver` to `receiver`; nothing changes hands yet."""

    project: int
    item: int
    giver: int
    receiver: int
    letters: tuple[Letter, ...]
    since: datetime | None
    is_request: bool = False


@dataclass(frozen=True, slots=True)
class HandOverSettled:
    """An offer answered, called off or overtaken. The letters themselves are a change of their
    own.
    """

    project: int
    item: int
    offer: int
    giver: int
    receiver: int
    state: OfferState


OfferChange = HandOverOffered | HandOverSettled
