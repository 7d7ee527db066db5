"""From the outbox to Slack where clocks are wrong: once, in order, and soon all the same."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest

from handlers.delivery import Delivery
from handlers.service.facts import FactsCache
from handlers.service.outbox import LOOKED_THROUGH_EVERY, Outbox, Parcel
from tests.handlers.posts import SECOND, Clock, Post

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

HALF_AN_HOUR = timedelta(minutes=30)
OFF = (timedelta(), HALF_AN_HOUR, -HALF_AN_HOUR)


@contextmanager
def clock_off(post: Post, by: timedelta) -> Iterator[None]:
    """Charter's clock is wrong meanwhile; Slack's is right."""
    post.workspace.space.clock = Clock(post.clock())
    post.clock.wait(by)
    yield
    post.clock.wait(-by)


def another(post: Post) -> Delivery:
    """The one who delivers in another process."""
    return Delivery(Outbox(post.database, post.clock, FactsCache()), post.slack, post.team)


def goes_on(post: Post, delivery: Delivery, time: timedelta) -> None:
    """So much time goes by, in which Charter beats now and then."""
    ends = post.clock.now + time
    while post.clock.now < ends:
        delivery.run_due()
        post.clock.wait(15 * SECOND)
        post.workspace.space.clock = Clock(post.clock())


@pytest.mark.parametrize("off", [HALF_AN_HOUR, timedelta(days=400)])
def test_what_was_said_by_a_clock_that_was_ahead_keeps_its_place(
    post: Post, off: timedelta
) -> None:
    beside = another(post)
    assert beside.run_due() == 0
    with clock_off(post, off):
        post.say("a", "first")
    post.say("b", "second")
    assert beside.run_due() == 0, "it does not know yet that the first may go"
    goes_on(post, beside, LOOKED_THROUGH_EVERY + 30 * SECOND)
    assert post.texts() == ["first", "second"]


def test_where_a_clock_is_behind_nothing_goes_before_what_was_said_by_the_right_one(
    post: Post,
) -> None:
    post.say("a", "first")
    beside = another(post)
    with clock_off(post, -HALF_AN_HOUR):
        post.say("b", "second")
        assert beside.run_due() == 1
        assert post.texts() == ["first"]
    goes_on(post, post.delivery, 30 * SECOND)
    assert post.texts() == ["first", "second"]


def test_an_edit_by_a_clock_that_was_ahead_comes_once_another_looks(post: Post) -> None:
    post.say("a", "first")
    post.delivery.run_due()
    post.clock.wait()
    with clock_off(post, HALF_AN_HOUR):
        post.say("a", "first, and more")
    another(post).run_due()
    assert post.texts() == ["first, and more"]


def test_what_was_put_off_for_longer_than_anything_is_holds_up_nothing(post: Post) -> None:
    with clock_off(post, HALF_AN_HOUR):
        post.say("a", "first")
        post.workspace.throttle("chat.postMessage", retry_after=30)
        post.delivery.run_due()
    post.say("b", "second")
    goes_on(post, another(post), 30 * SECOND)
    assert post.texts() == ["first", "second"]


def test_what_is_to_come_later_is_not_brought_forward(post: Post) -> None:
    at = post.clock() + timedelta(hours=2)
    post.say("a", "in two hours", due=at)
    post.say("b", "now")
    post.workspace.throttle("chat.postMessage", retry_after=3600)
    post.delivery.run_due()
    goes_on(post, another(post), timedelta(minutes=14, seconds=50))
    assert post.texts() == [], "Slack asked to wait"
    goes_on(post, post.delivery, 20 * SECOND)
    assert post.texts() == ["now"], "after a quarter of an hour it is tried, whatever Slack said"
    post.clock.now = at
    post.delivery.run_due()
    assert post.texts() == ["now", "in two hours"]


class Slow(Outbox):
    """The outbox of a process that stands still once, with a message in hand."""

    stands_still = True

    def is_in_hand(self, parcel: Parcel) -> bool:
        if self.stands_still:
            self.stands_still = False
            return False
        return super().is_in_hand(parcel)


def test_what_was_not_begun_in_time_is_handed_back_and_need_not_be_looked_for(post: Post) -> None:
    post.say("a", "said once")
    Delivery(Slow(post.database, post.clock, FactsCache()), post.slack, post.team).run_due()
    assert post.texts() == ["said once"]
    assert "conversations.history" not in {call.method for call in post.workspace.calls}


class Dying(Outbox):
    """The outbox of a process that dies while it delivers: before or after it posts."""

    at = ""

    def is_in_hand(self, parcel: Parcel) -> bool:
        self._dies("claimed")
        return super().is_in_hand(parcel)

    def sent(self, parcel: Parcel, ts: str, place: str) -> None:
        self._dies("posted")
        super().sent(parcel, ts, place)

    def _dies(self, at: str) -> None:
        if at == self.at:
            raise SystemError


@pytest.mark.parametrize("seed", range(2))
def test_whoever_dies_by_whatever_clock_all_comes_once_and_in_order(post: Post, seed: int) -> None:
    """Processes come one after another, each by a clock of its own; Slack fails now and then."""
    chance = random.Random(seed)
    said: list[str] = []
    for _ in range(24):
        outbox = Dying(post.database, post.clock, FactsCache())
        outbox.at = chance.choice(["", "claimed", "posted"])
        delivery = Delivery(outbox, post.slack, post.team)
        with clock_off(post, chance.choice(OFF)):
            if chance.random() < 0.5:
                said.append(f"message {len(said)}")
                post.say(said[-1], said[-1])
            match chance.choice(["", "", "failing", "throttled"]):
                case "failing":
                    post.workspace.refuse("chat.postMessage", "fatal_error")
                case "throttled":
                    post.workspace.throttle("chat.postMessage", retry_after=20)
            delivery.run_due()
        delivery.leave()
        post.clock.wait(chance.choice([1, 5, 60]) * SECOND)
    assert post.texts() == said[: len(post.texts())]
    goes_on(post, another(post), timedelta(minutes=20))
    assert post.texts() == said
    assert post.charter.outbox.waiting(post.team).waiting == 0
