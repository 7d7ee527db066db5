"""What somebody is told whose zone has moved past a day of a standup."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.standups import city
from handlers.views.kit import Message, listed, message, paragraph, quiet
from handlers.views.standups.days import day_in_words


def passed(days: Sequence[date], zone: str, due: datetime) -> Message:
    """`days` bring no question; the next one is `due`, by the clock of `zone`."""
    there = due.astimezone(ZoneInfo(zone))
    over = listed([day_in_words(day) for day in days])
    return message(
        paragraph(
            f"Your time zone is {city(zone)} now, where {over} passed before you would have been "
            f"asked: no standup for that. The next one comes on {day_in_words(there.date())} at "
            f"{there:%H:%M}."
        ),
        quiet("If the zone is wrong: /charter zone Europe/Berlin."),
    )
