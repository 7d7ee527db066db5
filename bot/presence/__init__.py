"""Who is there: leave, half days, holidays by region and weeks of one's own. Pure."""

from bot.presence.days import NOON, Absence, Half, Presence, Reason, Told
from bot.presence.regions import NO_HOLIDAYS, day_off, region

__all__ = [
    "NOON",
    "NO_HOLIDAYS",
    "Absence",
    "Half",
    "Presence",
    "Reason",
    "Told",
    "day_off",
    "region",
]
