"""`app.py serve`, whole: over HTTP and in Socket Mode, until it is asked to stop."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event
from wsgiref.types import StartResponse, WSGIEnvironment

import httpx
import pytest

from bot.sheets import read
from handlers.manifest import manifest
from handlers.playground.double import App, Double
from handlers.playground.double.server import serving as serving_slack
from handlers.service.exports import FEW
from storage import outbox
from storage.database import Database
from tests.bench.team import Team
from tests.handlers.talk import eventually, now
from tests.support import redaction
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
        redaction.look(told)
    assert "Traceback" not in told
    assert '"level": "error"' not in told
    assert [one.said for one in ana.sees("ml-fraud")] == ["waits"]


def test_beside_a_socket_an_operator_asks_how_charter_is(loaded: Shell, workspace: Double) -> None:
    token = "s3cret-of-prometheus"
    redaction.note(token)
    asked = settings(loaded, workspace, "socket")
    with serving(loaded, asked | {"PORT": "0", "CHARTER_METRICS_TOKEN": token}) as process:
        assert process.stdout is not None
        said = process.stdout.readline()
        address = said.removeprefix("Charter listens at ").strip()
        ana = workspace.person("ana")
        eventually(lambda: not ana.slash("/charter help", "ml-fraud").failure or None, 30)
        ana.hears("I know who does what", "ml-fraud")
        assert httpx.get(f"{address}/healthz").status_code == 200
        assert httpx.get(f"{address}/readyz").status_code == 200
        assert httpx.get(f"{address}/metrics").status_code == 401
        assert httpx.post(f"{address}/slack/events").status_code == 404
        shown = httpx.get(f"{address}/metrics", headers={"Authorization": f"Bearer {token}"})
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=20) == 0
    assert shown.headers["content-type"].startswith("text/plain; version=0.0.4")
    assert 'charter_ack_seconds_count{kind="command",way="socket"} 1.0' in shown.text
    assert "charter_database_up 1.0" in shown.text
    assert "process_resident_memory_bytes" in shown.text


def workbooks_of(process: subprocess.Popen[str]) -> list[int]:
    """The processes that a serving one has begun to make workbooks."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it may be over by now
            parent = (folder / "stat").read_text().rpartition(")")[2].split()[1]
            words = (folder / "cmdline").read_bytes()
            if int(parent) == process.pid and b"spawn_main" in words:
                found.append(int(folder.name))
    return found


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="children are found in /proc")
def test_a_large_workbook_comes_though_its_process_is_killed(
    shell: Shell, workspace: Double
) -> None:
    team = shell.folder / "team.json"
    team.write_text(json.dumps(Team(FEW + 1, 10).document()), encoding="utf-8")
    assert shell.run("load", str(team)).code == 0
    ana = workspace.person("ana")
    with serving(shell, settings(shell, workspace, "socket")) as process:
        eventually(lambda: not ana.slash("/charter help", "ml-fraud").failure or None, 30)
        assert not ana.slash("/charter export portfolio", "ml-fraud").failure
        ana.hears("Preparing the workbook Portfolio")
        first = eventually(lambda: next(iter(workbooks_of(process)), None), 30)
        os.kill(first, signal.SIGKILL)
        told = ana.hears(f"with {FEW + 1} projects that you can see", seconds=90)
        file = next(message for message in reversed(ana.sees()) if message.files)
        content = ana.downloads(file, file.files[0].name)

        assert not ana.slash("/charter export portfolio", "ml-fraud").failure
        eventually(lambda: next(iter(workbooks_of(process)), None), 30)
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=10) == 0
        ana.hears("I cannot reach the process that writes workbooks just now")
        assert process.stderr is not None
        log = process.stderr.read()
        redaction.look(log)
    assert "Preparing" not in told.said
    assert len(read(content)["Portfolio"]) == FEW + 2
    assert log.count('"event": "workbook_lost"') == 2
    assert "Traceback" not in log


@pytest.mark.slow
def test_it_ends_in_time_though_slack_answers_nothing(loaded: Shell) -> None:
    double = Double(now, App.from_manifest(manifest()))
    double.add_user("U0ANA", "Ana Silva")
    double.add_channel("ml-fraud", id="C0FRAUD")
    hangs, over = Event(), Event()

    def hanging(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        if hangs.is_set():
            over.wait(60)
        return double.wsgi(environ, start)

    with serving_slack(hanging) as double.base_url:
        ana = double.person("ana")
        with serving(loaded, settings(loaded, double, "http")) as process:
            assert process.stdout is not None
            double.app_url = process.stdout.readline().partition(" at ")[2].strip()
            ana.slash("/charter help", "ml-fraud")
            ana.hears("I know who does what", "ml-fraud")
            hangs.set()
            ana.says("@Charter who owns the data pipeline?", "ml-fraud")
            process.send_signal(signal.SIGTERM)
            assert process.wait(timeout=20) == 0
            assert process.stderr is not None
            log = [json.loads(line) for line in process.stderr.read().splitlines()]
        over.set()
    [left] = [line for line in log if line["event"] == "left_undone"]
    assert len(left["requests"]) == 1
    assert left["requests"][0] not in {line.get("request") for line in log if line is not left}


@pytest.mark.slow
def test_a_load_balancer_sees_first_that_a_replica_leaves(loaded: Shell, workspace: Double) -> None:
    asked = settings(loaded, workspace, "http") | {"CHARTER_DRAIN_SECONDS": "3"}
    ana = workspace.person("ana")
    with serving(loaded, asked) as process:
        assert process.stdout is not None
        workspace.app_url = process.stdout.readline().partition(" at ")[2].strip()
        address = workspace.app_url.removesuffix("/slack/events")
        assert httpx.get(f"{address}/readyz").status_code == 200
        process.send_signal(signal.SIGTERM)
        eventually(lambda: httpx.get(f"{address}/readyz").status_code == 503 or None, 2)
        assert not ana.slash("/charter help", "ml-fraud").failure, "it serves all the same"
        ana.hears("I know who does what", "ml-fraud")
        assert process.wait(timeout=20) == 0


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
