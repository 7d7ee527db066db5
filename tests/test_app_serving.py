"""`app.py serve`, whole: over HTTP and in Socket Mode, until it is asked to stop."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from handlers.manifest import manifest
from handlers.playground.double import App, Double
from storage import outbox
from storage.database import Database
from tests.handlers.talk import eventually, now
from tests.support.shell import Shell
from tests.support.tree import ROOT


@pytest.fixture
def workspace() -> Iterator[Double]:
    double = Double(now, App.from_manifest(manifest()))
    double.add_user("U0ANA", "Ana Silva")
    double.add_channel("ml-fraud", id="C0FRAUD")
    with double.serve():
        yield double


def settings(shell: Shell, workspace: Double, mode: str) -> dict[str, str]:
    app = workspace.app
    door = {
        "http": {"SLACK_SIGNING_SECRET": app.signing_secret, "PORT": "0"},
        "socket": {"SLACK_APP_TOKEN": app.app_token},
    }[mode]
    reached = {"SLACK_BOT_TOKEN": app.bot_token, "SLACK_API_URL": workspace.api_url}
    return {"DATABASE_URL": shell.url, **reached, **door}


@contextmanager
def serving(shell: Shell, asked: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    plain = {name: value for name, value in os.environ.items() if "SLACK" not in name}
    with subprocess.Popen(
        [sys.executable, str(ROOT / "app.py"), "serve"],
        cwd=shell.folder,
        env=plain | asked,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def say(shell: Shell, key: str) -> None:
    """Let something be waiting, as another replica or `app.py sync` would."""
    database = Database(shell.url)
    with database.begin() as session:
        outbox.say(session, 1, key, "C0FRAUD", key, [], now())
    database.close()


@pytest.mark.slow
@pytest.mark.parametrize("mode", ["http", "socket"])
def test_what_waits_is_sent_until_charter_is_asked_to_stop(
    loaded: Shell, workspace: Double, mode: str
) -> None:
    say(loaded, "waits")
    ana = workspace.person("ana")
    with serving(loaded, settings(loaded, workspace, mode)) as process:
        eventually(lambda: [one.said for one in ana.sees("ml-fraud")] or None, 30)
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=20) == 0
        assert process.stderr is not None
        told = process.stderr.read()
    assert "Traceback" not in told
    assert '"level": "error"' not in told
    assert [one.said for one in ana.sees("ml-fraud")] == ["waits"]


def test_what_cannot_open_its_door_sends_nothing(loaded: Shell, workspace: Double) -> None:
    say(loaded, "waits")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        asked = settings(loaded, workspace, "http") | {"PORT": port}
        said = loaded.run("serve", **asked)
    assert (said.code, said.out) == (1, "")
    assert f"Port {port} is in use" in said.err
    assert "Traceback" not in said.err
    assert workspace.person("ana").sees("ml-fraud") == []
