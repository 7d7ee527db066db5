"""How Charter stands with Slack: what it may do, what time it is there, what Slack takes of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import httpx
from slack_sdk.errors import SlackApiError

from handlers.slack.client import SlackClient

TAKEN_AWAY = frozenset({"account_inactive", "token_revoked"})
"""Not `invalid_auth`: that is also what an address hears from which a team lets nobody in."""
INVALID = frozenset({"invalid_blocks", "invalid_message", "invalid_view"})


@dataclass(frozen=True, slots=True)
class Granted:
    """The scopes of a token, separated by commas, and the time there; None: Slack does not say."""

    scopes: str | None
    at: datetime | None


def granted_by(headers: Mapping[str, Any]) -> Granted:
    """What the headers of an answer tell."""
    found = {name.lower(): str(value) for name, value in headers.items()}
    return Granted(found.get("x-oauth-scopes") or None, _moment(found.get("date", "")))


def was_taken_away(client: SlackClient) -> bool:
    """Whether Slack says so of a token (auth.test). Raises nothing."""
    try:
        client.impatient().auth_test()
    except SlackApiError as error:
        return error.response["error"] in TAKEN_AWAY
    except httpx.HTTPError:
        return False
    return False


def _moment(told: str) -> datetime | None:
    try:
        return parsedate_to_datetime(told).astimezone(UTC)
    except ValueError:
        return None


def objections(client: SlackClient, what: Mapping[str, Any]) -> list[str] | None:
    """What Slack's own check (blocks.validate) objects to in a view, or in `blocks` of a message;
    None where it has no such check for Charter.
    """
    try:
        if "type" in what:
            client.blocks_validate(view=dict(what))
        else:
            client.blocks_validate(message=dict(what))
    except SlackApiError as error:
        if error.response.status_code == 200 and error.response["error"] in INVALID:
            return [_objection(one) for one in error.response.get("errors") or [{}]]
        return None
    return []


def _objection(told: Any) -> str:
    if not isinstance(told, Mapping):
        return str(told)
    return f"{told.get('pointer') or '/'}: {told.get('message') or told.get('code')}"
