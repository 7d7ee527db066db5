"""Slack fails in any way, again and again: in order, after Retry-After, once, and nothing lost."""

import random
from datetime import datetime, timedelta

import pytest

from handlers.delivery import Delivery
from handlers.playground.double import Double
from handlers.service import services
from handlers.slack import Slack
from handlers.views import kit
from storage import outbox
from storage.database import Database
from tests.handlers.lossy import replies_lost
from tests.handlers.mornings import Clock

CHANNELS = ("C0FRAUD", "C0OTHER", "U0BEA")
MESSAGES = 12
PATIENCE = timedelta(hours=12)
PASSING = ("internal_error", "service_unavailable", "fatal_error")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("seed", range(6))
def test_edge_50_whatever_fails_each_channel_gets_all_of_it_once_and_in_order(
    database: Database, workspace: Double, slack: Slack, seed: int
) -> None:
    clock, chance = Clock(), random.Random(seed)
    workspace.space.clock = clock
    workspace.add_channel("other", id="C0OTHER")
    charter = services(database, clock)
    team = charter.workspaces.connect("T0CHARTER", None, "Sample")
    delivery = Delivery(charter.outbox, slack, team)
    said: dict[str, list[str]] = {channel: [] for channel in CHANNELS}
    for number in range(MESSAGES):
        channel, text = chance.choice(CHANNELS), f"message {number}"
        said[channel].append(text)
        message = kit.message(kit.paragraph(text))
        with database.begin() as session:
            blocks = message.blocks
            outbox.say(session, team, f"m/{number}", channel, message.text, blocks, clock())
    ends = clock() + PATIENCE
    free: dict[str, datetime] = {}  # since when a channel may be tried again, as Slack said
    while charter.outbox.waiting(team).waiting and clock() < ends:
        before, wait = len(workspace.calls), 0
        fault = chance.choice(["", "", "throttled", "passing", "lost"])
        if fault == "throttled":
            wait = chance.randrange(1, 40)
            workspace.throttle("chat.postMessage", retry_after=wait)
        elif fault == "passing":
            workspace.refuse("chat.postMessage", chance.choice(PASSING))
        if fault == "lost":
            with replies_lost(slack):
                delivery.run_due()
        else:
            delivery.run_due()
        for call in workspace.calls[before:]:
            if call.method == "chat.postMessage":
                assert clock() >= free.get(call.args["channel"], clock())
                if call.error == "ratelimited":
                    free[call.args["channel"]] = clock() + timedelta(seconds=wait)
        clock.now += timedelta(seconds=chance.choice([1, 1, 5, 60, 600]))
    delivery.leave()
    assert charter.outbox.waiting(team) == outbox.Waiting(0, ())
    ana, bea = workspace.person("ana"), workspace.person("bea")
    heard = {
        "C0FRAUD": ana.sees("ml-fraud"),
        "C0OTHER": ana.sees("other"),
        "U0BEA": bea.sees(None),
    }
    assert {where: [one.said for one in some] for where, some in heard.items()} == said
    assert workspace.problems == []
