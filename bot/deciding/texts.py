"""What may be stored, and how long it may be."""

from bot.errors import BadInput, Why

LONGEST_NOTE = 1000
LONGEST_NAME = 120
LONGEST_FIELD = 3000


def checked_line(text: str, field: str) -> str:
    """One line of 1 to 120 characters."""
    return " ".join(checked_text(text, LONGEST_NAME, field).split())


def checked_text(text: str, longest: int, field: str) -> str:
    """What can be stored of a text, without spaces around it; `BadInput` if nothing or too much."""
    text = storable(text).strip()
    if not text:
        raise BadInput(Why.EMPTY_TEXT, {"field": field}, field=field)
    if len(text) > longest:
        facts = {"field": field, "length": str(len(text)), "longest": str(longest)}
        raise BadInput(Why.TEXT_TOO_LONG, facts, field=field)
    return text


def storable(text: str) -> str:
    """What can be stored: no NUL (PostgreSQL refuses it) and no half of a surrogate pair."""
    return text.replace("\0", "").encode("utf-8", "ignore").decode()
