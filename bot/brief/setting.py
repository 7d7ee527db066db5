"""Deciding when a channel, or somebody, is briefed."""

from bot.cadence import DigestPlan
from bot.changes import BriefEnded, BriefSet, OwnBriefEnded, OwnBriefSet
from bot.errors import Refused, Why
from bot.project import Channel

To = Channel | int
"""A channel, or a person by id."""

ITEM = {"item": "when this is briefed"}


def begun(to: To, present: DigestPlan | None, wanted: DigestPlan) -> BriefSet | OwnBriefSet:
    """`Refused` where it is set so already."""
    if present == wanted:
        raise Refused(Why.NOTHING_CHANGES, ITEM)
    if isinstance(to, Channel):
        return BriefSet(to, present, wanted)
    return OwnBriefSet(to, present, wanted)


def ended(to: To, present: DigestPlan | None) -> BriefEnded | OwnBriefEnded:
    """`Refused` where there is none."""
    if present is None:
        raise Refused(Why.NO_BRIEF)
    return BriefEnded(to, present) if isinstance(to, Channel) else OwnBriefEnded(to, present)
