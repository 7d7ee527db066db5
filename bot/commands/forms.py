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
    "FIELD": "goal",
    "HOLDER": "me",
    "ITEM": "data pipeline",
    "LETTERS": "R",
    "NAME": "Churn Radar",
    "NOTE": "waiting for the export",
    "PAGE": "2",
    "PERSON": "me",
    "PROJECT": "Churn Radar",
    "QUESTION": "owns the data pipeline?",
    "REASON": "the lead is ill",
    "ROLE": "ML Engineer",
    "RULE": "spof",
    "SETTING": "load limit",
    "STATUS": "in progress",
    "TEXT": "we keep raw events for a year",
    "TIME": "9:00",
    "URL": "https://example.org/plan",
    "VALUE": "7",
}
"""What is typed for a word in capitals."""

_PLACE = re.compile(r"\b[A-Z]{3,}\b")
_DAY = date(2026, 3, 15)


def typed(entry: Command, form: str) -> str:
    """A form as somebody types it; the command's example where a word in it has no sample."""
    if any(word not in SAMPLES for word in _PLACE.findall(form)):
        return entry.example
    return _PLACE.sub(lambda found: SAMPLES[found[0]], form)


def tried(entry: Command, form: str) -> Order:
    """The order that a form makes."""
    said = typed(entry, form)
    return entry.read(said.partition(" ")[2], _DAY)
