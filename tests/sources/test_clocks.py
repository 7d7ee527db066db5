"""Charter's clock and a server's differ, by five minutes either way."""

from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from email.utils import format_datetime

import jwt
import pytest

from bot.sources import replies
from bot.sources.base import PullRequest, Trouble, Why
from tests.sources.answering import Answer, Asked, answering
from tests.sources.cases import CASES, INSTALLED, Pulls, said
from tests.sources.support import Clock
from tests.support.clock import T0

APP = next(case for case in CASES if case.name == "app")
each_skew = pytest.mark.parametrize("skew", [-5, -4, 0, 4, 5])


class Strict:
    """A GitHub that goes by its own clock: it takes no note of its future, none that has ended and
    none that lasts beyond ten minutes, and its tokens last an hour. It says what time it is.
    """

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.given: dict[str, datetime] = {}
        self.refused = 0

    def __call__(self, asked: Asked) -> Answer:
        answer = self._answered(asked)
        self.refused += answer.status == 401
        date = {"Date": format_datetime(self.clock.now, usegmt=True)}
        return replace(answer, headers={**answer.headers, **date})

    def _answered(self, asked: Asked) -> Answer:
        said_by = asked.headers.get("authorization", "").removeprefix("Bearer ")
        if asked.path.startswith("/app"):
            if not self._is_good(said_by):
                return Answer(401, {"message": "'Issued at' claim is in the future"})
        elif self.given.get(said_by, T0 - timedelta(days=1)) <= self.clock.now:
            return Answer(401, {"message": "Bad credentials"})
        if asked.path.endswith("/access_tokens"):
            token, until = f"{INSTALLED}{len(self.given)}", self.clock.now + timedelta(hours=1)
            self.given[token] = until
            return Answer(201, {"token": token, "expires_at": said(until)})
        return Pulls(graphql=True)(asked)

    def _is_good(self, note: str) -> bool:
        now = self.clock.now.timestamp()
        claims = jwt.decode(note, options={"verify_signature": False})
        return bool(claims["iat"] <= now < claims["exp"] <= now + 600)


@each_skew
def test_an_app_gets_in_whatever_its_clock_says(skew: int) -> None:
    theirs, ours = Clock(T0), Clock(T0 + timedelta(minutes=skew))
    hub = Strict(theirs)
    with answering(hub) as server, closing(APP.made(server.url, clock=ours)) as there:
        ref = APP.ref(there, server.url)
        assert isinstance(there.fetch([ref])[ref], PullRequest)
        assert hub.refused == (1 if skew > 0 else 0), "once, to learn"
        for _ in range(13):
            theirs.now += timedelta(minutes=10)
            ours.now += timedelta(minutes=10)
            assert isinstance(there.fetch([ref])[ref], PullRequest)
        assert len(hub.given) == 3, "each in time before the last one ends"


def test_who_is_refused_for_another_reason_is_asked_no_more() -> None:
    with answering(lambda _: Answer(401, {}, {"Date": format_datetime(T0, usegmt=True)})) as server:
        for minutes, times in ((0, 1), (5, 2)):
            clock = Clock(T0 + timedelta(minutes=minutes))
            server.asked.clear()
            with closing(APP.made(server.url, clock=clock)) as there:
                assert there.answers() == Trouble(Why.UNAUTHORISED)
            assert len(server.asked) == times


@each_skew
@pytest.mark.parametrize(
    "limit",
    [
        {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": str(int(T0.timestamp()) + 420)},
        {"Retry-After": format_datetime(T0 + timedelta(minutes=7), usegmt=True)},
        {"Retry-After": "420"},
    ],
    ids=["reset", "date", "seconds"],
)
def test_a_limit_that_ends_at_a_moment_is_kept_to_its_end_by_the_clock_there(
    skew: int, limit: dict[str, str]
) -> None:
    """And not a second longer than it said."""
    now = T0 + timedelta(minutes=skew)
    headers = {name.lower(): value for name, value in limit.items()}
    told = replies.Reply(403, "", {**headers, "date": format_datetime(T0, usegmt=True)})
    assert replies.limited(told, now).trouble == Trouble(
        Why.RATE_LIMITED, now + timedelta(minutes=7)
    )


@pytest.mark.parametrize("said_there", ["", "soon", "Mon, 23 Nov 2026 12:00:00 GMT"])
def test_a_clock_that_nobody_believes_is_not_gone_by(said_there: str) -> None:
    assert replies.time_there(replies.Reply(200, "", {"date": said_there}), T0) == T0
