"""Workbooks and tables that come in: from sheets, as people keep them, to a plan of changes.

A sheet's `layout` is guessed, its cells are `read` in their own words, and `planned` decides what
they would change; see `bot.imports.plan`. An export that comes back is held against what
it was when it was exported. Nothing is written here.
"""

from bot.imports.back import come_back
from bot.imports.dates import Order
from bot.imports.faults import Fault, Slip
from bot.imports.files import said_by
from bot.imports.gathering import Ground
from bot.imports.layout import Column, Layout, Shape, layout_of
from bot.imports.outcomes import Conflict, Fate, Outcome
from bot.imports.placing import Placed
from bot.imports.plan import Plan, Planned, planned
from bot.imports.reading import Reading, Said, Told, read
from bot.imports.wanted import Wanted, World
from bot.imports.words import Means, vacant_in

__all__ = [
    "Column",
    "Conflict",
    "Fate",
    "Fault",
    "Ground",
    "Layout",
    "Means",
    "Order",
    "Outcome",
    "Placed",
    "Plan",
    "Planned",
    "Reading",
    "Said",
    "Shape",
    "Slip",
    "Told",
    "Wanted",
    "World",
    "come_back",
    "layout_of",
    "planned",
    "read",
    "said_by",
    "vacant_in",
]
