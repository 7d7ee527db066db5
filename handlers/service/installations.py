"""Where Charter is installed, with tokens as they are shown to Slack; and what becomes of the data
of a workspace that took Charter away.
"""

import hashlib
import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import Table
from sqlalchemy.exc import IntegrityError

from bot.settings import Settings
from handlers.service.facts import FactsCache
from handlers.service.records import looked_into
from handlers.service.workspaces import connected
from storage import claims, forgetting, installations
from storage.database import Database
from storage.installations import Change, Kept
from storage.vault import Locked, Vault, new_key

__all__ = [
    "Change",
    "Granted",
    "Installations",
    "Locked",
    "Seen",
    "Standing",
    "Tokens",
    "Vault",
    "new_key",
]

KEPT_UNINSTALLED = timedelta(days=30)
"""How long the data of a workspace is kept after it took Charter away, unless set otherwise."""
STATE_SECONDS = 600
"""How long somebody may take to install Charter, once they began."""
RENEWAL = timedelta(minutes=1)
"""How long one replica may take to renew a token before another one tries."""

log = structlog.get_logger("charter.installations")


@dataclass(frozen=True, slots=True, repr=False)
class Tokens:
    """What Charter shows Slack: the bot token and, where that ends, what renews it."""

    bot: str
    refresh: str = ""
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Granted:
    """What Slack says once a team has installed Charter."""

    enterprise: str | None
    team: str
    team_name: str
    bot_user: str
    bot: str | None
    url: str
    scopes: str
    tokens: Tokens


@dataclass(frozen=True, slots=True)
class Standing(Granted):
    """An installation that stands, since `installed_at`; `key` is its own, `workspace` Charter's
    number of the team.
    """

    key: int
    workspace: int
    installed_at: datetime


@dataclass(frozen=True, slots=True)
class Seen:
    """What a look found: the mark of this state, all that stand and can be opened, and the
    workspaces of those whose tokens no key opens, by their teams.
    """

    change: Change
    standing: tuple[Standing, ...]
    locked: dict[str, int]


class Installations:
    """Keeps them. Thread-safe. Without a `vault` there are none."""

    def __init__(
        self,
        database: Database,
        clock: Callable[[], datetime],
        cache: FactsCache,
        vault: Vault | None = None,
        kept_for: timedelta = KEPT_UNINSTALLED,
    ) -> None:
        self._db = database
        self._clock = clock
        self._cache = cache
        self._vault = vault
        self._kept_for = kept_for
        self._owner = claims.new_owner()

    # Finding them

    def since(self, change: Change | None) -> Seen | None:
        """All there are; None where nothing changed since that mark."""
        with self._db.read() as session:
            now = installations.change(session)
            if now == change:
                return None
            seen = self._seen(now, installations.standing(session))
        for team in seen.locked:
            log.error("installation_locked", team=team)
        return seen

    def forget_facts(self, workspace: int) -> None:
        """It went, or one came that may have its number: nothing that was read of it stays."""
        self._cache.forget(workspace)

    def every(self) -> tuple[Standing, ...]:
        """All that stand and can be opened."""
        seen = self.since(None)
        return seen.standing if seen else ()

    def _seen(self, change: Change, kept: tuple[Kept, ...]) -> Seen:
        opened = [(one, self._tokens(one)) for one in kept]
        return Seen(
            change,
            tuple(_standing(one, tokens) for one, tokens in opened if tokens),
            {one.team_id: one.workspace_id for one, tokens in opened if not tokens},
        )

    def _tokens(self, kept: Kept) -> Tokens | None:
        if self._vault is None:
            return None
        try:
            told = json.loads(self._vault.opened(kept.sealed))
        except Locked:
            return None
        return Tokens(told["bot"], told["refresh"], kept.expires_at)

    # Coming and going

    def install(self, granted: Granted) -> int:
        """Keep that a team has installed Charter, or has it back; gives its workspace's number."""
        try:
            workspace = self._installed(granted)
        except IntegrityError:  # another replica of ours connected the team at the same moment
            workspace = self._installed(granted)
        log.info("installed", workspace=workspace, team=granted.team)
        return workspace

    def _installed(self, granted: Granted) -> int:
        """The workspace is found and kept in one go: it may be about to be deleted."""
        now = self._clock()
        values = {
            "enterprise_id": granted.enterprise or "",
            "team_id": granted.team,
            "team_name": granted.team_name,
            "bot_user": granted.bot_user,
            "bot": granted.bot,
            "url": granted.url,
            "scopes": granted.scopes,
            "sealed": self._sealed(granted.tokens, now),
            "expires_at": granted.tokens.expires_at,
            "installed_at": now,
        }
        enterprise, name = granted.enterprise or "", granted.team_name
        with self._db.begin() as session:
            installations.take_turn(session)
            workspace = connected(session, now, granted.team, enterprise, name, only_first=True)
            installations.keep(session, values | {"workspace_id": workspace}, now)
        return workspace

    def take_away(self, workspace: int, before: datetime) -> bool:
        """The team took Charter away before then: its tokens are deleted at once. False where it
        has installed Charter again by now.
        """
        with self._db.begin() as session:
            gone = installations.take_away(session, workspace, before, self._clock())
            stands = installations.stands(session, workspace)
        if gone:
            log.info("uninstalled", workspace=workspace)
        return not stands

    def end(self, standing: Standing) -> bool:
        """Slack says that the team took Charter away: its tokens are deleted, if these are still
        the ones that stand.
        """
        with self._db.begin() as session:
            kept = installations.of(session, standing.key)
            if kept is None or self._tokens(kept) != standing.tokens:
                return False
            gone = installations.take_away_these(session, kept, self._clock())
        if gone:
            log.info("uninstalled", workspace=standing.workspace)
        return gone

    def sweep(self) -> None:
        """Delete all that is kept of workspaces that took Charter away long ago."""
        now = self._clock()
        before = now - self._kept_for
        with self._db.begin() as session:
            for workspace in installations.forget_gone(session, before):
                forgetting.cut_off(session, workspace, now)
        with self._db.read() as session:
            left = forgetting.cut_off_ones(session)
        for workspace in left:
            for table in forgetting.tables():
                self._empty(table, workspace)
            self._cache.forget(workspace)
            log.info("workspace_deleted", workspace=workspace)

    def _empty(self, table: Table, workspace: int) -> None:
        """Delete what a table holds of a workspace; between batches others have their turn."""
        has_more = True
        while has_more:
            with self._db.begin() as session:
                has_more = forgetting.delete_some(session, table, workspace)

    # Renewing tokens

    def begin_renewal(self, key: int) -> Standing | None:
        """The installation as it stands, for whoever is first to renew its tokens."""
        with self._db.begin() as session:
            kept = installations.begin_renewal(session, key, self._owner, self._clock(), RENEWAL)
            tokens = self._tokens(kept) if kept else None
            if kept and tokens is None:  # another replica has the key
                installations.end_renewal(session, key, self._owner)
        return _standing(kept, tokens) if kept and tokens else None

    def end_renewal(self, standing: Standing, tokens: Tokens | None) -> None:
        """Keep the new tokens, if there are any, in the place of those that were; the next renewal
        may be begun. Where others came meanwhile, those stay.
        """
        now = self._clock()
        with self._db.begin() as session:
            kept = installations.of(session, standing.key)
            was = self._tokens(kept) if kept else None
            if kept and was and tokens and was.refresh == standing.tokens.refresh:
                sealed = self._sealed(tokens, now)
                installations.renew(session, kept, sealed, tokens.expires_at, now)
            installations.end_renewal(session, standing.key, self._owner)

    def seal_anew(self) -> int:
        """Seal all tokens with the first key; gives how many. Raises `Locked` where no key opens
        one, and then none is changed.
        """
        assert self._vault is not None
        with self._db.begin() as session:
            kept = [one for one in installations.every(session) if one.sealed]
            anew = [(one, self._vault.anew(one.sealed)) for one in kept]
            return sum(installations.seal_anew(session, one, sealed) for one, sealed in anew)

    def _sealed(self, tokens: Tokens, now: datetime) -> str:
        assert self._vault is not None
        told: dict[str, Any] = {"bot": tokens.bot, "refresh": tokens.refresh}
        return self._vault.sealed(json.dumps(told), now)

    # Who began to install

    def begun(self) -> str:
        """A word that comes back with whoever finishes what they began here. Nothing is written:
        strangers may begin as often as they like.
        """
        assert self._vault is not None
        return self._vault.sealed(secrets.token_hex(8), self._clock()).rstrip("=")

    def finished(self, state: str) -> bool:
        """Whether it was begun here, within ten minutes, and is finished for the first time."""
        assert self._vault is not None
        now = self._clock()
        try:
            self._vault.opened_within(state + "=" * (-len(state) % 4), STATE_SECONDS, now)
        except (Locked, ValueError):
            return False
        key = f"oauth-state/{hashlib.sha256(state.encode()).hexdigest()}"
        lease = timedelta(seconds=STATE_SECONDS * 2)
        with self._db.begin() as session:
            return claims.claim(session, key, secrets.token_hex(8), now, lease)


def kept(
    settings: Settings, clock: Callable[[], datetime]
) -> tuple[tuple[Standing, ...], tuple[str, ...]]:
    """Those of a database that stand, and the teams whose tokens no key opens. Writes nothing; a
    database that is not there, or is not of this version, has none.
    """
    with looked_into(settings.database_url) as database:
        if database is None:
            return (), ()
        found = Installations(database, clock, FactsCache(), Vault(settings.secret_keys()))
        seen = found.since(None)
        return (seen.standing, tuple(seen.locked)) if seen else ((), ())


def _standing(kept: Kept, tokens: Tokens) -> Standing:
    return Standing(
        enterprise=kept.enterprise_id or None,
        team=kept.team_id,
        team_name=kept.team_name,
        bot_user=kept.bot_user,
        bot=kept.bot,
        url=kept.url,
        scopes=kept.scopes,
        tokens=tokens,
        key=kept.id,
        workspace=kept.workspace_id,
        installed_at=kept.installed_at,
    )
