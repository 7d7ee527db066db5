"""Where the next look at a stream begins, also where something in it stays in trouble."""

from contextlib import closing
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.sources.base import Changes, Kind, Ref, Seen, Trouble, Why
from bot.sources.moved import changes
from tests.sources.answering import Answer, Asked, answering
from tests.sources.support import rest
from tests.support.clock import T0
from tests.support.evidence import PULL

SINCE = T0 - timedelta(days=1)
AWAY = Trouble(Why.AWAY)


def ref(number: int) -> Ref:
    return Ref("github", Kind.PULL_REQUEST, f"acme/churn#{number}", PULL.ref.url)


def reckoned(**more: Seen) -> Changes:
    """Three that moved at one, two and three hours after, of which these are otherwise."""
    moved = {ref(hour): SINCE + timedelta(hours=hour) for hour in (1, 2, 3)}
    seen: dict[Ref, Seen] = {one: more.get(f"of_{hour}", PULL) for hour, one in enumerate(moved, 1)}
    return changes(moved, seen, SINCE, T0)


def at(hour: int) -> datetime:
    return SINCE + timedelta(hours=hour)


def test_e6_what_was_told_lies_behind() -> None:
    found = reckoned(of_2=Trouble(Why.NOT_FOUND))
    assert (found.until, found.past, found.trouble) == (at(3), None, None)
    assert set(found.seen) == {ref(1), ref(2), ref(3)}


@pytest.mark.parametrize("why", [Why.AWAY, Why.FORBIDDEN, Why.GARBAGE])
def test_e6_one_thing_in_trouble_holds_up_the_rest_no_longer_than_it_has_to(why: Why) -> None:
    found = reckoned(of_1=Trouble(why))
    assert (found.until, found.past, found.trouble) == (at(1), at(3), Trouble(why))
    assert set(found.seen) == {ref(2), ref(3)}


@pytest.mark.parametrize("why", [Why.RATE_LIMITED, Why.UNAUTHORISED])
def test_e6_what_is_nobodys_own_trouble_is_waited_for(why: Why) -> None:
    found = reckoned(of_1=Trouble(why))
    assert (found.until, found.past) == (at(1), at(1))


def test_e6_where_nothing_was_told_after_it_the_server_may_be_away() -> None:
    found = reckoned(of_1=AWAY, of_2=AWAY, of_3=AWAY)
    assert (found.until, found.past) == (at(1), at(1))
    found = reckoned(of_1=AWAY, of_3=AWAY)
    assert (found.until, found.past) == (at(1), at(3))


def test_e6_what_moved_just_now_is_waited_for() -> None:
    moved = {ref(1): T0 - timedelta(minutes=59), ref(2): T0}
    found = changes(moved, {ref(1): AWAY, ref(2): PULL}, SINCE, T0)
    assert (found.until, found.past) == (moved[ref(1)], moved[ref(1)])


@pytest.mark.usefixtures("as_described")
def test_e6_a_thousand_issues_before_the_first_pull_request_are_gone_past() -> None:
    """GitHub lists pull requests from a moment on among issues alone."""
    began = T0 - timedelta(days=14)

    def script(asked: Asked) -> Answer:
        if asked.path.endswith("/pulls"):
            return Answer(200, [told(5000 + n, T0) for n in range(100)])
        begin = datetime.fromisoformat(asked.query["since"][0])
        first = max(int((begin - began).total_seconds()), 0)
        numbers = range(first, min(first + 100, 2_000))
        return Answer(200, [told(n + 1, began + timedelta(seconds=n)) for n in numbers])

    def told(number: int, moment: datetime) -> dict[str, Any]:
        return {"number": number, "updated_at": f"{moment:%Y-%m-%dT%H:%M:%SZ}"}

    with answering(script) as server, closing(rest(server.url)) as there:
        stream = there.stream(f"{server.url}/acme/churn")
        assert stream
        found = there.changed(stream, began)
    assert (dict(found.seen), found.trouble) == ({}, None)
    assert found.until >= began + timedelta(seconds=980)
