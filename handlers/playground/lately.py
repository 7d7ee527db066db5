"""The sample brought to this week, so that its dates are near whenever a playground is opened."""

import json
import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

_WEEK = timedelta(weeks=1)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T[\d:]+Z")


def lately(document: bytes, now: datetime) -> bytes:
    """A workspace document with all its dates moved by as many whole weeks as bring what it calls
    now nearest to `now`, from before: what was on a Monday stays on one. A document that is not of
    the past stays as it is.
    """
    told = json.loads(document)
    then = datetime.fromisoformat(told["meta"]["now"]).astimezone(UTC)
    by = max((now - then) // _WEEK, 0) * _WEEK
    return json.dumps(_moved(told, by)).encode() if by else document


def _moved(value: Any, by: timedelta) -> Any:
    match value:
        case dict():
            return {name: _moved(one, by) for name, one in value.items()}
        case list():
            return [_moved(one, by) for one in value]
        case str() if _DAY.fullmatch(value):
            return (date.fromisoformat(value) + by).isoformat()
        case str() if _MOMENT.fullmatch(value):
            return f"{datetime.fromisoformat(value) + by:%Y-%m-%dT%H:%M:%SZ}"
    return value
