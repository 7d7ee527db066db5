"""Charter is taken away from the workspace: what is on record stays, and the clock is held.

The tokens of one that had installed it are deleted at once; its data follows a set time later.
"""

from datetime import datetime
from typing import Any

from slack_bolt import App

from handlers.service import Charter
from handlers.tenants import Tenants


def register(bolt: App) -> None:
    bolt.event("app_uninstalled")(on_uninstalled)
    bolt.event("tokens_revoked")(on_tokens_revoked)


def on_uninstalled(charter: Charter, workspace: int, tenants: Tenants, now: datetime) -> None:
    charter.settings.hold(workspace, now)
    charter.installations.take_away(workspace)
    tenants.look()


def on_tokens_revoked(
    event: dict[str, Any], charter: Charter, workspace: int, tenants: Tenants, now: datetime
) -> None:
    """Only where the token is Charter's own: people's tokens it has none of."""
    if (event.get("tokens") or {}).get("bot"):
        on_uninstalled(charter, workspace, tenants, now)
