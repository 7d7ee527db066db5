"""What a standup can offer somebody as done, from their real work; they tick what they tell of."""

from bot.drafts.deeds import KINDS
from bot.drafts.draft import MOST, READERS, Draft, Drafted, Offer, chosen, draft, is_work, ticks
from bot.drafts.since import FURTHEST, since
from bot.drafts.work import Deed, Kind, Material, Owned, Reader, Span, Work

__all__ = [
    "FURTHEST",
    "KINDS",
    "MOST",
    "READERS",
    "Deed",
    "Draft",
    "Drafted",
    "Kind",
    "Material",
    "Offer",
    "Owned",
    "Reader",
    "Span",
    "Work",
    "chosen",
    "draft",
    "is_work",
    "since",
    "ticks",
]
