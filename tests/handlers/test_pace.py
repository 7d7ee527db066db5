"""Who asks too much within a minute is told so once; what belongs to an answer is not counted."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from bot.pace import Pace
from handlers.pace import asks
from handlers.playground.double import Double
from handlers.service import services
from handlers.slack import Slack
from handlers.talking import build
from handlers.tenants import One
from storage.database import Database
from tests.handlers.mornings import SECOND, Clock
from tests.handlers.talk import mentioned, reached, typed, written

FULL = (
    "You have asked me 3 times within this minute, and I take no more of one person: wait until "
    "the next minute, then ask again."
)
TOGETHER = (
    "Your workspace has asked me 5 times within this minute, and I take no more: wait until the "
    "next minute, then ask again."
)


@dataclass(frozen=True, slots=True)
class Hurry:
    workspace: Double
    clock: Clock


@pytest.fixture
def hurry(workspace: Double, slack: Slack, sqlite_url: str) -> Iterator[Hurry]:
    """Three asks of a person, five of all, within a minute of a clock that stands."""
    clock, database = Clock(), Database(sqlite_url)
    charter = services(database, clock, pace=Pace(3, 5))
    with reached(build(charter, One(slack), clock), workspace, database, "http"):
        yield Hurry(workspace, clock)
    assert workspace.problems == []
    database.close()


def test_who_goes_on_is_told_once_and_heard_again_in_the_next_minute(hurry: Hurry) -> None:
    ana, bea = hurry.workspace.person("ana"), hurry.workspace.person("bea")
    for _ in range(3):
        assert typed(ana, "help").text not in (FULL, TOGETHER)
    assert typed(ana, "help").text == FULL
    seen = ana.sees("ml-fraud")
    for _ in range(20):
        assert ana.slash("/charter help", "ml-fraud").failure == "", "acknowledged all the same"
    ana.says("@Charter who owns anything?", "ml-fraud")
    assert "wait until" not in mentioned(bea, "@Charter who owns anything?").text
    assert "wait until" not in written(bea, "help").text
    assert written(bea, "help").text == TOGETHER
    assert [one for one in ana.sees("ml-fraud") if one.text in (FULL, TOGETHER)] == [seen[-1]]
    hurry.clock.now += 60 * SECOND
    assert typed(ana, "help").text not in (FULL, TOGETHER)


def test_people_from_outside_use_up_nothing_of_the_workspaces(hurry: Hurry) -> None:
    workspace = hurry.workspace
    outside = ("eve", "finn", "gus")
    for name in outside:
        workspace.add_user(f"U0{name.upper()}", f"{name.title()} Outside", team_id="T0OTHER")
    workspace.add_channel("partners", id="C0PARTNERS", is_ext_shared=True)
    for name in outside * 2:
        workspace.person(name).says("@Charter who owns anything?", "partners")
    ana, bea = workspace.person("ana"), workspace.person("bea")
    for _ in range(2):
        assert typed(ana, "help").text not in (FULL, TOGETHER)
        assert typed(bea, "help").text not in (FULL, TOGETHER)


@pytest.mark.parametrize(
    ("body", "is_one"),
    [
        ({"command": "/charter", "text": ""}, True),
        ({"type": "event_callback", "event": {"type": "app_mention"}}, True),
        ({"type": "shortcut"}, True),
        ({"type": "message_action"}, True),
        ({"event": {"type": "message", "channel_type": "im"}}, True),
        ({"event": {"type": "message", "channel_type": "im", "subtype": "file_share"}}, True),
        ({"event": {"type": "message", "channel_type": "im", "subtype": "message_changed"}}, False),
        ({"event": {"type": "app_home_opened"}}, False),
        ({"event": {"type": "member_joined_channel"}}, False),
        ({"event": {"type": "link_shared"}}, False),
        ({"type": "block_actions"}, False),
        ({"type": "view_submission"}, False),
        ({"type": "block_suggestion"}, False),
    ],
)
def test_what_counts_as_asking(body: dict[str, Any], is_one: bool) -> None:
    assert asks(body) is is_one
