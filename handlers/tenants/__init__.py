"""The workspaces that Charter serves: the one of the environment's token, or all that installed it.

Whatever comes from Slack, and whatever the clock does, is of one tenant; what is said goes out by
that one's client.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog
from slack_bolt import BoltRequest, BoltResponse
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.authorize import Authorize
from slack_bolt.middleware import Middleware

from bot.errors import Unavailable
from bot.people import Profile
from handlers.service import Charter
from handlers.service.installations import Standing
from handlers.slack import Installation, Slack, SlackClient
from handlers.slack.installed import authorized

MOST_TOLD = 10_000
"""Teams without an installation that are kept in mind, so as to be logged once."""

log = structlog.get_logger("charter.tenants")


@dataclass(frozen=True, slots=True)
class Tenant:
    """One workspace: Slack as it is reached there, who Charter is there, and Charter's number."""

    slack: Slack
    installation: Installation
    workspace: int


class Tenants(ABC):
    """All of them, for whoever acts in one. Thread-safe. `client` is of none of them."""

    client: SlackClient

    @abstractmethod
    def connect(self, charter: Charter) -> None:
        """Begin to serve. Raises `BadSettings` where Slack does not take a token that was set,
        `Unavailable` where Slack or the database is away.
        """

    @abstractmethod
    def of(self, team: str | None) -> Tenant | None:
        """The one that a payload of this team is of; None where Charter is not installed. Not every
        payload names the team's organisation, and a team's id is no other one's.

        Raises `Unavailable` where that cannot be told.
        """

    @abstractmethod
    def every(self) -> Sequence[Tenant]:
        """Those that are served by now."""

    @abstractmethod
    def look(self) -> None:
        """Notice who came and who went. Raises `Unavailable` where that cannot be told."""

    @abstractmethod
    def gone(self) -> Sequence[Standing]:
        """Those that took Charter away, as Slack tells who asks: it may be that nobody heard so."""

    @abstractmethod
    def ready(self, tenant: Tenant, *, early: bool = False) -> None:
        """See to it that its token is good for what comes next; `early`, where nobody waits, also
        that it goes on to be. Raises nothing.
        """

    @abstractmethod
    def close(self) -> None:
        """Hang up."""

    # What the clock asks Slack

    def everyone(self, workspace: int) -> Sequence[Profile]:
        return self._reached(workspace).everyone()

    def quiet_until(self, workspace: int, slack_id: str, now: datetime) -> datetime | None:
        return self._reached(workspace).quiet_until(slack_id, now)

    def readers(
        self, workspace: int, channel: str, met: Collection[str]
    ) -> tuple[frozenset[str], bool]:
        """Who is in a channel, and whether there are guests among those who are not `met`. Raises
        `Refused` where Slack hides it.
        """
        slack = self._reached(workspace)
        users = slack.members(channel)
        return users, slack.has_guests(users.difference(met))

    @abstractmethod
    def _reached(self, workspace: int) -> Slack:
        """Slack as it is reached in a workspace; `Unavailable` where that has just gone."""


class One(Tenants):
    """The one workspace whose token stands in the environment."""

    def __init__(self, slack: Slack) -> None:
        self.client = slack.client
        self._slack = slack
        self._tenant: Tenant | None = None

    def connect(self, charter: Charter) -> None:
        """Ask Slack whose token it is, and find that workspace or make it."""
        told = self._slack.installation()
        workspace = charter.workspaces.connect(told.team, told.enterprise, told.team_name)
        self._tenant = Tenant(self._slack, told, workspace)

    def of(self, team: str | None) -> Tenant | None:
        return self._tenant

    def every(self) -> Sequence[Tenant]:
        return (self._tenant,) if self._tenant else ()

    @property
    def tenant(self) -> Tenant:
        """The one there is, once it is connected."""
        assert self._tenant is not None
        return self._tenant

    def look(self) -> None:
        """Nobody comes or goes."""

    def gone(self) -> Sequence[Standing]:
        return ()

    def ready(self, tenant: Tenant, *, early: bool = False) -> None:
        """Its token is the environment's to renew."""

    def _reached(self, workspace: int) -> Slack:
        return self._slack

    def close(self) -> None:
        self._slack.close()


class Door(Middleware):
    """Finds the tenant that a payload is of, before anything else. One of a team that has not
    installed Charter is acknowledged, and nothing comes of it.
    """

    def __init__(self, tenants: Tenants) -> None:
        self._tenants = tenants
        self._told: dict[tuple[str | None, str | None], None] = {}

    def process(
        self, *, req: BoltRequest, resp: BoltResponse, next: Callable[[], BoltResponse]
    ) -> BoltResponse | None:
        if req.body.get("type") == "url_verification":  # Slack asks of the app, not of a team
            return next()
        enterprise, team = req.context.enterprise_id, req.context.team_id
        try:
            tenant = self._tenants.of(team)
        except Unavailable:
            return BoltResponse(status=503)  # Slack sends events again
        if tenant is None:
            self._tell(enterprise, team)
            return BoltResponse(status=200)
        req.context["tenant"] = tenant
        req.context["tenants"] = self._tenants
        return next()

    def _tell(self, enterprise: str | None, team: str | None) -> None:
        if (enterprise, team) not in self._told and len(self._told) < MOST_TOLD:
            self._told[enterprise, team] = None
            log.warning("not_installed", enterprise=enterprise, team=team)


class Recognised(Authorize):
    """Who Charter is for the tenant that was found: Slack is not asked again for every request."""

    def __init__(self) -> None:
        """Nothing is kept here: Bolt's own has no types."""

    def __call__(self, **request: Any) -> AuthorizeResult:
        tenant: Tenant = request["context"]["tenant"]
        return authorized(tenant.installation, tenant.slack.client.token or "")
