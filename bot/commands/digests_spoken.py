"""Orders about a channel's digest, as the commands that give them."""

from bot.commands.orders import PreviewDigest, ShowDigest
from bot.commands.speaking import within
from bot.hours import SHORT
from bot.orders import EndDigest, SetDigest
from bot.recurrence import EVERY_DAY, LAST, WORKDAYS
from bot.workdays import WEEK

DigestOrder = ShowDigest | PreviewDigest | SetDigest | EndDigest
"""What can be said of a digest."""


def digest_spoken(order: DigestOrder) -> str:
    """Such an order as the command that gives it."""
    match order:
        case ShowDigest():
            return "digest"
        case PreviewDigest():
            return "digest preview"
        case EndDigest():
            return "digest off"
        case SetDigest(at=at, zone=zone, heartbeat=heartbeat):
            when = f" at {at:%H:%M}" if at is not None else ""
            beats = {True: " with heartbeat", False: " without heartbeat", None: ""}[heartbeat]
            return f"digest {order.cadence.value}{_days(order)}{when}{within(zone)}{beats}"


def _days(order: SetDigest) -> str:
    days = order.days
    if days is None:
        return ""
    typed = " ".join(SHORT[day] for day in sorted(days))
    which = "last" if order.nth == LAST else f"{order.nth}"
    if not order.nth:
        return f" {typed}" if len(days) > 1 else f" {WEEK[min(days)]}"
    if days == EVERY_DAY:
        return f" {which} day" if order.nth == LAST else f" {which}"
    if len(days) == 1:
        return f" {which} {WEEK[min(days)]}"
    return f" {which} working day" + ("" if days == WORKDAYS else f" {typed}")
