"""What each letter does: what happens in the record, and who is to hear of it, where and when.

`happenings` reads events off a change, the table in `bot.routing.table` says what each event is to
each letter, `routed` finds the people behind the letters. Nothing is sent from here.
"""

from bot.routing.happenings import Happening, happenings
from bot.routing.recipients import Notice, Sees, accountable, concerned, routed
from bot.routing.table import ROUTES, Deed, Event, Party, Route, Surface, To, When, markdown, routes

__all__ = [
    "ROUTES",
    "Deed",
    "Event",
    "Happening",
    "Notice",
    "Party",
    "Route",
    "Sees",
    "Surface",
    "To",
    "When",
    "accountable",
    "concerned",
    "happenings",
    "markdown",
    "routed",
    "routes",
]
