"""Socket Mode with two replicas: Slack hands each payload to one of them, whichever it is."""

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any

import pytest

from handlers.playground.double import PATIENCE, Double, Message
from handlers.service import services
from handlers.slack import Slack
from handlers.socket import Socket
from handlers.talking import Talking, build
from handlers.tenants import One
from storage.database import Database
from tests.handlers.talk import eventually, mentioned, new_project, now, runner_of

QUESTION = "@Charter who is accountable for the data pipeline?"


@dataclass
class Replica:
    """One process of Charter, without the process; `heard` are the kinds of what it was handed."""

    talking: Talking
    socket: Socket
    heard: list[str] = field(default_factory=list)

    def count(self, body: dict[str, Any], next: Callable[[], None]) -> None:
        self.heard.append(str(body.get("type") or "command"))
        next()

    def goes(self) -> None:
        """As at a SIGTERM: nothing more is taken, and what is in hand is finished."""
        self.socket.close()
        self.talking.bolt.listener_runner.listener_executor.shutdown(wait=True)


@pytest.fixture
def replicas(workspace: Double, sqlite_url: str) -> Iterator[tuple[Replica, Replica]]:
    with ExitStack() as parts:
        made = []
        for _ in range(2):
            database = Database(sqlite_url)
            parts.callback(database.close)
            slack = Slack.reach(workspace.app.bot_token, workspace.api_url)
            parts.callback(slack.close)
            talking = build(services(database, now), One(slack), now)
            runner_of(talking).form_wait = PATIENCE
            one = Replica(talking, Socket(talking.bolt, workspace.app.app_token, slack.client))
            talking.bolt.use(one.count)
            one.socket.connect()
            parts.callback(one.goes)
            made.append(one)
        workspace.transport = "socket"
        connected(workspace, 2)
        yield made[0], made[1]


def connected(workspace: Double, many: int) -> None:
    eventually(lambda: workspace._sockets.connected == many or None)


def answers(workspace: Double, said: Message) -> list[str]:
    """What Charter says in the thread of a message, or in answer to it in a direct message."""
    bot, ana = workspace.app.bot_user_id, workspace.person("ana")
    return [one.said for one in ana.sees(said.channel, said) if one.user == bot]


def all_answered(workspace: Double, said: list[Message]) -> None:
    """Each of them, at least once."""
    for one in said:
        eventually(lambda one=one: answers(workspace, one) or None)  # type: ignore[misc]  # its own


def test_each_payload_is_answered_once_by_whichever_replica_gets_it(
    workspace: Double, replicas: tuple[Replica, Replica]
) -> None:
    first, second = replicas
    ana = workspace.person("ana")
    new_project(workspace)  # a command, and a form that the other replica takes
    mentioned(ana, QUESTION)  # the first question of a process brings its rules along
    said = [ana.says(QUESTION, "ml-fraud") for _ in range(6)]
    for _ in range(4):
        assert ana.slash("/charter show Fraud Radar", "ml-fraud").failure == ""
    all_answered(workspace, said)
    assert len(first.heard) + len(second.heard) == 1 + 1 + 1 + 6 + 4
    assert abs(len(first.heard) - len(second.heard)) <= 1
    assert {"command", "event_callback"} <= set(first.heard) & set(second.heard)

    going = threading.Thread(target=second.goes)
    going.start()
    said += [ana.says(QUESTION, "ml-fraud") for _ in range(6)]
    going.join()
    connected(workspace, 1)
    for _ in range(3):  # what went to the one that left comes again, as from Slack
        workspace.retry_events()
    before = len(second.heard)
    said += [ana.says(QUESTION, "ml-fraud") for _ in range(3)]
    assert ana.slash("/charter show Fraud Radar", "ml-fraud").failure == ""
    all_answered(workspace, said)
    first.talking.bolt.listener_runner.listener_executor.shutdown(wait=True)
    assert [len(answers(workspace, one)) for one in said] == [1] * 15
    shown = [one for one in ana.sees("ml-fraud") if "led by" in one.said]
    assert len(shown) == 5
    assert len(second.heard) == before
    assert not workspace.space.given_up
    assert workspace.problems == []
