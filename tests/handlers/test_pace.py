"""Who asks too much within a minute is told so once; what belongs to an answer is not counted."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from bot.pace import Pace
from handlers.pace import asks
from handlers.playground.double import Double
from handlers.playground.double.blocks import placed
from handlers.service import services
from handlers.slack import Slack
from handlers.talking import build
from handlers.tenants import One
from handlers.views.acts import Act
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
        ({"type": "block_actions", "actions": []}, False),
        ({"type": "block_actions", "actions": [{"action_id": "command.run#2"}]}, True),
        ({"type": "block_actions", "actions": [{"action_id": "question.ask#1"}]}, True),
        ({"type": "block_actions", "actions": [{"action_id": "question.form_ask"}]}, True),
        ({"type": "block_actions", "actions": [{"action_id": "answer.share"}]}, True),
        ({"type": "block_actions", "actions": [{"action_id": "question.form_share"}]}, True),
        ({"type": "block_actions", "actions": [{"action_id": "workbook.export"}]}, True),
        ({"type": "block_actions", "actions": [{"action_id": "standup.answer#3"}]}, False),
        ({"type": "block_actions", "actions": [{"action_id": "offer.accept"}]}, False),
        ({"type": "view_submission"}, False),
        ({"type": "view_submission", "view": {"callback_id": "question.answer"}}, True),
        ({"type": "view_submission", "view": {"callback_id": "answer.post"}}, True),
        ({"type": "view_submission", "view": {"callback_id": "standup.answers"}}, False),
        ({"type": "block_suggestion"}, False),
    ],
)
def test_what_counts_as_asking(body: dict[str, Any], is_one: bool) -> None:
    assert asks(body) is is_one


def test_a_button_that_asks_is_counted_as_what_it_asks_is(hurry: Hurry) -> None:
    ana = hurry.workspace.person("ana")
    shown = typed(ana, "away until Wednesday")
    runs = next(
        (block["block_id"], element["action_id"])
        for block in shown.blocks
        for _, element in placed(block)
        if element["action_id"].startswith(Act.COMMAND_RUN)
    )
    for _ in range(4):
        assert hurry.workspace.hands.act(ana.user, shown, *runs).failure == ""
    ana.hears(FULL, "ml-fraud", after=shown)
    assert [one.text for one in ana.sees("ml-fraud")].count(FULL) == 1


def test_a_form_that_is_too_much_says_so_each_time_and_keeps_what_was_typed(hurry: Hurry) -> None:
    ana = hurry.workspace.person("ana")
    ana.picks("Who owns…?")
    ana.gets_modal("Who owns…?")
    ana.fills({"Your question": "who owns anything?"})
    for _ in range(2):
        assert ana.submits() is None
    for _ in range(2):
        assert ana.submits() is None
        assert FULL in ana.gets_modal().said, "on top of the form"
        ana.closes()
        (typed_there,) = ana.gets_modal("Who owns…?").values["question"].values()
        assert typed_there["value"] == "who owns anything?"
