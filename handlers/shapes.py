"""Whether a payload has the shape that Slack gives it, as far as Bolt and Charter rely on that."""

from collections.abc import Iterable, Mapping
from typing import Any

NAMED = ("user", "channel", "team", "enterprise")
"""Told by their id alone, or as an object with it."""
TEXTS = ("type", "command", "callback_id", "team_id")
OBJECTS = ("message", "view", "container", "previous_message", "item", "state")


def is_whole(body: Mapping[str, Any]) -> bool:
    """False for what Slack does not send: it would be an error of Bolt's, somewhere inside."""
    if not all(isinstance(body.get(key), str | None) for key in TEXTS):
        return False
    if not (_fits(body) and _fits(body.get("event", {}))):
        return False
    kind = body.get("type")
    if kind == "event_callback" and not _has_texts(body.get("event"), ("type",)):
        return False
    if kind in ("view_submission", "view_closed"):
        return _is_view(body.get("view"))
    if kind == "block_actions":
        actions = body.get("actions")
        return _all(actions, ("type", "action_id", "block_id")) and bool(actions)
    return True


def _fits(part: Any) -> bool:
    if not isinstance(part, Mapping):
        return False
    named = all(isinstance(part.get(key), str | Mapping | None) for key in NAMED)
    return named and all(isinstance(part.get(key), Mapping | None) for key in OBJECTS)


def _is_view(view: Any) -> bool:
    """A form with blocks, and what was filled in, by block and by field."""
    if not _has_texts(view, ("id", "type", "callback_id")) or not _all(view.get("blocks", []), ()):
        return False
    state = view.get("state") or {}
    values = state.get("values", {}) if isinstance(state, Mapping) else None
    return isinstance(values, Mapping) and all(
        isinstance(block, Mapping) and all(isinstance(field, Mapping) for field in block.values())
        for block in values.values()
    )


def _all(parts: Any, keys: Iterable[str]) -> bool:
    return isinstance(parts, list) and all(_has_texts(part, keys) for part in parts)


def _has_texts(part: Any, keys: Iterable[str]) -> bool:
    return isinstance(part, Mapping) and all(isinstance(part.get(key), str) for key in keys)
