"""Deciding how digests are set, a channel's and one's own."""

from datetime import datetime

from bot.cadence import DigestPlan
from bot.changes import DigestEnded, DigestSet, OwnDigestEnded, OwnDigestSet
from bot.errors import Refused, Why
from bot.project import Channel


def begins(
    wanted: DigestPlan,
    now: datetime,
    last: DigestPlan | None,
    set_at: datetime | None,
    told_until: datetime | None,
) -> datetime | None:
    """Where one begins that is set at `now`; None: where the `last` one ended, which its readers
    were told up to `told_until`. A first one begins its own period before, and so does one whose
    predecessor (set at `set_at`) was never told, without losing what happened since that was set.
    """
    if last is None or told_until is None:
        return now - wanted.cadence.period
    if set_at is not None and told_until == set_at - last.cadence.period:
        return min(set_at, now - wanted.cadence.period)
    return None


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
