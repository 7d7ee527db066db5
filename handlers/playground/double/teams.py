"""Several workspaces of one app behind one Web API: whose call it is, its token tells.

The app is installed by OAuth, as at slack.com: `approve` is what Slack's page does when somebody
lets the app in, and oauth.v2.access gives tokens for the code that comes of it.
"""

import base64
import binascii
import itertools
import json
import secrets
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit
from wsgiref.types import StartResponse, WSGIEnvironment

from handlers.playground.double import Double
from handlers.playground.double.check import Json
from handlers.playground.double.errors import Refusal
from handlers.playground.double.model import App
from handlers.playground.double.server import serving

ACCESS = "/api/oauth.v2.access"
CODE_LIFE = timedelta(minutes=10)
TOKEN_LIFE = timedelta(hours=12)
FIELDS = frozenset({"code", "redirect_uri", "grant_type", "refresh_token"})


@dataclass(frozen=True, slots=True)
class Code:
    """What Slack sends back with somebody who let the app in; it serves once, for a while."""

    double: Double
    scopes: frozenset[str]
    issued: datetime
    whole_organisation: bool = False


class Teams:
    """The workspaces, and the app as slack.com knows it. With `rotates` its tokens end."""

    def __init__(
        self,
        clock: Callable[[], datetime],
        app: App,
        *,
        redirect_url: str = "https://charter.example/slack/oauth_redirect",
        rotates: bool = False,
        **more: Any,
    ) -> None:
        self.client_id = "1111.2222"
        self.client_secret = "playground-client-secret"
        self.redirect_url = redirect_url
        self.rotates = rotates
        self.doubles: dict[str, Double] = {}
        self.refreshed: list[str] = []
        """The teams whose tokens were renewed, one after another."""
        self._clock = clock
        self._app = app
        self._more = more
        self._numbers = itertools.count(1)
        self._codes: dict[str, Code] = {}
        self._spent: set[str] = set()
        self._refresh: dict[str, Double] = {}
        self._given: dict[str, Double] = {}
        self.url = ""

    def add(self, team_id: str, name: str, enterprise_id: str | None = None) -> Double:
        """A workspace that has not installed the app yet."""
        number = next(self._numbers)
        app = replace(
            self._app, bot_user_id=f"U0BOT{number}", bot_id=f"B0BOT{number}", bot_token=""
        )
        double = Double(
            self._clock,
            app,
            team_id=team_id,
            team_name=name,
            team_domain=name.casefold(),
            enterprise_id=enterprise_id,
            **self._more,
        )
        if self.doubles:
            double.share_sockets(next(iter(self.doubles.values())))
        double.base_url = f"{self.url}/{team_id}"
        self.doubles[team_id] = double
        return double

    # Installing, and taking away

    def approve(self, double: Double, url: str, *, whole_organisation: bool = False) -> str:
        """Somebody lets the app in, at the address that it sent them to; gives where they land."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        if asked.get("client_id") != self.client_id:
            raise LookupError("invalid_client_id")
        scopes = frozenset(asked["scope"].split(","))
        if unknown := scopes - self._app.scopes:
            raise LookupError(f"invalid_scope: {', '.join(sorted(unknown))}")
        code = f"{double.space.team_id}.{secrets.token_hex(16)}"
        self._codes[code] = Code(double, scopes, self._clock(), whole_organisation)
        return f"{self.redirect_url}?{urlencode({'code': code, 'state': asked['state']})}"

    def take_away(self, double: Double) -> None:
        """Somebody takes the app away: its tokens end, then it hears so."""
        self._kill(double, "account_inactive")
        double.uninstall()

    def _kill(self, double: Double, why: str) -> None:
        space = double.space
        with space.change():
            ended = filter(None, (space.app.bot_token, *space.token_ends))
            space.dead_tokens |= dict.fromkeys(ended, why)
            space.token_ends.clear()
            space.app = replace(space.app, bot_token="")
        self._refresh = {token: one for token, one in self._refresh.items() if one is not double}

    # Answering the app

    def wsgi(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        if path == ACCESS:
            return self._access(environ, start)
        team, _, rest = path.removeprefix("/").partition("/")
        if team in self.doubles:
            return self.doubles[team].wsgi({**environ, "PATH_INFO": f"/{rest}"}, start)
        token = environ.get("HTTP_AUTHORIZATION", "").removeprefix("Bearer ").strip()
        # Without a look into the others: one that hangs is to hold up none of them.
        double = self._given.get(token) or next(iter(self.doubles.values()))
        return double.wsgi(environ, start)

    @contextmanager
    def serve(self) -> Iterator[str]:
        """Serves the Web API on a free port of 127.0.0.1 and gives its base URL."""
        with serving(self.wsgi) as url:
            self.url = url
            for team, double in self.doubles.items():
                double.base_url = f"{url}/{team}"
            try:
                yield url
            finally:
                for double in self.doubles.values():
                    double.close()

    @property
    def api_url(self) -> str:
        return f"{self.url}/api/"

    def _access(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        try:
            answer = {"ok": True, **self._granted(environ)}
        except Refusal as refusal:
            answer = refusal.body()
        body = json.dumps(answer).encode()
        kind = ("Content-Type", "application/json; charset=utf-8")
        start("200 OK", [kind, ("Content-Length", str(len(body)))])
        return [body]

    def _granted(self, environ: WSGIEnvironment) -> Json:
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)).decode()
        args = dict(parse_qsl(body))
        if (client := _basic(environ)) is None:
            raise Refusal("invalid_client_id")
        if client[0] != self.client_id:
            raise Refusal("invalid_client_id")
        if client[1] != self.client_secret:
            raise Refusal("bad_client_secret")
        if unknown := set(args) - FIELDS:
            raise Refusal("invalid_arguments", faults=sorted(unknown))
        if args.get("grant_type") == "refresh_token":
            return self._renewed(args.get("refresh_token", ""))
        if args.get("redirect_uri", self.redirect_url) != self.redirect_url:
            raise Refusal("bad_redirect_uri")
        return self._installed(args.get("code", ""))

    def _installed(self, word: str) -> Json:
        if word in self._spent:
            raise Refusal("code_already_used")
        code = self._codes.pop(word, None)
        if code is None or self._clock() - code.issued > CODE_LIFE:
            raise Refusal("invalid_code")
        self._spent.add(word)
        space = code.double.space
        with space.change():
            space.app = replace(space.app, scopes=code.scopes)
        told = self._tokens(code.double)
        enterprise = {"id": space.enterprise_id, "name": space.team_name}
        return told | {
            "app_id": space.app.id,
            "team": None
            if code.whole_organisation
            else {"id": space.team_id, "name": space.team_name},
            "enterprise": enterprise if space.enterprise_id else None,
            "authed_user": {"id": "U0INSTALLER"},
            "is_enterprise_install": code.whole_organisation,
        }

    def _renewed(self, refresh: str) -> Json:
        """New tokens for one that was given with the last ones; it serves once."""
        double = self._refresh.pop(refresh, None)
        if double is None:
            raise Refusal("invalid_refresh_token")
        self.refreshed.append(double.space.team_id)
        space = double.space
        return self._tokens(double) | {
            "app_id": space.app.id,
            "team": {"id": space.team_id, "name": space.team_name},
            "enterprise": None,
        }

    def _tokens(self, double: Double) -> Json:
        space, kind = double.space, "xoxe.xoxb" if self.rotates else "xoxb"
        token = f"{kind}-{space.team_id}-{secrets.token_hex(12)}"
        told: Json = {
            "access_token": token,
            "token_type": "bot",
            "scope": ",".join(sorted(space.app.scopes)),
            "bot_user_id": space.app.bot_user_id,
        }
        self._given[token] = double
        with space.change():
            space.app = replace(space.app, bot_token=token)
            if self.rotates:
                space.token_ends[token] = space.now() + TOKEN_LIFE
        if self.rotates:
            refresh = f"xoxe-1-{secrets.token_hex(16)}"
            self._refresh[refresh] = double
            told |= {"refresh_token": refresh, "expires_in": int(TOKEN_LIFE.total_seconds())}
        return told


def _basic(environ: WSGIEnvironment) -> tuple[str, str] | None:
    kind, _, told = environ.get("HTTP_AUTHORIZATION", "").partition(" ")
    try:
        name, _, secret = base64.b64decode(told, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    return (name, secret) if kind == "Basic" else None
