"""Asking servers over HTTP: the one place where a source meets the network.

A `Web` for each configured server, which alone it can reach; a `Visit` for one pass over it, which
ends after so much. All that ask one host share its `Budget`. Whatever fails is a `Failed` that
carries a `Trouble`: sources turn it into their answer. No secret stands in any of these, nor in an
address.
"""

import hashlib
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Any

import httpx
import stamina
import stamina.instrumentation

from bot.sources import replies
from bot.sources.base import Etags, Kept, Trouble, Why
from bot.sources.budget import Budget, Budgets
from bot.sources.credentials import Credentials, Fixed
from bot.sources.exchanges import Listener, heard, nobody
from bot.sources.links import Server
from bot.sources.replies import BREAKS, Failed, Passing, Reply, again, judged
from bot.sources.unpacking import pieces

CONNECTIONS = httpx.Limits(max_connections=16, max_keepalive_connections=8, keepalive_expiry=55)
LARGEST = 8 * 1024 * 1024
TOO_LARGE = "It answers with more than 8 MB."
ANOTHER_TIME = timedelta(minutes=1)
"""By how much clocks have to differ before that may be why we were refused."""
ENOUGH = Trouble(
    Why.RATE_LIMITED, detail="Charter asked enough for one pass; the rest follows in the next."
)
HOPS = 3
BROKEN = 3
"""Broken replies after which a pass leaves a server alone; where nobody answers, one is enough."""

NOTHING: Mapping[str, str] = {}
ANYBODY: Credentials = Fixed()
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
REDIRECTS = {301, 302, 303, 307, 308}

# What stamina would log stands in the trouble anyway; unconfigured it writes to standard output.
stamina.instrumentation.set_on_retry_hooks([])


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is asked of a server, and how long is waited for it (in seconds).

    `budget` are the requests of one pass. `silence` is what may pass between two pieces of a reply,
    `reply` until all of it is there. After `whole_pass` nothing more is asked: what is under way by
    then ends within `longest`.
    """

    budget: int = 300
    attempts: int = 3
    connect: float = 4.0
    silence: float = 10.0
    reply: float = 30.0
    request: float = 25.0
    whole_pass: float = 45.0

    @property
    def longest(self) -> float:
        """How long a pass takes at most, to its very end."""
        return self.whole_pass + self.connect + self.reply + 2 * self.silence


@dataclass(frozen=True, slots=True)
class Tools:
    """What sources are made with. Without `etags` every answer is sent anew."""

    clock: Callable[[], datetime]
    budgets: Budgets
    etags: Etags | None = None
    limits: Limits = Limits()
    listener: Listener = nobody

    def web(
        self,
        server: Server,
        credentials: Credentials = ANYBODY,
        headers: Mapping[str, str] = NOTHING,
        *,
        keeps: bool = False,
    ) -> "Web":
        """A way to one server; `keeps` what it answers with a tag for the next time."""
        return Web(
            server,
            client(self.limits),
            self.clock,
            self.budgets.of(server),
            credentials,
            headers,
            self.etags if keeps else None,
            self.limits,
            self.listener,
        )


def client(limits: Limits) -> httpx.Client:
    """The client of a source. It follows no redirects by itself."""
    timeout = httpx.Timeout(limits.silence, connect=limits.connect)
    packed = {"Accept-Encoding": "gzip"}
    return httpx.Client(timeout=timeout, limits=CONNECTIONS, follow_redirects=False, headers=packed)


@dataclass(eq=False, slots=True)
class Web:
    """One configured server, and how to introduce ourselves there.

    `etags` keeps answers for it, and is to be left out where a credential could be guessed from a
    digest of it (a password). Where the server has had enough of us, nothing is asked before
    `banned_until`, in later passes neither. The `budget` is the host's, whoever asks there.
    """

    server: Server
    http: httpx.Client
    clock: Callable[[], datetime]
    budget: Budget
    credentials: Credentials = ANYBODY
    headers: Mapping[str, str] = field(default_factory=dict)
    etags: Etags | None = None
    limits: Limits = Limits()
    listener: Listener = nobody
    banned_until: datetime = LONG_AGO
    skew: timedelta = timedelta()
    """How far the server's clock is ahead of ours, as it said last."""

    def theirs(self) -> datetime:
        """What time it is there."""
        return self.clock() + self.skew

    def visit(self, deadline: float | None = None) -> "Visit":
        """Begin a pass, or (`deadline`) a part of one that ends then."""
        ends = time.monotonic() + self.limits.whole_pass if deadline is None else deadline
        return Visit(self, self.limits.budget, ends)

    def close(self) -> None:
        self.http.close()


@dataclass(slots=True)
class Visit:
    """One pass over a server: counts what it asks, and stops where asking on is of no use."""

    web: Web
    left: int
    deadline: float
    broken: int = 0
    stopped: Trouble | None = None

    def get(
        self,
        path: str,
        *,
        expect: frozenset[int] = frozenset(),
        headers: Mapping[str, str] = NOTHING,
        **parameters: str | int,
    ) -> Reply:
        """Read a path below the server's address. `expect` are further statuses to be given back.

        What was kept from last time is given again where the server says that it still holds.
        """
        request = self._request("GET", path, headers, params=parameters or None)
        key = self._key(request)
        kept = self.web.etags.get(key) if self.web.etags else None
        if kept:
            request.headers["If-None-Match"] = kept.etag
        reply = self._ask(request, expect | {HTTPStatus.NOT_MODIFIED if kept else HTTPStatus.OK})
        if kept and reply.status == HTTPStatus.NOT_MODIFIED:
            return Reply(HTTPStatus.OK, kept.body, reply.headers)
        etag = reply.headers.get("etag")
        if self.web.etags and etag and reply.status == HTTPStatus.OK:
            reply.json()  # raises before nonsense is kept
            self.web.etags.put(key, Kept(etag, reply.body))
        return reply

    def post(
        self,
        path: str,
        body: Any,
        *,
        expect: frozenset[int] = frozenset(),
        headers: Mapping[str, str] = NOTHING,
    ) -> Reply:
        """Ask by POST. Only for questions: it is sent again where an answer gets lost."""
        return self._ask(self._request("POST", path, headers, json=body), expect)

    def _request(
        self, method: str, path: str, more: Mapping[str, str], **what: Any
    ) -> httpx.Request:
        introduced = {**self.web.headers, **self.web.credentials.headers()}
        headers = {"User-Agent": "Charter", **introduced, **more}
        url = self.web.server.url + path
        return self.web.http.build_request(method, url, headers=headers, **what)

    def _key(self, request: httpx.Request) -> str:
        """Who asks, how and for what, as a digest: tokens are too long to be guessed from it."""
        named = ("accept", "x-github-api-version")
        parts = [
            self.web.credentials.scope,
            request.method,
            str(request.url),
            *(request.headers.get(name, "") for name in named),
        ]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()

    def _ask(self, request: httpx.Request, expect: frozenset[int]) -> Reply:
        if self.stopped:
            raise Failed(self.stopped)
        if self.web.banned_until > self.web.clock():
            raise Failed(Trouble(Why.RATE_LIMITED, self.web.banned_until))
        if until := self.web.budget.rests_until(self.web.credentials.scope, request.method):
            raise Failed(Trouble(Why.RATE_LIMITED, until))
        before = self.web.skew
        try:
            return self._attempted(request, expect)
        except Failed as failed:
            if not self._has_others(failed, request, before):
                self._learn(failed.trouble)
                raise
        request.headers.update(self.web.credentials.headers())
        try:
            return self._attempted(request, expect)
        except Failed as failed:
            self._learn(failed.trouble)
            raise

    def _has_others(self, failed: Failed, request: httpx.Request, skew: timedelta) -> bool:
        """Whether other credentials may be taken: some say what time it is, and we did not know
        that there it is another; a token may have been taken back.
        """
        if failed.trouble.why is not Why.UNAUTHORISED:
            return False
        others = self.web.credentials.refused(request.headers)
        return others or abs(self.web.skew - skew) >= ANOTHER_TIME

    def _attempted(self, request: httpx.Request, expect: frozenset[int]) -> Reply:
        for attempt in stamina.retry_context(
            again,
            attempts=self.web.limits.attempts,
            timeout=self.web.limits.request,
            wait_initial=0.3,
            wait_max=2,
            wait_jitter=0.3,
        ):
            with attempt:
                return self._followed(request, expect)
        raise AssertionError("stamina attempts at least once")

    def _learn(self, trouble: Trouble) -> None:
        """Stop the pass where the next question would fare no better."""
        if trouble.why is Why.RATE_LIMITED and trouble.until:
            self.web.banned_until = trouble.until
        if trouble.why is Why.AWAY:
            self.broken += 1
        silent = trouble.why is Why.AWAY and trouble.detail != BREAKS
        if silent or self.broken >= BROKEN or trouble.why in (Why.UNAUTHORISED, Why.RATE_LIMITED):
            self.stopped = trouble

    def _followed(self, request: httpx.Request, expect: frozenset[int]) -> Reply:
        """The reply, after redirects within the server: they happen where a project was renamed."""
        for _ in range(HOPS + 1):
            reply = self._sent(request)
            if reply.status not in REDIRECTS:
                return judged(reply, expect, self.web.clock())
            request = self._redirected(request, reply)
        raise Failed(Trouble(Why.GARBAGE, detail="It sends Charter around in circles."))

    def _redirected(self, request: httpx.Request, reply: Reply) -> httpx.Request:
        elsewhere = Trouble(
            Why.GARBAGE,
            detail="It sends Charter on to another address, where Charter does not go: "
            "perhaps a sign-in page stands before it.",
        )
        try:
            target = request.url.join(reply.headers.get("location", ""))
            server = Server.at(str(target))
        except (ValueError, httpx.InvalidURL):
            raise Failed(elsewhere) from None
        if server.origin != self.web.server.origin or request.method != "GET":
            raise Failed(elsewhere)
        if request.url.query and not target.query:  # what was asked for is still asked for there
            target = target.copy_with(query=request.url.query)
        return self.web.http.build_request("GET", target, headers=request.headers)

    def _sent(self, request: httpx.Request) -> Reply:
        is_over = self.left <= 0 or time.monotonic() > self.deadline
        if is_over or not self.web.budget.spend():
            raise Failed(ENOUGH)
        self.left -= 1
        told = self._answered(request)
        now = self.web.clock()
        self.web.skew = replies.time_there(told, now) - now
        scope = self.web.credentials.scope
        self.web.budget.told(scope, request.method, replies.left(told, now))
        return told

    def _answered(self, request: httpx.Request) -> Reply:
        host = self.web.server.host
        with heard(self.web.listener, host, request.method) as exchange, _reaching():
            reply = self.web.http.send(request, stream=True)
            try:
                told = Reply(reply.status_code, self._body(reply), _headers(reply))
            finally:
                reply.close()
            exchange.status = told.status
            return told

    def _body(self, reply: httpx.Response) -> str:
        """The whole body, unless it is too large or comes too slowly."""
        until = time.monotonic() + self.web.limits.reply
        packing = reply.headers.get("content-encoding", "identity")
        read = bytearray()
        for piece in pieces(packing, reply.iter_raw()):
            read += piece
            if len(read) > LARGEST:
                raise Failed(Trouble(Why.GARBAGE, detail=TOO_LARGE))
            if time.monotonic() > until:
                raise Failed(Trouble(Why.AWAY, detail="Its answer comes too slowly."))
        return read.decode("utf-8", "replace")

    def broke_off(self) -> None:
        """Count what a server says in its own way, instead of a status: that it is broken."""
        self._learn(Trouble(Why.AWAY, detail=BREAKS))

    def limited(self, reply: Reply) -> Failed:
        """The trouble of a reply that says in its own way that we ask too much."""
        failed = replies.limited(reply, self.web.clock())
        self._learn(failed.trouble)
        return failed


def _headers(reply: httpx.Response) -> dict[str, str]:
    return {name.lower(): value for name, value in reply.headers.items()}


@contextmanager
def _reaching() -> Iterator[None]:
    """Turn what httpx raises into troubles of fixed words: its own may quote an address."""
    try:
        yield
    except httpx.TimeoutException:
        raise Passing(Trouble(Why.AWAY, detail="It does not answer in time.")) from None
    except httpx.ConnectError as error:
        if "CERTIFICATE" in str(error):
            detail = "Its certificate is not one that this machine trusts."
            raise Failed(Trouble(Why.AWAY, detail=detail)) from None
        raise Passing(Trouble(Why.AWAY, detail="Nobody answers at its address.")) from None
    except httpx.RequestError:
        raise Passing(Trouble(Why.AWAY, detail="It breaks off while answering.")) from None
