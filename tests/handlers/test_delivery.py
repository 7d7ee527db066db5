"""From the outbox to Slack: once, in order, edited in place, whatever happens on the way."""

from datetime import timedelta

import pytest

from handlers.delivery import MOST_TRIES, Delivery
from handlers.service.facts import FactsCache
from handlers.service.outbox import LEASE, Outbox, Parcel
from tests.handlers.lossy import replies_lost
from tests.handlers.posts import SECOND, Clock, Post


def test_each_message_is_posted_once_in_order_and_paced(post: Post) -> None:
    post.say("a", "first")
    post.say("b", "second")
    post.say("dm", "for Bea", "U0BEA")
    assert post.delivery.run_due() == 2
    assert post.texts() == ["first"]
    assert post.texts("bea", None) == ["for Bea"]
    assert post.delivery.run_due() == 0
    post.clock.wait()
    assert post.delivery.run_due() == 1
    assert post.texts() == ["first", "second"]
    post.clock.wait()
    post.say("a", "first")
    assert post.delivery.run_due() == 0


def test_other_words_edit_what_stands_there(post: Post) -> None:
    post.say("report", "one answer")
    post.delivery.run_due()
    (before,) = post.sees()
    post.clock.wait()
    post.say("report", "two answers")
    post.say("reply", "more of it", under="report")
    post.delivery.run_due()
    post.clock.wait()
    post.delivery.run_due()
    report, _reply = post.sees()
    assert (report.said, report.ts) == ("two answers", before.ts)
    (_, reply) = post.workspace.person("ana").sees("ml-fraud", report)
    assert (reply.said, reply.thread_ts) == ("more of it", report.ts)


def test_edge_50_retry_after_is_honoured_and_order_kept(post: Post) -> None:
    post.say("a", "first")
    post.say("b", "second")
    post.workspace.throttle("chat.postMessage", retry_after=30)
    post.delivery.run_due()
    assert post.texts() == []
    post.clock.wait(29 * SECOND)
    assert post.delivery.run_due() == 0
    post.clock.wait()
    post.delivery.run_due()
    post.clock.wait()
    post.delivery.run_due()
    assert post.texts() == ["first", "second"]


@pytest.mark.parametrize("error", ["internal_error", "service_unavailable", "invalid_auth"])
def test_what_may_pass_is_tried_again(post: Post, error: str) -> None:
    post.say("a", "patience")
    post.workspace.refuse("chat.postMessage", error, times=2)
    for _ in range(3):
        post.delivery.run_due()
        post.clock.wait(timedelta(minutes=1))
    assert post.texts() == ["patience"]
    assert post.dead() == ()


@pytest.mark.parametrize("error", ["channel_not_found", "is_archived", "not_in_channel"])
def test_what_slack_refuses_for_good_is_given_up_and_told(post: Post, error: str) -> None:
    post.say("a", "lost")
    post.say("b", "after it")
    post.workspace.refuse("chat.postMessage", error)
    post.delivery.run_due()
    assert post.dead() == (("a", error),)
    post.clock.wait()
    post.delivery.run_due()
    assert post.texts() == ["after it"]


def test_patience_ends(post: Post) -> None:
    post.say("a")
    post.workspace.refuse("chat.postMessage", "service_unavailable", times=MOST_TRIES)
    for _ in range(MOST_TRIES):
        assert post.delivery.run_due() == 1
        post.clock.wait(timedelta(minutes=15))
    assert post.dead() == (("a", "Slack failed (service_unavailable)"),)
    post.say("a")
    post.delivery.run_due()
    assert post.texts() == ["Hello"], "told again once Slack is back, it is sent"
    assert post.dead() == ()


def test_slack_may_be_away_for_most_of_a_day(post: Post) -> None:
    post.say("a", "patience")
    back = post.clock.now + timedelta(hours=20)
    post.workspace.refuse("chat.postMessage", "service_unavailable", times=MOST_TRIES)
    while post.clock.now < back:
        post.delivery.run_due()
        post.clock.wait(timedelta(minutes=15))
    post.workspace.refuse("chat.postMessage", "service_unavailable", times=1)
    for _ in range(2):
        post.delivery.run_due()
        post.clock.wait(timedelta(minutes=15))
    assert post.texts() == ["patience"]


def test_to_be_asked_to_wait_costs_no_patience(post: Post) -> None:
    post.say("a", "patience")
    post.workspace.throttle("chat.postMessage", times=MOST_TRIES + 1)
    for _ in range(MOST_TRIES + 1):
        assert post.delivery.run_due() == 1
        post.clock.wait()
    post.delivery.run_due()
    assert post.texts() == ["patience"]


def test_a_look_at_the_channel_waits_as_slack_asks_and_holds_up_nobody(post: Post) -> None:
    post.say("a", "among all")
    post.workspace.throttle("conversations.info", retry_after=25)
    post.delivery.run_due()
    post.clock.wait(24 * SECOND)
    assert post.delivery.run_due() == 0
    assert post.texts() == []
    post.clock.wait()
    post.delivery.run_due()
    assert post.texts() == ["among all"]


def test_who_leaves_begins_no_more(post: Post) -> None:
    post.say("a")
    post.delivery.leave()
    assert post.delivery.run_due() == 0
    assert post.texts() == []


def test_blocks_that_slack_refuses_leave_the_words(post: Post) -> None:
    post.say("a", "the words count")
    post.workspace.refuse("chat.postMessage", "invalid_blocks")
    post.delivery.run_due()
    (message,) = post.sees()
    assert (message.said, message.blocks) == ("the words count", ())


class Dying(Outbox):
    """The outbox of a process that dies after each post, before it can note it."""

    def sent(self, parcel: Parcel, ts: str, place: str) -> None:
        raise SystemError


def dies_between_post_and_record(post: Post) -> None:
    delivery = Delivery(Dying(post.database, post.clock, FactsCache()), post.slack, post.team)
    assert delivery.run_due() == 1
    delivery.leave()


@pytest.mark.parametrize("channel", ["C0FRAUD", "U0ANA"])
def test_edge_49_a_post_that_was_not_noted_is_found_and_not_repeated(
    post: Post, channel: str
) -> None:
    place = "ml-fraud" if channel == "C0FRAUD" else None
    post.say("a", "said once", channel)
    dies_between_post_and_record(post)
    post.say("a", "said once, then edited", channel)
    assert post.delivery.run_due() == 0, "somebody may still be at it"
    post.clock.wait(LEASE)
    assert post.delivery.run_due() == 1
    assert post.texts(channel=place) == ["said once, then edited"]


def test_edge_49_a_reply_that_was_not_noted_is_found_in_its_thread(post: Post) -> None:
    post.say("parent")
    post.say("reply", "said once", under="parent")
    post.delivery.run_due()
    post.clock.wait()
    dies_between_post_and_record(post)
    post.clock.wait(LEASE)
    post.delivery.run_due()
    parent = post.sees()[0]
    assert [one.said for one in post.workspace.person("ana").sees("ml-fraud", parent)] == [
        "Hello",
        "said once",
    ]


def test_edge_43_a_clock_that_is_put_back_holds_up_nothing(post: Post) -> None:
    post.clock.wait(timedelta(hours=3))
    post.say("a", "by the wrong clock")
    post.delivery.run_due()
    post.clock.wait(-timedelta(hours=3))
    post.say("b", "by the right one")
    assert post.delivery.run_due() == 1
    assert post.texts() == ["by the wrong clock", "by the right one"]


def test_edge_43_who_died_under_a_wrong_clock_is_replaced_and_nothing_is_posted_twice(
    post: Post,
) -> None:
    post.say("a", "said once")
    right = post.clock.now
    post.workspace.space.clock = lambda: right
    post.clock.wait(timedelta(hours=3))
    dies_between_post_and_record(post)
    post.clock.wait(-timedelta(hours=3))
    assert post.delivery.run_due() == 1
    assert post.texts() == ["said once"]


@pytest.mark.parametrize("off", [timedelta(minutes=30), timedelta(minutes=-30)])
def test_what_somebody_posted_whose_clock_was_wrong_is_found(post: Post, off: timedelta) -> None:
    right = Clock(post.clock())
    post.workspace.space.clock = right
    post.clock.wait(off)
    post.say("a", "said once")
    dies_between_post_and_record(post)
    assert post.texts() == ["said once"]
    right.wait(timedelta(minutes=40))
    post.clock.now = right()
    assert post.delivery.run_due() == 1
    assert post.texts() == ["said once"]
    assert post.charter.outbox.waiting(post.team).waiting == 0


def test_a_post_that_never_left_is_posted_after_the_look(post: Post) -> None:
    post.say("a", "said once")
    assert len(post.charter.outbox.claim(post.team, 1)) == 1
    post.clock.wait(LEASE)
    post.delivery.run_due()
    assert post.texts() == ["said once"]


def test_of_several_deaths_only_the_last_may_have_posted(post: Post) -> None:
    post.say("a", "said once")
    assert len(post.charter.outbox.claim(post.team, 1)) == 1, "the first dies before it posts"
    post.clock.wait(timedelta(minutes=10))
    post.workspace.refuse("chat.postMessage", "fatal_error")
    post.delivery.run_due()
    post.clock.wait(timedelta(minutes=10))
    dies_between_post_and_record(post)
    post.clock.wait(timedelta(minutes=10))
    post.delivery.run_due()
    assert post.texts() == ["said once"]


def test_edge_49_of_several_attempts_the_last_may_have_arrived_long_after_the_first(
    post: Post,
) -> None:
    post.say("a", "said once")
    post.workspace.refuse("chat.postMessage", "fatal_error")
    post.delivery.run_due()
    post.clock.wait(timedelta(minutes=10))
    with replies_lost(post.slack):
        post.delivery.run_due()
    post.clock.wait(timedelta(minutes=10))
    post.delivery.run_due()
    assert post.texts() == ["said once"]
    assert post.charter.outbox.waiting(post.team).waiting == 0


def test_who_begins_anew_has_time_for_it(post: Post) -> None:
    post.say("a", "said once")
    assert len(post.charter.outbox.claim(post.team, 1)) == 1
    post.clock.wait(LEASE)
    (parcel,) = post.charter.outbox.claim(post.team, 1)
    post.clock.wait(LEASE - SECOND)
    assert post.charter.outbox.begin_anew(parcel)
    post.clock.wait(LEASE - SECOND)
    other = Outbox(post.database, post.clock, FactsCache())
    assert other.claim(post.team, 1) == [], "it is in the one's hand as long as at first"


def test_what_waited_too_long_for_a_hand_is_left_to_the_next(post: Post) -> None:
    post.say("a", "said once")
    (parcel,) = post.charter.outbox.claim(post.team, 1)
    assert post.charter.outbox.is_in_hand(parcel)
    post.clock.wait(LEASE - timedelta(seconds=20))
    assert not post.charter.outbox.is_in_hand(parcel)
    post.clock.wait(timedelta(seconds=20))
    assert post.charter.outbox.claim(post.team, 1) != []
    assert post.charter.outbox.begin_anew(parcel), "the same hand took it again"
    other = Outbox(post.database, post.clock, FactsCache())
    assert not other.begin_anew(parcel)


def test_without_the_scope_it_is_not_repeated_and_marked(post: Post) -> None:
    post.workspace.revoke("channels:history")
    post.say("a", "said once")
    dies_between_post_and_record(post)
    post.clock.wait(LEASE)
    post.delivery.run_due()
    assert post.texts() == ["said once"]
    assert post.dead() == (("a", "perhaps posted: it cannot be looked for (missing_scope)"),)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"is_private": False}, "the channel is not private any more"),
        ({"is_ext_shared": True}, "the channel is shared with another organisation"),
    ],
)
def test_what_is_confidential_needs_a_channel_that_still_is(
    post: Post, change: dict[str, bool], why: str
) -> None:
    post.workspace.add_channel("ml-secret", id="C0SECRET", is_private=True)
    post.say("a", "among us", "C0SECRET", confidential=True)
    post.delivery.run_due()
    assert post.texts(channel="ml-secret") == ["among us"]
    post.workspace.change_channel("ml-secret", **change)
    post.clock.wait()
    post.say("a", "more among us", "C0SECRET", confidential=True)
    post.say("b", "and more", "C0SECRET", confidential=True)
    post.delivery.run_due()
    post.clock.wait()
    post.delivery.run_due()
    assert post.texts(channel="ml-secret") == ["among us"]
    assert {told for _, told in post.dead()} == {why}


def test_nothing_is_told_where_another_organisation_reads_it(post: Post) -> None:
    post.workspace.add_channel("partners", id="C0PARTNERS", is_ext_shared=True)
    post.say("a", "among us", "C0PARTNERS")
    post.delivery.run_due()
    assert post.texts(channel="partners") == []
    assert post.dead() == (("a", "the channel is shared with another organisation"),)


def test_nobody_is_pinged_by_what_is_said(post: Post) -> None:
    post.say("a", "<!channel> <@U0BEA> *bold* &amp;")
    post.delivery.run_due()
    (message,) = post.sees()
    assert message.said == "<!channel> <@U0BEA> *bold* &amp;"
