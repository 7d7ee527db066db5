"""Charter is taken away from the workspace: what is on record stays, and the clock is held.

The tokens of one that had installed it are deleted at once; its data follows a set time later.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from slack_bolt import App

from handlers.service import Charter
from handlers.tenants import Tenants


def register(bolt: App) -> None:
    bolt.event("app_uninstalled")(on_uninstalled)
    bolt.event("tokens_revoked")(on_tokens_revoked)


def on_uninstalled(
    body: dict[str, Any], charter: Charter, workspace: int, tenants: Tenants, now: datetime
) -> None:
    """An event may come late, after the team has installed Charter again: that one stays."""
    if charter.installations.take_away(workspace, _happened_before(body, now)):
        charter.settings.hold(workspace, now)
    tenants.look()


def on_tokens_revoked(
    body: dict[str, Any], charter: Charter, workspace: int, tenants: Tenants, now: datetime
) -> None:
    """Only where the token is Charter's own: people's tokens it has none of."""
    if (body["event"].get("tokens") or {}).get("bot"):
        on_uninstalled(body, charter, workspace, tenants, now)


def make_up(charter: Charter, tenants: Tenants, now: datetime) -> None:
    """Do the same where Slack's word was lost: Charter was down for long, or killed over it."""
    for one in tenants.gone():
        if charter.installations.end(one):
            charter.settings.hold(one.workspace, now)


def _happened_before(body: Mapping[str, Any], now: datetime) -> datetime:
    """The end of the second in which it happened, which is all that Slack tells."""
    told = body.get("event_time")
    if isinstance(told, int) and 0 < told < now.timestamp():
        return datetime.fromtimestamp(told, UTC) + timedelta(seconds=1)
    return now
