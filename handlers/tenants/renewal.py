"""Tokens that end are renewed before they do: by one replica, and the others read the new one.

slack_sdk's own rotator goes by the machine's clock and knows of no other process; the one call that
it makes is made here.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import structlog
from slack_sdk.errors import SlackApiError

from bot.errors import CharterError
from handlers import observe
from handlers.service.installations import Installations, Standing, Tokens
from handlers.slack import SlackClient
from handlers.slack.told import reaching

log = structlog.get_logger("charter.tenants")


@dataclass(frozen=True, slots=True)
class AppKeys:
    """By what Slack knows the app itself."""

    client_id: str
    client_secret: str = field(repr=False)


class Renewal:
    """Renews tokens. Raises nothing: whoever is served goes on with the old token while it lasts.

    Slack takes what renews a token once. So new tokens that could not be stored are kept here, and
    stored at the next try.
    """

    def __init__(self, client: SlackClient, keys: AppKeys, clock: Callable[[], datetime]) -> None:
        self._client = client.impatient()  # nobody who waits for it waits for Slack's good time
        self._keys = keys
        self._clock = clock
        self._unstored: dict[int, tuple[Standing, Tokens]] = {}

    def renew(self, installations: Installations, key: int, until: datetime) -> bool:
        """Renew the tokens of an installation that end before `until`; False where that is to be
        tried again.
        """
        try:
            if key in self._unstored:
                installations.end_renewal(*self._unstored[key])
                del self._unstored[key]
                return True
            standing = installations.begin_renewal(key)
            return standing is not None and self._renewed(installations, standing, until)
        except CharterError as error:
            log.warning("renewal_waits", installation=key, **observe.refusal(error))
        except SlackApiError as error:
            log.error("renewal_refused", installation=key, why=str(error.response["error"]))
        except Exception as error:
            log.error("renewal_failed", installation=key, **observe.fault(error))
        return False

    def _renewed(self, installations: Installations, standing: Standing, until: datetime) -> bool:
        ends = standing.tokens.expires_at
        if ends is None or ends > until:  # another replica was first
            installations.end_renewal(standing, None)
            return True
        try:
            tokens = self._asked(standing.tokens.refresh)
        except Exception:
            installations.end_renewal(standing, None)
            raise
        self._unstored[standing.key] = standing, tokens
        installations.end_renewal(standing, tokens)
        del self._unstored[standing.key]
        log.info("token_renewed", workspace=standing.workspace)
        return True

    def _asked(self, refresh: str) -> Tokens:
        with reaching():
            told: Any = self._client.oauth_v2_access(
                client_id=self._keys.client_id,
                client_secret=self._keys.client_secret,
                grant_type="refresh_token",
                refresh_token=refresh,
            )
        lasts = told.get("expires_in")
        ends = self._clock() + timedelta(seconds=int(lasts)) if lasts else None
        return Tokens(str(told["access_token"]), str(told.get("refresh_token") or refresh), ends)
