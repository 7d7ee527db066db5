"""How the tests talk to Charter: the first steps that many of them share."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, TypeVar

from handlers.manifest import manifest
from handlers.playground.double import PATIENCE, App, Double, Message, Person, serving
from handlers.runner import Runner
from handlers.socket import Socket
from handlers.talking import Talking
from handlers.web import EVENTS, Web
from storage.database import Database

T = TypeVar("T")


def now() -> datetime:
    return datetime.now(UTC)


def installed(app: App | None = None, **more: Any) -> Double:
    """Slack on real time, with Charter installed as its manifest says. It is patient: a machine
    that stalls is no Charter that dawdles. Its three seconds are tested where time is a test's own.
    """
    app = app or App.from_manifest(manifest())
    return Double(now, app, ack_seconds=PATIENCE, trigger_seconds=PATIENCE, **more)


def runner_of(built: Talking) -> Runner:
    """Charter's own runner, which Bolt knows by its base class."""
    runner = built.bolt.listener_runner
    assert isinstance(runner, Runner)
    return runner


@contextmanager
def reached(
    built: Talking, workspace: Double, database: Database, transport: str
) -> Iterator[None]:
    """Slack reaches Charter; in the end all that Charter has begun is finished."""
    app = workspace.app
    executor = built.bolt.listener_runner.listener_executor
    runner_of(built).form_wait = PATIENCE
    if transport == "http":
        with serving(Web(built.bolt, app.signing_secret, database.answers)) as url:
            workspace.app_url = url + EVENTS
            yield
            executor.shutdown(wait=True)
        return
    socket = Socket(built.bolt, app.app_token, built.slack.client)
    socket.connect()
    workspace.wait(lambda: workspace.courier._socket() is not None)
    workspace.transport = "socket"
    yield
    executor.shutdown(wait=True)
    socket.close()


def new_project(workspace: Double, name: str = "Fraud Radar", channel: str = "ml-fraud") -> Message:
    """Ana's project, the default of its channel; gives the message that says so."""
    ana = workspace.person("ana")
    ana.slash(f"/charter new {name}", channel)
    ana.gets_modal("New project")
    assert ana.submits() is None
    return ana.hears(name, channel)


def typed(person: Person, command: str, channel: str = "ml-fraud") -> Message:
    """What Charter answers to a command, to the one who typed it."""
    before = person.sees(channel)
    person.slash(f"/charter {command}", channel)
    return person.hears("", channel, after=before[-1] if before else None)


def mentioned(person: Person, text: str, channel: str = "ml-fraud") -> Message:
    """What Charter answers in the thread of a mention."""
    said = person.says(text, channel)
    return person.hears("", channel, said, after=said)


def written(person: Person, text: str) -> Message:
    """What Charter answers in the direct message with it."""
    return person.hears("", after=person.dms(text))


def eventually(look: Callable[[], T | None], seconds: float = PATIENCE) -> T:
    """What `look` finds as soon as it finds something; for what happens outside the workspace."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if (found := look()) is not None:
            return found
        time.sleep(0.01)
    raise AssertionError("it did not happen")
