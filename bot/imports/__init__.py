"""Workbooks and tables that come in: from sheets, as people keep them, to a plan of changes.

A sheet's `layout` is guessed, its cells are `read` in their own words, and `planned` decides what
they would change; see `bot.imports.plan`. Nothing is written here.
"""

from bot.imports.dates import Order
from bot.imports.deciding import Ground, Outcome
from bot.imports.faults import Fault, Slip
from bot.imports.files import said_by
from bot.imports.layout import Column, Layout, Placed, Shape, layout_of
from bot.imports.plan import Fate, Plan, Planned, planned
from bot.imports.reading import Reading, Said, Told, read
from bot.imports.wanted import Wanted, World
from bot.imports.words import Means, vacant_in

__all__ = [
    "Column",
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
    "layout_of",
    "planned",
    "read",
    "said_by",
    "vacant_in",
]
