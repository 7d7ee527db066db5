"""What may be stored, and how long it may be."""

import re
from collections.abc import Collection

from bot.errors import BadInput, Why

LONGEST_NOTE = 1000
LONGEST_NAME = 120
LONGEST_FIELD = 3000
_NO_KEY = re.compile(r"[^a-z0-9]+")


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


def fresh_key(text: str, taken: Collection[str], fallback: str) -> str:
    """A key like the text, `label_audit`, that nothing has yet."""
    base = _NO_KEY.sub("_", text.casefold()).strip("_")[:40] or fallback
    keys = (base if n == 1 else f"{base}_{n}" for n in range(1, len(taken) + 2))
    return next(key for key in keys if key not in taken)


def storable(text: str) -> str:
    """What can be stored: no NUL (PostgreSQL refuses it) and no half of a surrogate pair."""
    return text.replace("\0", "").encode("utf-8", "ignore").decode()
