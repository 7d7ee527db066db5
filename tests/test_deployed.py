"""Charter as a container or a unit runs it: no rights, and one directory to write into."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from handlers.playground.double import Double
from tests.handlers.talk import installed
from tests.support import redaction
from tests.support.tree import ROOT

USER = "10001"
BOX = """
set -eu
mount --make-rprivate /
mount --bind "$1" "$1"
mount -o remount,bind,ro /
mount -t tmpfs -o mode=1777 none /tmp
shift
exec setpriv --reuid=10001 --regid=10001 --clear-groups --no-new-privs --inh-caps=-all "$@"
"""
"""Everything read-only but one directory and an empty /tmp, and all rights given away."""


@pytest.fixture
def data() -> Iterator[Path]:
    """The one directory; not below pytest's own, which is closed to other users."""
    if os.getuid() != 0 or not (shutil.which("unshare") and shutil.which("setpriv")):
        pytest.skip("only root may make a mount namespace, with unshare and setpriv")
    folder = Path(tempfile.mkdtemp(prefix="charter-data-", dir="/var/tmp"))
    os.chown(folder, int(USER), int(USER))
    tried = subprocess.run(boxed(folder, "true"), capture_output=True, check=False)
    if tried.returncode != 0:
        shutil.rmtree(folder)
        pytest.skip(f"no mount namespace can be made here: {tried.stderr.decode().strip()}")
    yield folder
    shutil.rmtree(folder)


def boxed(data: Path, *command: str) -> list[str]:
    return ["unshare", "--mount", "sh", "-c", BOX, "box", str(data), *command]


def settings(data: Path, **more: str) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    url = f"sqlite:///{data}/charter.db"
    return {**kept, "HOME": str(data), "DATABASE_URL": url, "PYTHONDONTWRITEBYTECODE": "1", **more}


def run(data: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = boxed(data, sys.executable, str(ROOT / "app.py"), *arguments)
    return subprocess.run(
        command, env=settings(data), cwd=data, capture_output=True, text=True, check=False
    )


def test_the_box_is_closed(data: Path) -> None:
    """Else what follows would show nothing."""
    for place in (ROOT, Path("/var/tmp"), Path("/etc")):
        tried = subprocess.run(boxed(data, "touch", f"{place}/x"), capture_output=True, check=False)
        assert tried.returncode != 0
        assert not (place / "x").exists()
    rights = subprocess.run(
        boxed(data, "grep", "-E", "^(Uid|Groups|CapEff|NoNewPrivs)", "/proc/self/status"),
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert rights.split("\n") == [
        "Uid:\t10001\t10001\t10001\t10001",
        "Groups:\t ",
        "CapEff:\t0000000000000000",
        "NoNewPrivs:\t1",
        "",
    ]


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_it_needs_no_rights_and_one_directory(data: Path) -> None:
    sample = ROOT / "handlers" / "playground" / "sample.json"
    loaded = run(data, "load", str(sample))
    assert (loaded.returncode, loaded.stderr) == (0, "")
    kept = run(data, "backup", str(data / "all.jsonl.gz"))
    assert kept.returncode == 0, kept.stderr
    written = {path.name for path in data.iterdir()}
    assert written - {"charter.db-wal", "charter.db-shm"} == {"charter.db", "all.jsonl.gz"}


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_it_serves_and_is_asked_for_its_health_and_stops(data: Path) -> None:
    double: Double = installed()
    double.add_user("U0ANA", "Ana Silva")
    with double.serve():
        app = double.app
        slack = {
            "SLACK_BOT_TOKEN": app.bot_token,
            "SLACK_SIGNING_SECRET": app.signing_secret,
            "SLACK_API_URL": double.api_url,
        }
        command = boxed(data, sys.executable, str(ROOT / "app.py"), "serve")
        environment = settings(data, **slack, PORT="0", PYTHONUNBUFFERED="1")
        with subprocess.Popen(
            command, env=environment, cwd=data, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            text=True,
        ) as process:  # fmt: skip
            try:
                assert process.stdout is not None
                line = process.stdout.readline()
                found = re.search(r"http://127\.0\.0\.1:(\d+)/", line)
                assert found is not None, f"{line}{process.communicate(timeout=60)}"
                assert healthy(found[1]) == 0
                assert healthy("1") != 0, "where nothing listens it is not well"
                process.send_signal(signal.SIGTERM)
                _out, err = process.communicate(timeout=60)
            finally:
                process.kill()
    redaction.look(err)
    assert (process.returncode, [line for line in err.splitlines() if "rror" in line]) == (0, [])
    assert (data / "charter.db").stat().st_uid == int(USER)


def healthy(port: str) -> int:
    """What the image's health check ends with."""
    joined = re.sub(r"\\\n\s*", "", (ROOT / "Containerfile").read_text(encoding="utf-8"))
    found = re.search(r"^HEALTHCHECK .*?CMD (\[.*\])$", joined, re.MULTILINE)
    assert found is not None
    _python, *arguments = json.loads(found[1])
    asked = [sys.executable, *arguments]
    done = subprocess.run(asked, env={"PORT": port}, capture_output=True, timeout=60, check=False)
    return done.returncode
