"""Channels that are renamed, archived, deleted or left, as Slack tells of them."""

from collections.abc import Iterator

import pytest

from handlers.playground.double import Double, Message
from handlers.service import services
from handlers.service.health import of_database
from handlers.slack import Slack
from handlers.talking import build
from handlers.tenants import One
from storage.database import Database
from tests.handlers.mornings import Clock, Morning
from tests.handlers.talk import eventually, mentioned, reached, typed
from tests.support.clock import T0

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def morning(workspace: Double, slack: Slack, database: Database) -> Iterator[Morning]:
    clock = Clock()
    workspace.space.clock = clock
    charter = services(database, clock, everyone=One(slack).everyone)
    talking = build(charter, One(slack), clock)
    with reached(talking, workspace, database, "http"):
        made = Morning(workspace, charter, talking, clock)
        yield made
        made.heart.close()
    assert workspace.problems == []


def is_gone(morning: Morning, gone: bool = True) -> None:
    """Waits until Charter has heard of it."""

    def heard() -> bool | None:
        place = morning.charter.people.channel(morning.talking.workspace, "C0FRAUD")
        return (place is not None and (place.gone is not None) == gone) or None

    eventually(heard)


def is_called(morning: Morning, name: str) -> None:
    """Waits until Charter has heard of it."""

    def heard() -> bool | None:
        place = morning.charter.people.channel(morning.talking.workspace, "C0FRAUD")
        return (place is not None and place.name == name) or None

    eventually(heard)


def notices(morning: Morning, name: str) -> list[Message]:
    """What somebody was told of a channel, in their DM."""
    return [one for one in morning.person(name).sees() if "has a channel" in one.said]


def test_edge_29_a_renamed_channel_works_by_its_id_and_is_called_by_its_new_name(
    morning: Morning,
) -> None:
    morning.begin("bea")
    morning.workspace.change_channel("ml-fraud", name="fraud-radar")
    is_called(morning, "fraud-radar")
    ana = morning.person("ana")
    assert "#fraud-radar" in typed(ana, "show", "fraud-radar").said
    answer = mentioned(ana, "@Charter who owns the data pipeline?", "fraud-radar")
    assert "Bea Lind" in answer.said
    assert "Fraud Radar" in typed(ana, "show #fraud-radar", "fraud-radar").said


def test_edge_30_standup_and_digest_rest_while_their_channel_is_archived(
    morning: Morning,
) -> None:
    morning.begin("ana", "bea")
    ana = morning.person("ana")
    typed(ana, "digest daily 09:00")
    morning.workspace.change_channel("ml-fraud", is_archived=True)
    is_gone(morning)
    morning.until("17:00", day=26)
    [notice] = notices(morning, "ana")
    assert "Fraud Radar has a channel that was archived. Standups and digests rest" in notice.said
    assert notices(morning, "bea") == []
    assert [len(morning.questions(one)) for one in ("ana", "bea")] == [0, 0]

    morning.workspace.change_channel("ml-fraud", is_archived=False)
    is_gone(morning, gone=False)
    posted = len(ana.sees("ml-fraud"))
    morning.until("08:29", day=27)
    assert len(ana.sees("ml-fraud")) == posted
    morning.until("17:00", day=27)
    assert [len(morning.questions(one)) for one in ("ana", "bea")] == [1, 1]
    digests = [one for one in ana.sees("ml-fraud")[posted:] if "digest of" in one.said]
    assert len(digests) == 1


def test_edge_31_all_goes_on_where_charter_is_invited_again(morning: Morning) -> None:
    morning.begin("bea")
    members = morning.workspace.channel("ml-fraud").members
    morning.workspace.change_channel("ml-fraud", members=members - {"U0CHARTER"})
    is_gone(morning)
    morning.until("12:00", day=24)
    assert morning.questions("bea") == []
    morning.workspace.change_channel("ml-fraud", members=members)
    is_gone(morning, gone=False)
    morning.until("12:00", day=25)
    assert len(morning.questions("bea")) == 1


@pytest.mark.parametrize("way", ["deleted", "removed"])
def test_edge_31_who_looks_after_a_channel_that_is_gone_is_told_once_and_an_admin(
    morning: Morning, way: str
) -> None:
    morning.workspace.change_user("cy", is_admin=True)
    typed(morning.person("cy"), "list")
    morning.begin("ana", "bea")
    if way == "deleted":
        morning.workspace.delete_channel("ml-fraud")
    else:
        members = morning.workspace.channel("ml-fraud").members - {"U0CHARTER"}
        morning.workspace.change_channel("ml-fraud", members=members)
    is_gone(morning)
    morning.until("17:00", day=24)
    for name in ("ana", "cy"):
        [notice] = notices(morning, name)
        assert "Fraud Radar has a channel that I can no longer post in" in notice.said
        assert "/charter bind" in notice.said
    assert notices(morning, "bea") == []
    morning.until("17:00", day=26)
    assert [len(notices(morning, name)) for name in ("ana", "bea", "cy")] == [1, 0, 1]
    assert morning.questions("bea") == []


def test_edge_31_a_missed_event_is_found_by_the_first_post_that_slack_refuses(
    morning: Morning,
) -> None:
    morning.begin("ana", "bea")
    space = morning.workspace.space
    with space.change():
        del space.channels["C0FRAUD"]
    morning.until("17:00", day=24)
    [notice] = notices(morning, "ana")
    assert "Fraud Radar has a channel that I can no longer post in" in notice.said
    asked = len(morning.questions("bea"))
    morning.until("17:00", day=26)
    assert len(morning.questions("bea")) == asked
    assert len(notices(morning, "ana")) == 1


def test_edge_28_who_cannot_be_written_to_is_mentioned_once_with_no_word_of_what_it_was(
    morning: Morning, database_url: str
) -> None:
    morning.begin("ana", "bea")
    typed(morning.person("bea"), "standup show")
    morning.workspace.refuse("chat.postMessage", "cannot_dm", times=1)
    morning.until("07:05")  # after 08:00 in Stockholm, where Bea is told what is hers now
    mentions = [
        one for one in morning.person("ana").sees("ml-fraud") if "write to you directly" in one.said
    ]
    [mention] = mentions
    assert mention.said.startswith("@Bea Lind, Slack does not let me write to you directly")
    assert "standup" not in mention.said.casefold()
    unreachable = "people 1: Slack lets Charter write no direct messages to Bea Lind"
    assert any(what.startswith(unreachable) for what in ill(database_url))

    morning.until("17:00", day=25)  # the next one arrives, so that all is well again
    assert len(morning.questions("bea")) == 2
    [left] = ill(database_url)
    assert left.startswith("outbox 1: 1 message to Bea Lind was given up"), "until it is sent again"
    again = [
        one for one in morning.person("ana").sees("ml-fraud") if "write to you directly" in one.said
    ]
    assert again == mentions


def ill(url: str) -> list[str]:
    """What doctor says of the database that is not well."""
    return [finding.what for finding in of_database(url, T0) if not finding.is_well]
