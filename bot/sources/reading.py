"""Reading what a server sent, leniently: a field that is missing or odd costs that field alone.

Texts become ones that every database and Slack can hold; moments become aware UTC.
"""

import math
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

LONGEST_TEXT = 500

_UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_CLONED = re.compile(
    r"(?:https?://|ssh://)?(?:[^@/\s]+@)?[A-Za-z0-9.-]+(?::[0-9]+)?[:/]"
    r"(?P<owner>[A-Za-z0-9_-]+)/(?P<name>[A-Za-z0-9._-]+?)(?:\.git)?/?"
)
_BIGGEST = 1.7976931348623157e308
"""What SQL stores write for infinity."""


def mapping(value: Any, *names: str) -> Mapping[str, Any]:
    """The object found by these names, one inside the other; empty where there is none."""
    for name in names:
        value = value.get(name) if isinstance(value, dict) else None
    return value if isinstance(value, dict) else {}


def objects(value: Any) -> Iterator[Mapping[str, Any]]:
    """The objects of a list; nothing where it is none."""
    if isinstance(value, list):
        yield from (entry for entry in value if isinstance(entry, dict))


def text(value: Any, longest: int = LONGEST_TEXT) -> str:
    """A text, without what no database takes; empty where it is none."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    clean = _UNWANTED.sub("", str(value))
    return clean if len(clean) <= longest else clean[: longest - 1] + "…"


def moment(value: Any) -> datetime | None:
    """A moment written as in ISO 8601."""
    try:
        found = datetime.fromisoformat(value) if isinstance(value, str) else None
        return found.astimezone(UTC) if found and found.tzinfo else None
    except (ValueError, OverflowError):
        return None


def milliseconds(value: Any) -> datetime | None:
    """A moment counted in milliseconds; 0 is what servers send for none."""
    try:
        return datetime.fromtimestamp(int(value) / 1000, UTC) if value else None
    except (TypeError, ValueError, OverflowError, OSError):
        return None


def whole(value: Any) -> int | None:
    """A whole number, sent as one."""
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def number(value: Any) -> float | None:
    """A number, also NaN (as the one `math.nan`) and infinity, in all the ways they are sent."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    try:
        found = float(value)
    except (ValueError, OverflowError):
        return None
    if math.isnan(found):
        return math.nan
    return found if abs(found) < _BIGGEST else math.copysign(math.inf, found)


def repository_of(url: str) -> str:
    """`owner/name` in lower case, of an address that git clones from; empty for any other."""
    found = _CLONED.fullmatch(url.strip())
    return f"{found['owner']}/{found['name']}".lower() if found else ""
