"""How Charter gets in at GitHub: with one token for all, or as an app that was installed somewhere.

An app is asked for a token of each account that installed it; those last an hour, are renewed in
time and kept in memory alone. They are opaque: no length is assumed.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock
from typing import Any, Final, Protocol

import jwt
from jwt.algorithms import RSAAlgorithm

from bot.sources import reading
from bot.sources.base import Trouble, Why
from bot.sources.credentials import Credentials, bearer
from bot.sources.links import Server
from bot.sources.replies import Failed, Reply
from bot.sources.web import Tools, Web

HEADERS = {"Accept": "application/vnd.github+json", "X-GitHub-Api-Version": "2022-11-28"}
RENEWED_BEFORE = timedelta(minutes=5)
"""How long before its end a token is renewed."""
INSTALLATIONS_FOR = timedelta(minutes=10)
"""How long it is known who has installed the app."""
AGAIN_AFTER = timedelta(minutes=1)
"""How soon that is asked again where one of them is gone."""
TAKEN_AWAY = "The GitHub App is not installed there any more."
"""Nothing that lies there is gone for all that."""
PAGE = 100
PAGES = 10
AHEAD = timedelta(minutes=1)
_READS = dict.fromkeys(
    ("metadata", "contents", "pull_requests", "issues", "checks", "statuses"), "read"
)
_NARROW: Final = ({**_READS, "members": "read"}, _READS)
"""What a token is asked to be good for, the most first: to read, whatever else the app may do."""
_LACKS = 422
"""What GitHub says where the installation was not given all of it."""
PROVES_FOR = timedelta(minutes=9)
"""What an app proves itself with: from a minute ago, for clocks differ, for less than ten."""


class Doors(Protocol):
    """Ways in, by the account whose repository is asked for. Thread-safe."""

    @property
    def is_known(self) -> bool:
        """Whether GitHub knows who asks."""

    def to(self, owner: str) -> Web:
        """The way to repositories of an account. Raises `Failed` where there is none."""

    def any(self) -> Web:
        """The way by which it is asked whether GitHub answers at all."""

    def close(self) -> None:
        """Give the connections back."""


@dataclass(frozen=True, slots=True)
class OneDoor:
    """The same way everywhere."""

    web: Web
    is_known: bool

    def to(self, owner: str) -> Web:
        return self.web

    def any(self) -> Web:
        return self.web

    def close(self) -> None:
        self.web.close()


@dataclass(slots=True)
class Proof:
    """What an app proves itself with: a note signed with its key, which takes long to read and is
    read once.
    """

    app: str
    key: str = field(repr=False)
    clock: Callable[[], datetime]
    _read: Any = field(default=None, repr=False)

    @property
    def scope(self) -> str:
        return f"app/{self.app}"

    def headers(self) -> Mapping[str, str]:
        now = self.clock()
        note = {"iss": self.app, "iat": now - AHEAD, "exp": now + PROVES_FOR}
        try:
            if self._read is None:
                self._read = RSAAlgorithm(RSAAlgorithm.SHA256).prepare_key(self.key)
            return bearer(jwt.encode(note, self._read, "RS256"))
        except (jwt.PyJWTError, ValueError):
            detail = "GITHUB_APP_PRIVATE_KEY is no RSA key that can be read."
            raise Failed(Trouble(Why.UNAUTHORISED, detail=detail)) from None

    def refused(self, headers: Mapping[str, str]) -> bool:
        return False


@dataclass(slots=True)
class Installation:
    """The credentials of an app where it was installed."""

    id: int
    path: str
    proven: Web
    _token: str = field(default="", repr=False)
    _until: datetime | None = None
    _lock: Lock = field(default_factory=Lock, repr=False)
    is_gone: bool = False
    """Whether GitHub does not know it any more: it was taken away, and perhaps made anew."""

    @property
    def scope(self) -> str:
        return f"installation/{self.id}"

    def headers(self) -> Mapping[str, str]:
        with self._lock:
            now = self.proven.theirs()
            if self._until is None or self._until - RENEWED_BEFORE <= now:
                self._renew()
            return bearer(self._token)

    def refused(self, headers: Mapping[str, str]) -> bool:
        """Whoever has the app removed takes its token back; another thread may have a new one."""
        with self._lock:
            if headers.get("Authorization") == bearer(self._token)["Authorization"]:
                self._until = None
        return True

    def _renew(self) -> None:
        path = f"{self.path}/app/installations/{self.id}/access_tokens"
        try:
            reply = self._given(path)
        except Failed as failed:
            if failed.trouble.why is Why.NOT_FOUND:
                self.is_gone = True
                raise Failed(Trouble(Why.FORBIDDEN, detail=TAKEN_AWAY)) from None
            raise
        told = reading.mapping(reply.json())
        token, until = told.get("token"), reading.moment(told.get("expires_at"))
        if not isinstance(token, str) or not token.isascii() or not token or until is None:
            raise Failed(Trouble(Why.GARBAGE))
        self._token, self._until = token, until

    def _given(self, path: str) -> Reply:
        """A token for no more than is read; where the app was given less, for what it was given."""
        visit = self.proven.visit()
        for permissions in _NARROW:
            reply = visit.post(path, {"permissions": permissions}, expect=frozenset({_LACKS}))
            if reply.status != _LACKS:
                return reply
        return visit.post(path, {})


class AppDoors:
    """The ways of a GitHub App. `api` is the path of the REST API on the server."""

    is_known = True

    def __init__(self, tools: Tools, server: Server, proof: Proof) -> None:
        self._tools = tools
        self._server = server.root
        self._path = server.prefix
        self._proven = self._web(proof)
        proof.clock = self._proven.theirs  # GitHub takes no note that is of its future
        self._webs: dict[str, Web] = {}
        self._inside: dict[str, Installation] = {}
        self._ids: dict[str, int] = {}
        self._asked: datetime | None = None
        self._lock = Lock()

    def _web(self, credentials: Credentials) -> Web:
        return self._tools.web(self._server, credentials, HEADERS, keeps=True)

    def to(self, owner: str) -> Web:
        owner = owner.lower()
        with self._lock:
            now = self._proven.clock()
            inside = self._inside.get(owner)
            for_long = AGAIN_AFTER if inside and inside.is_gone else INSTALLATIONS_FOR
            if self._asked is None or now - self._asked >= for_long:
                self._ids = self._installations()
                self._asked = now
                for one, inside in [*self._inside.items()]:
                    if inside.is_gone or inside.id != self._ids.get(one):
                        del self._inside[one]
                        self._webs.pop(one).close()
            if owner not in self._ids:
                detail = f"The GitHub App is not installed at {owner}."
                raise Failed(Trouble(Why.FORBIDDEN, detail=detail))
            if owner not in self._webs:
                self._inside[owner] = Installation(self._ids[owner], self._path, self._proven)
                self._webs[owner] = self._web(self._inside[owner])
            return self._webs[owner]

    def _installations(self) -> dict[str, int]:
        """The accounts that have installed the app, in lower case, with the installation's id."""
        found: dict[str, int] = {}
        visit = self._proven.visit()
        for page in range(1, PAGES + 1):
            told = visit.get(f"{self._path}/app/installations", per_page=PAGE, page=page).json()
            if not isinstance(told, list) or not all(isinstance(one, dict) for one in told):
                raise Failed(Trouble(Why.GARBAGE))
            listed = list(reading.objects(told))
            for one in listed:
                login = reading.text(reading.mapping(one, "account").get("login")).lower()
                id = reading.whole(one.get("id"))
                if login and id is not None and one.get("suspended_at") is None:
                    found[login] = id
            if len(listed) < PAGE:
                break
        return found

    def any(self) -> Web:
        return self._proven

    def close(self) -> None:
        for web in (self._proven, *self._webs.values()):
            web.close()
