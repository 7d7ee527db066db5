"""Messages that are to stand in Slack: said once by key, sent in order, edited where they stand."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from functools import partial
from threading import Barrier

from storage import outbox
from storage.database import Database
from storage.outbox import Parcel
from tests.storage.support import World, insisting
from tests.support.clock import T0

LEASE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)


def say(
    world: World,
    key: str,
    text: str = "Hello",
    channel: str = "C1",
    *,
    under: str | None = None,
    about: str = "",
    at: datetime = T0,
) -> None:
    with world.database.begin() as session:
        outbox.say(session, world.workspace, key, channel, text, [], at, under=under, about=about)


def claim(world: World, owner: str = "one", at: datetime = T0, most: int = 40) -> list[Parcel]:
    with world.database.begin() as session:
        return outbox.claim(session, world.workspace, owner, at, LEASE, most)


def sent(world: World, parcel: Parcel, ts: str, at: datetime = T0, owner: str = "one") -> bool:
    with world.database.begin() as session:
        return outbox.sent(session, parcel, owner, ts, "C1", at)


def only(world: World, at: datetime = T0) -> Parcel:
    (parcel,) = claim(world, at=at)
    return parcel


def test_a_message_is_sent_once_and_edited_where_it_stands(world: World) -> None:
    say(world, "report")
    first = only(world)
    assert (first.key, first.text, first.ts, first.is_uncertain) == ("report", "Hello", None, False)
    assert claim(world, "two") == [], "it is in hand"
    assert sent(world, first, "1.000001")
    say(world, "report")
    assert claim(world, at=T0 + SECOND) == [], "the same words change nothing"

    say(world, "report", "Hello again")
    edit = only(world, T0 + 2 * SECOND)
    assert (edit.text, edit.ts, edit.posted_in) == ("Hello again", "1.000001", "C1")
    say(world, "report", "Hello at last")
    assert sent(world, edit, "1.000001", T0 + 2 * SECOND)
    assert only(world, T0 + 4 * SECOND).text == "Hello at last", "said while it was on its way"


def test_in_a_channel_each_waits_for_the_one_before(world: World) -> None:
    for key, channel in (("a", "C1"), ("b", "C1"), ("x", "C2"), ("c", "C1")):
        say(world, key, channel=channel)
    a, x = claim(world)
    assert (a.key, x.key) == ("a", "x")
    assert claim(world, "two") == []
    assert sent(world, a, "1.1")
    assert claim(world, "two") == [], "a second has not gone by"
    (b,) = claim(world, "two", T0 + SECOND)
    assert b.key == "b"
    with world.database.begin() as session:
        wait = T0 + 30 * SECOND
        assert outbox.later(
            session, b, "two", wait, "Slack asked to wait", unknown=False, counts=True
        )
    assert claim(world, at=T0 + 29 * SECOND) == [], "order is kept while one waits"
    (b,) = claim(world, "two", wait)
    assert (b.key, b.tries, b.is_uncertain) == ("b", 1, False)
    with world.database.begin() as session:
        assert outbox.give_up(session, b, "two", "channel_not_found", wait, refused=True)
    assert [one.key for one in claim(world, at=wait + SECOND)] == ["c"], "the rest goes on"


def test_what_was_to_go_at_once_keeps_its_place_whatever_clock_said_so(world: World) -> None:
    ahead = T0 + timedelta(minutes=30)
    say(world, "a", at=ahead)
    say(world, "b")
    with world.database.begin() as session:
        planned = T0 + timedelta(hours=1)
        outbox.say(session, world.workspace, "c", "C2", "Later", [], T0, due=planned)
    assert claim(world) == [], "the first has not come, and the second waits for it"
    with world.database.begin() as session:
        assert outbox.bring_forward(session, world.workspace, T0) == 1
    a = only(world)
    assert (a.key, sent(world, a, "1.1")) == ("a", True)
    b = only(world, T0 + SECOND)
    assert b.key == "b"
    with world.database.begin() as session:
        assert outbox.later(session, b, "one", ahead, "no answer", unknown=False, counts=True)
        assert outbox.bring_forward(session, world.workspace, T0 + 15 * MINUTE) == 0
        assert outbox.bring_forward(session, world.workspace, T0) == 1


def test_what_is_handed_back_is_anybodys_and_was_not_begun(world: World) -> None:
    say(world, "a")
    a = only(world)
    with world.database.begin() as session:
        outbox.hand_back(session, a, "two")
    assert claim(world, "two") == [], "it is not theirs to hand back"
    with world.database.begin() as session:
        outbox.hand_back(session, a, "one")
    (again,) = claim(world, "two")
    assert not again.is_uncertain
    (lost,) = claim(world, "three", T0 + LEASE)
    with world.database.begin() as session:
        outbox.hand_back(session, lost, "three")
    (found,) = claim(world, "four", T0 + LEASE)
    assert (found.is_uncertain, found.begun_at) == (True, T0)


def test_what_died_on_its_way_is_uncertain(world: World) -> None:
    say(world, "a")
    lost = only(world)
    (again,) = claim(world, "two", T0 + LEASE)
    assert again.is_uncertain
    assert again.begun_at == T0
    assert not sent(world, lost, "1.1", owner="one"), "the lease was lost"
    with world.database.begin() as session:
        at = T0 + LEASE + SECOND
        assert outbox.later(session, again, "two", at, "no answer", unknown=True, counts=True)
    (third,) = claim(world, "three", at)
    assert (third.is_uncertain, third.begun_at) == (True, T0)


def test_a_reply_goes_under_its_message(world: World) -> None:
    say(world, "parent")
    say(world, "reply", under="parent")
    say(world, "orphan", under="nobody", channel="C2")
    parent, orphan = claim(world)
    assert (parent.thread_ts, parent.is_orphan) == (None, False)
    assert orphan.is_orphan
    assert sent(world, parent, "5.5")
    reply = next(one for one in claim(world, at=T0 + SECOND) if one.key == "reply")
    assert (reply.thread_ts, reply.is_orphan) == ("5.5", False)
    assert sent(world, reply, "5.6", T0 + SECOND)
    with world.database.begin() as session:
        session.connection().exec_driver_sql("DELETE FROM outbox WHERE key = 'parent'")
    say(world, "reply", "Other words", under="parent", at=T0 + 2 * SECOND)
    edit = next(one for one in claim(world, at=T0 + 3 * SECOND) if one.key == "reply")
    assert not edit.is_orphan, "it stands already: its thread matters no more"


def test_what_was_given_up_is_told_and_stays_so(world: World) -> None:
    say(world, "a")
    say(world, "b", channel="C2")
    a = next(one for one in claim(world) if one.key == "a")
    with world.database.begin() as session:
        assert outbox.give_up(session, a, "one", "is_archived", T0, refused=True)
    say(world, "a", "Another try")
    with world.database.read() as session:
        standing = outbox.waiting(session, world.workspace)
    assert standing.waiting == 1
    assert standing.dead == (("a", "is_archived"),)


def test_what_was_given_up_while_slack_was_away_is_tried_again_when_told_again(
    world: World,
) -> None:
    say(world, "a")
    a = only(world)
    with world.database.begin() as session:
        assert outbox.give_up(session, a, "one", "no answer", T0, refused=False)
    assert claim(world, at=T0 + LEASE) == []
    say(world, "a", at=T0 + LEASE)
    again = only(world, at=T0 + LEASE)
    assert (again.key, again.tries) == ("a", 0)
    with world.database.read() as session:
        assert outbox.waiting(session, world.workspace) == outbox.Waiting(1, ())


def test_messages_are_found_by_what_they_are_about(world: World) -> None:
    say(world, "card/1", about="run/7")
    say(world, "card/2", about="run/7", channel="C2")
    say(world, "card/3", about="run/8")
    with world.database.read() as session:
        found = outbox.about(session, world.workspace, "run/7")
        assert [(one.key, one.channel, one.ts) for one in found] == [
            ("card/1", "C1", None),
            ("card/2", "C2", None),
        ]
        one = outbox.keyed(session, world.workspace, "card/3")
        assert one is not None
        assert (one.text, one.refused) == ("Hello", False)
        assert outbox.keyed(session, world.workspace, "card/4") is None


def test_old_messages_are_forgotten_but_none_on_its_way(world: World) -> None:
    say(world, "sent")
    say(world, "waits", channel="C2")
    parcel = next(one for one in claim(world) if one.key == "sent")
    assert sent(world, parcel, "1.1")
    with world.database.begin() as session:
        assert outbox.forget(session, world.workspace, T0) == 0
        assert outbox.forget(session, world.workspace, T0 + SECOND) == 1
        assert outbox.keyed(session, world.workspace, "sent") is None
        assert outbox.next_due(session, world.workspace) == T0


def test_an_old_message_that_is_still_edited_is_kept(world: World) -> None:
    say(world, "card")
    assert sent(world, only(world), "1.1")
    later = T0 + 1000 * SECOND
    say(world, "card", "Other words", at=later)
    assert sent(world, only(world, at=later), "1.1", later)
    with world.database.begin() as session:
        assert outbox.forget(session, world.workspace, later) == 0
        assert outbox.forget(session, world.workspace, later + SECOND) == 1


def test_edge_51_eight_replicas_take_each_message_once(world: World) -> None:
    for number in range(60):
        say(world, f"key {number}", channel=f"C{number % 20}")
    start = Barrier(8)
    url = world.database.engine.url.render_as_string(hide_password=False)

    def take(number: int, turns: range) -> list[tuple[str, str]]:
        database, owner = Database(url), f"replica {number}"

        def claimed(at: datetime) -> list[Parcel]:
            with database.begin() as session:
                return outbox.claim(session, world.workspace, owner, at, LEASE * 10, 5)

        def noted(parcel: Parcel, at: datetime) -> bool:
            with database.begin() as session:
                return outbox.sent(session, parcel, owner, "1.1", parcel.channel, at)

        taken: list[tuple[str, str]] = []
        for turn in turns:
            at = T0 + turn * 2 * SECOND
            for parcel in insisting(partial(claimed, at)):
                assert insisting(partial(noted, parcel, at))
                taken.append((parcel.channel, parcel.key))
        database.close()
        return taken

    def race(number: int) -> list[tuple[str, str]]:
        start.wait(60)
        return take(number, range(40))

    with ThreadPoolExecutor(8) as pool:
        everything = [one for taken in pool.map(race, range(8)) for one in taken]
    # Whoever stands still with a message in hand, until all others have had their turns, leaves
    # behind what waits for it in its channel; so does who is ahead of all others, by whose clocks
    # that channel has its pace still. That are two in each channel at most, or eight turns.
    everything += take(8, range(40, 50))
    assert sorted(key for _, key in everything) == sorted(f"key {n}" for n in range(60))
