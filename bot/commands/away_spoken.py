"""Orders about somebody's own days, as the commands that give them."""

from bot.commands.looking import ListAway, ShowAway, ShowZone
from bot.commands.speaking import name_word
from bot.orders import EndAway, SetAway, SetRegion, SetReminders, SetZone
from bot.presence import Half

PresenceOrder = (
    ShowAway | ListAway | ShowZone | SetAway | EndAway | SetRegion | SetReminders | SetZone
)
"""What can be said of when and where people are there."""


def away_spoken(order: PresenceOrder) -> str:
    """Such an order as the command that gives it."""
    match order:
        case ShowAway(person=person):
            return f"away show{_of(person)}" if person else "away"
        case ListAway():
            return "away list"
        case ShowZone():
            return "zone"
        case SetZone(zone=zone):
            return f"zone {zone or 'slack'}"
        case SetRegion(region=region):
            return f"away region {region or 'default'}"
        case SetReminders(wanted=wanted):
            return f"standup reminders {'on' if wanted else 'off'}"
        case EndAway(day=day, person=person):
            return f"away off{_of(person)}{f' {day.isoformat()}' if day else ''}"
        case SetAway(first=first, last=last, days=days, half=half, person=person):
            part = "" if half is Half.DAY else f" {half.value}"
            if last is None:
                return f"away{_of(person)} {days} days{part}"
            return f"away{_of(person)} {first.isoformat()} to {last.isoformat()}{part}"


def _of(person: str | None) -> str:
    return f" {name_word(person)}" if person else ""
