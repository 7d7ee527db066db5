"""What did not reach Slack: told to admins by place, and sent again when one of them says so."""

from datetime import timedelta

import pytest

from bot.errors import Refused
from bot.orders import RetryMessages
from bot.people import Actor, Surface
from bot.undelivered import OutboxShown
from handlers.delivery import MOST_TRIES
from handlers.service.health import of_database
from storage import audit, outbox
from storage.database import Database
from tests.handlers.lossy import replies_lost
from tests.handlers.mornings import Morning
from tests.handlers.posts import Post
from tests.handlers.talk import typed
from tests.support.clock import T0

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


# In Slack


def refused(morning: Morning, database: Database, key: str, channel: str) -> None:
    """Something that Slack does not take."""
    team = morning.talking.workspace
    with database.begin() as session:
        outbox.say(session, team, key, channel, f"words of {key}", [], morning.clock())
    morning.workspace.refuse("chat.postMessage", "not_in_channel")
    morning.settle()


@pytest.fixture
def team(morning: Morning) -> Morning:
    """Fraud Radar is Ana's, who is an admin, and Fraud Vault is Bea's alone."""
    morning.workspace.change_user("ana", is_admin=True)
    morning.begin("ana")
    morning.workspace.add_channel("vault", ["bea"], id="C0VAULT", is_private=True)
    bea = morning.person("bea")
    bea.slash("/charter new Fraud Vault", "vault")
    bea.gets_modal("New project")
    assert bea.submits() is None
    bea.hears("Fraud Vault", "vault")
    morning.settle()
    return morning


def test_what_was_given_up_is_told_to_admins_and_sent_again_by_one(
    team: Morning, database: Database, database_url: str
) -> None:
    ana, bea = team.person("ana"), team.person("bea")
    assert "No message was given up" in typed(ana, "outbox").said
    assert "no message was given up" in typed(ana, "outbox retry").said.casefold()
    refused(team, database, "greeting", "C0FRAUD")
    refused(team, database, "secret", "C0VAULT")

    ana.opens_home()
    home = ana.gets_home("1 message to #ml-fraud was given up since")
    assert "(not_in_channel). Invite Charter to the channel." in home.said
    told = typed(ana, "outbox").said
    assert "1 message to #ml-fraud" in told
    assert "not_in_channel" in told
    for hidden in ("vault", "words of", "2 messages"):
        assert hidden not in told
        assert hidden not in home.said
    ill = [finding.what for finding in of_database(database_url, T0) if not finding.is_well]
    assert [what.partition(" was given up")[0] for what in ill if "given up" in what] == [
        "outbox 1: 1 message to #ml-fraud",
        "outbox 1: 1 message to #vault",
    ]
    assert "is for the admins of this workspace" in typed(bea, "outbox retry all").said

    ana.presses(home, "Send again")
    assert "1 message is sent again" in ana.hears("sent again").said
    team.settle()
    assert [one.said for one in ana.sees("ml-fraud")].count("words of greeting") == 1
    assert "words of secret" not in [one.said for one in bea.sees("vault")]
    assert "No message was given up" in typed(ana, "outbox").said
    with database.read() as session:
        assert audit.verify(session).faults == ()
        [line] = [one for one in audit.told(session, 1) if one.entry.action == "MessagesRetried"]
        assert line.entry.summary == "sends again: – → 1 message that had been given up"
        admin = team.charter.people.known(1, ana.id)
        assert admin is not None
        assert line.entry.actor_id == admin.id


# By itself

OPERATOR = Surface.CLI


def retried(post: Post, message: int | None = None) -> OutboxShown:
    actor = Actor(post.team, None, OPERATOR, is_admin=True)
    return post.charter.undelivered.retry(actor, RetryMessages(message))


def numbers(post: Post) -> dict[str, tuple[int, ...]]:
    """What was given up, by why."""
    shown = post.charter.undelivered.shown(Actor(post.team, None, OPERATOR, is_admin=True))
    return {held.why: held.numbers for held in shown.given_up}


def send(post: Post) -> None:
    """All that is due, a message a second."""
    for _ in range(10):
        post.delivery.run_due()
        post.clock.wait()


def test_what_is_sent_again_keeps_its_order(post: Post) -> None:
    for key in "abc":
        post.say(key, f"says {key}")
    post.workspace.refuse("chat.postMessage", "not_in_channel", times=3)
    send(post)
    assert post.texts() == []
    [of_all] = numbers(post).values()
    post.say("d", "says d")
    assert retried(post).retried == 3
    send(post)
    assert post.texts() == ["says a", "says b", "says c", "says d"]
    assert numbers(post) == {}
    looked = [call for call in post.workspace.calls if call.method == "conversations.history"]
    assert looked == [], "what was refused has surely not arrived"
    with pytest.raises(Refused):
        retried(post, of_all[0])


def test_what_may_have_arrived_is_looked_for_before_it_is_sent_again(post: Post) -> None:
    post.say("a", "said once")
    post.workspace.refuse("chat.postMessage", "service_unavailable", times=MOST_TRIES - 1)
    for _ in range(MOST_TRIES - 1):
        post.delivery.run_due()
        post.clock.wait(timedelta(minutes=15))
    with replies_lost(post.slack):
        post.delivery.run_due()
    assert post.texts() == ["said once"]
    [why] = numbers(post)
    post.clock.wait(timedelta(hours=9))
    assert retried(post, numbers(post)[why][0]).retried == 1
    send(post)
    assert post.texts() == ["said once"]
    assert (numbers(post), post.charter.outbox.waiting(post.team).waiting) == ({}, 0)


def test_what_belongs_below_a_message_that_never_came_is_told_as_such(post: Post) -> None:
    orphaned = "the message above it was never posted"
    post.say("above", "above")
    post.say("below", "below", under="above")
    post.workspace.refuse("chat.postMessage", "is_archived")
    send(post)
    [below] = numbers(post)[orphaned]
    retried(post, below)
    send(post)
    assert numbers(post)[orphaned] == (below,)
    assert post.texts() == []

    assert retried(post).retried == 2
    send(post)
    above, reply = post.sees()
    assert (above.said, reply.said, reply.thread_ts) == ("above", "below", above.ts)
