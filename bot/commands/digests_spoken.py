"""Orders about digests, as the commands that give them."""

from collections.abc import Mapping

from bot.commands.digesting import (
    DigestOrder,
    OpenDigest,
    OpenOwnDigest,
    PreviewDigest,
    PreviewOwnDigest,
    ShowDigest,
    ShowOwnDigest,
)
from bot.commands.speaking import within
from bot.hours import SHORT
from bot.orders import EndDigest, EndOwnDigest, SetDigest, SetOwnDigest
from bot.recurrence import EVERY_DAY, LAST, WORKDAYS
from bot.workdays import WEEK

_BARE: Mapping[type, str] = {
    ShowDigest: "digest",
    PreviewDigest: "digest preview",
    OpenDigest: "digest set",
    EndDigest: "digest off",
    ShowOwnDigest: "digest me",
    PreviewOwnDigest: "digest me preview",
    OpenOwnDigest: "digest me set",
    EndOwnDigest: "digest me off",
}


def digest_spoken(order: DigestOrder) -> str:
    """Such an order as the command that gives it."""
    match order:
        case SetDigest():
            return f"digest {often_spoken(order)}"
        case SetOwnDigest(wanted=wanted):
            return f"digest me {often_spoken(wanted)}"
        case _:
            return _BARE[type(order)]


def often_spoken(order: SetDigest) -> str:
    when = f" at {order.at:%H:%M}" if order.at is not None else ""
    free = f" holidays {order.region}" if order.region else ""
    beats = {True: " with heartbeat", False: " without heartbeat", None: ""}[order.heartbeat]
    return f"{order.cadence.value}{_days(order)}{when}{within(order.zone)}{free}{beats}"


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
