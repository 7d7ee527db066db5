"""Databases with a team in them, each built once for a run; every program gets a copy."""

import json
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import psycopg
from sqlalchemy import make_url

import app
from tests.bench import plain
from tests.bench.processes import inherited
from tests.bench.team import Team
from tests.support.tree import ROOT

FEW = 100
"""Projects of a small round, whose team is loaded here: it takes less time than Python to start."""
LONGEST = 1_200.0
"""Seconds that building one may take."""


@dataclass(frozen=True, slots=True)
class Built:
    """A finished database, and the seconds that Charter took to load the team's document."""

    path: Path
    projects: int
    loading: float
    megabytes: float


def charter(folder: Path, team: Team) -> Built:
    """Charter's database of this team, complete in one SQLite file."""
    path = folder / f"charter-{team.projects}.db"
    loading = built(f"sqlite:///{path}", team, folder)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return Built(path, team.projects, loading, path.stat().st_size / 1e6)


def built(url: str, team: Team, folder: Path) -> float:
    """Load the team's document into an empty database as its operator would; gives the seconds."""
    file = folder / f"team-{team.projects}.json"
    if not file.exists():
        words = json.dumps(team.document(), separators=(",", ":"))  # a document has its bounds
        file.write_text(words, encoding="utf-8")
    command = ["load", str(file), "--database", url]
    began = time.perf_counter()
    if team.projects < FEW:
        with redirect_stdout(StringIO()):
            assert app.main(command) == 0
        return time.perf_counter() - began
    run = subprocess.run(
        [sys.executable, "app.py", *command],
        cwd=ROOT,
        env=inherited(),
        capture_output=True,
        text=True,
        timeout=LONGEST,
        check=False,
    )
    if run.returncode != 0:
        raise RuntimeError(f"app.py load ended with {run.returncode}:\n{run.stderr[-3000:]}")
    return time.perf_counter() - began


def copied(source: Path, name: str) -> str:
    """The URL of a copy for one program."""
    target = source.with_name(f"{name}.db")
    shutil.copyfile(source, target)
    return f"sqlite:///{target}"


def made_durable(url: str) -> None:
    """Have the tests' PostgreSQL server, which may lose data in a crash, write like a real one."""
    plain_url = make_url(url).set(drivername="postgresql")
    where = plain_url.render_as_string(hide_password=False)
    with psycopg.connect(where, autocommit=True) as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(f"ALTER SYSTEM SET {setting} = on")
        connection.execute("SELECT pg_reload_conf()")


def simple(folder: Path, team: Team, name: str) -> str:
    """The URL of a plain program's database of this team."""
    url = f"sqlite:///{folder / f'{name}.db'}"
    plain.made(url, team.rows())
    return url
