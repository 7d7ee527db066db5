"""The workspaces that installed Charter by OAuth, as the database knows them.

Each process keeps them in memory, with a connected client each, and looks every second whether any
came, changed or went: that is one small read, whatever their number.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock

from bot.errors import Unavailable
from handlers.service import Charter
from handlers.service.installations import Change, Installations, Seen, Standing
from handlers.slack import Installation, Slack
from handlers.slack.standing import was_taken_away
from handlers.tenants import Tenant, Tenants
from handlers.tenants.renewal import Renewal

EARLY = timedelta(hours=2)
"""How long before its end a token is renewed."""
AGAIN = timedelta(minutes=1)
"""When it is tried again, where that failed."""


@dataclass(slots=True)
class _Held:
    """A tenant in memory; `next_try` is when its token may be renewed, if it ends at all."""

    tenant: Tenant
    standing: Standing
    next_try: datetime | None


class Many(Tenants):
    """All that stand in the database. `slack` has no token: what it reaches, they reach too."""

    def __init__(self, slack: Slack, clock: Callable[[], datetime], renewal: Renewal) -> None:
        self.client = slack.client
        self._slack = slack
        self._clock = clock
        self._renewal = renewal
        self._installations: Installations | None = None
        self._looking = Lock()
        self._seen: Change | None = None
        self._held: dict[int, _Held] = {}
        self._teams: dict[str, Tenant] = {}
        self._locked: frozenset[str] = frozenset()

    def connect(self, charter: Charter) -> None:
        self._installations = charter.installations
        self.look()

    def of(self, team: str | None) -> Tenant | None:
        found = self._teams.get(team or "")
        if found is None and team:
            self.look()
            found = self._teams.get(team)
        if found is None and team in self._locked:
            raise Unavailable("database")
        return found

    def every(self) -> Sequence[Tenant]:
        return [held.tenant for held in self._held.values()]

    def look(self) -> None:
        assert self._installations is not None
        with self._looking:
            found = self._installations.since(self._seen)
            if found is not None:
                self._seen = found.change
                self._take_in(found)

    def _take_in(self, found: Seen) -> None:
        """One whose token no key of this replica opens goes on with the token from before, where
        there is one: another replica may have sealed it anew with a key that is yet to come here.
        """
        before = self._held
        stay = {key: before[key] for key in found.locked.values() if key in before}
        now = stay | {
            one.workspace: self._taken(one, before.get(one.workspace)) for one in found.standing
        }
        self._forget_what_turned(before, now)
        self._serve(now)
        self._locked = frozenset(found.locked)
        kept = {id(one.tenant.slack) for one in now.values()}
        for one in before.values():
            if id(one.tenant.slack) not in kept:
                one.tenant.slack.leave()

    def _forget_what_turned(self, before: dict[int, _Held], now: dict[int, _Held]) -> None:
        """Let nothing stay of a workspace that went, nor of one whose number another has by now;
        nobody is served under that number meanwhile.
        """
        assert self._installations is not None
        turned = {
            key for key in before.keys() | now.keys() if _since(before, key) != _since(now, key)
        }
        if turned:
            self._serve({key: one for key, one in before.items() if key not in turned})
        for workspace in turned:
            self._installations.forget_facts(workspace)

    def _serve(self, held: dict[int, _Held]) -> None:
        self._held = held
        self._teams = {one.standing.team: one.tenant for one in held.values()}

    def gone(self) -> Sequence[Standing]:
        held = list(self._held.values())
        return [one.standing for one in held if was_taken_away(one.tenant.slack.client)]

    def _taken(self, one: Standing, held: _Held | None) -> _Held:
        ends = one.tokens.expires_at
        next_try = ends - EARLY if ends else None
        if held is None:
            slack = self._slack.beside(one.tokens.bot)
            return _Held(Tenant(slack, _installation(one), one.workspace), one, next_try)
        slack = held.tenant.slack
        slack.client.token = one.tokens.bot
        tenant = Tenant(slack, _installation(one), one.workspace)
        if ends == held.standing.tokens.expires_at:
            next_try = held.next_try
        return _Held(held.tenant if held.tenant == tenant else tenant, one, next_try)

    def ready(self, tenant: Tenant, *, early: bool = False) -> None:
        held, now = self._held.get(tenant.workspace), self._clock()
        ends = held.standing.tokens.expires_at if held else None
        if held is None or ends is None or held.next_try is None or now < held.next_try:
            return
        if not early and now < ends:
            return
        assert self._installations is not None
        held.next_try = now + AGAIN
        if self._renewal.renew(self._installations, held.standing.key, now + EARLY):
            self.look()

    def _reached(self, workspace: int) -> Slack:
        held = self._held.get(workspace)
        if held is None:  # it took Charter away a moment ago
            raise Unavailable("Slack")
        return held.tenant.slack

    def close(self) -> None:
        for held in self._held.values():
            held.tenant.slack.close()
        self._slack.close()


def _since(held: dict[int, _Held], workspace: int) -> tuple[int, datetime] | None:
    """Which installation a workspace is served by: numbers alone may be those of another before."""
    one = held.get(workspace)
    return (one.standing.key, one.standing.installed_at) if one else None


def _installation(one: Standing) -> Installation:
    return Installation(
        team=one.team,
        enterprise=one.enterprise,
        team_name=one.team_name,
        bot_user=one.bot_user,
        bot=one.bot,
        url=one.url,
    )
