"""Deciding how digests are set, a channel's and one's own."""

from bot.cadence import DigestPlan
from bot.changes import DigestEnded, DigestSet, OwnDigestEnded, OwnDigestSet
from bot.errors import Refused, Why
from bot.project import Channel


def begun(channel: Channel, present: DigestPlan | None, wanted: DigestPlan) -> DigestSet:
    """`Refused` where the digest is set so already."""
    if present == wanted:
        raise Refused(Why.NOTHING_CHANGES, {"item": "the digest of this channel"})
    return DigestSet(channel, present, wanted)


def ended(channel: Channel, present: DigestPlan | None) -> DigestEnded:
    """`Refused` where there is none."""
    if present is None:
        raise Refused(Why.NO_DIGEST)
    return DigestEnded(channel, present)


def begun_own(person: int, present: DigestPlan | None, wanted: DigestPlan) -> OwnDigestSet:
    """`Refused` where it is set so already."""
    if present == wanted:
        raise Refused(Why.NOTHING_CHANGES, {"item": "your digest"})
    return OwnDigestSet(person, present, wanted)


def ended_own(person: int, present: DigestPlan | None) -> OwnDigestEnded:
    """`Refused` where there is none."""
    if present is None:
        raise Refused(Why.NO_OWN_DIGEST)
    return OwnDigestEnded(person, present)
