"""The forms of commands with something typed where they say what belongs there."""

import re
from datetime import date

from bot.commands.chapter import Command
from bot.commands.orders import Order

SAMPLES = {
    "COMMAND": "raci",
    "DATE": "1 March",
    "DAY": "Monday",
    "DUTIES": "writes the guidelines",
    "DAYS": "Mon-Thu",
    "DEP": "DEP",
    "DOES": "images",
    "FIELD": "goal",
    "HOLDER": "me",
    "HOW": "weekly",
    "ITEM": "data pipeline",
    "KEY": "bea",
    "KIND=NAME …": "github=bea-x",
    "LETTERS": "R",
    "LEVEL": "high",
    "LINK": "https://acme.slack.com/archives/C0FRAUD/p1700000000000100",
    "NAME": "Churn Radar",
    "NEW": "me",
    "NOTE": "waiting for the export",
    "NUMBER": "2",
    "OLD": "@bea",
    "PAGE": "2",
    "PERSON": "@cy",
    "PROJECT": "Churn Radar",
    "QUESTION": "owns the data pipeline?",
    "REASON": "the lead is ill",
    "ROLE": "ML Engineer",
    "RULE": "spof",
    "SETTING": "load limit",
    "STATUS": "in progress",
    "TEXT": "we keep raw events for a year",
    "TEMPLATE": "recsys",
    "TIME": "9:00",
    "TIME-TIME": "18:00-8:00",
    "UNIT": "percent",
    "URL": "https://example.org/plan",
    "VALUE": "7",
    "WHAT IT": "labels",
    "ZONE": "Europe/Berlin",
    "accept|decline|call off": "accept",
    "higher|lower": "higher",
}
"""What is typed for a word in capitals, and for a choice."""

_PLACE = re.compile("|".join(re.escape(one) for one in sorted(SAMPLES, key=len, reverse=True)))
_CAPITALS = re.compile(r"\b[A-Z]{3,}\b")
_DAY = date(2026, 3, 15)


def typed(entry: Command, form: str) -> str:
    """A form as somebody types it; the command's example where a word in it has no sample."""
    words = [word for part in SAMPLES for word in part.split()]
    if any(word not in words for word in _CAPITALS.findall(form)):
        return entry.example
    return _PLACE.sub(lambda found: SAMPLES[found[0]], form)


def tried(entry: Command, form: str) -> Order:
    """The order that a form makes."""
    said = typed(entry, form)
    return entry.read(said.partition(" ")[2], _DAY)
