"""Standups: the question to one person, how one is set, and the report to the channel."""

from handlers.views.standups.asking import asked, joined, open_ones
from handlers.views.standups.days import day_in_words
from handlers.views.standups.lines import BLOCK_LENGTH
from handlers.views.standups.moving import passed
from handlers.views.standups.noting import noted, still_there
from handlers.views.standups.past import past
from handlers.views.standups.pings import pinged
from handlers.views.standups.reminding import reminded, reminding
from handlers.views.standups.reporting import (
    PAGE_BLOCKS,
    PAGE_LENGTH,
    added,
    emptied,
    reported,
)
from handlers.views.standups.setting import no_groups, resting, rests, shown
from handlers.views.standups.typing import said

__all__ = [
    "BLOCK_LENGTH",
    "PAGE_BLOCKS",
    "PAGE_LENGTH",
    "added",
    "asked",
    "day_in_words",
    "emptied",
    "joined",
    "no_groups",
    "noted",
    "open_ones",
    "passed",
    "past",
    "pinged",
    "reminded",
    "reminding",
    "reported",
    "resting",
    "rests",
    "said",
    "shown",
    "still_there",
]
