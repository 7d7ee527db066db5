"""The leader's brief: what turned worse, what has to be decided, and what may go wrong; in twelve
lines, each of which says why it is there.

`Making` is the only way to one, for what is looked at as for what comes by the clock.
"""

from datetime import datetime

from bot.brief.making import MOST_LINES, Making, all_found
from bot.brief.values import Age, Brief, BriefShown, Line, Material, Named, Rule, Section

__all__ = [
    "MOST_LINES",
    "Age",
    "Brief",
    "BriefShown",
    "Line",
    "Making",
    "Material",
    "Named",
    "Rule",
    "Section",
    "all_found",
    "compose",
]


def compose(material: Material, now: datetime, zone: str) -> Brief:
    """The brief of these projects."""
    making = Making(material.people, material.delegations, now, zone)
    making.take(material)
    return making.brief()
