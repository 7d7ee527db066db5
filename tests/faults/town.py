"""A workspace and the replicas of Charter that serve it, each a process of its own."""

import os
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from http import HTTPStatus
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urljoin
from wsgiref.types import WSGIApplication

import httpx
from sqlalchemy import select

from bot.errors import Unavailable
from bot.orders import NewProject
from bot.outcome import Place
from bot.people import Surface
from handlers.manifest import manifest
from handlers.playground.double import App, Double
from handlers.playground.double.server import serving
from handlers.service import services
from storage import audit, migrate, outbox
from storage.database import Database
from storage.tables import AliasRow, columns
from tests.handlers.talk import now
from tests.support.tree import ROOT

PEOPLE = 6
CHANNELS = 12
STARTS_WITHIN = 90.0
DRAIN = 2
"""Seconds for which a replica serves on after it was asked to stop."""
_LISTENS = re.compile(r"listens at (http://\S+)")


class Replicated(Double):
    """Slack, which sends each payload to the next of the replicas that are there."""

    def __init__(self, **more: Any) -> None:
        self.replicas: list[Replica] = []
        self._turns = count()
        super().__init__(now, App.from_manifest(manifest()), **more)

    @property
    def app_url(self) -> str:
        there = [*self.replicas]
        return there[next(self._turns) % len(there)].url if there else "http://127.0.0.1:9/gone"

    @app_url.setter
    def app_url(self, _url: str) -> None:
        """Each replica has its own."""


class Replica:
    """`app.py serve`, over HTTP; `url` is where Slack reaches it. `begin`: what its command begins
    with.
    """

    def __init__(
        self,
        folder: Path,
        settings: dict[str, str],
        user: int | None = None,
        begin: tuple[str, ...] = (),
    ) -> None:
        plain = {name: value for name, value in os.environ.items() if "SLACK" not in name}
        self._err = folder / f"replica-{time.monotonic_ns()}.log"
        with self._err.open("w") as err:
            self.process = subprocess.Popen(
                [*begin, sys.executable, str(ROOT / "app.py"), "serve"],
                cwd=folder,
                env=plain | settings,
                stdout=subprocess.PIPE,
                stderr=err,
                text=True,
                user=user,
            )
        assert self.process.stdout is not None
        found = _LISTENS.search(self.process.stdout.readline())
        if found is None:
            self.process.wait(STARTS_WITHIN)
            raise AssertionError(f"it did not start: {self.said()}")
        self.url = found[1]

    def said(self) -> str:
        """What it logged."""
        return self._err.read_text("utf-8")

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()
        assert self.process.stdout is not None
        self.process.stdout.close()

    def leave(self, taken_out: Callable[[], None]) -> tuple[int, float]:
        """Ask it to stop, and call this when a load balancer sees that; gives its exit code and how
        many seconds all took.
        """
        began = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        ready = urljoin(self.url, "/readyz")
        while httpx.get(ready).status_code == HTTPStatus.OK and time.monotonic() - began < DRAIN:
            time.sleep(0.05)
        taken_out()
        return self.process.wait(60), time.monotonic() - began


class Town:
    """People, channels, one project, and replicas that come and go."""

    def __init__(self, url: str, folder: Path, double: Replicated) -> None:
        self.url = url
        self.folder = folder
        self.double = double
        self.folder.mkdir(parents=True, exist_ok=True)
        self.logs: list[Replica] = []
        for number in range(PEOPLE):
            double.add_user(f"U0P{number}", f"Person Number{number}", f"p{number}")
        double.add_user("U0LEAD", "Lead Sample", "lead")
        for number in range(PEOPLE):
            double.add_channel(f"room-{number}", [f"p{number}"], id=f"C0ROOM{number}")
        for number in range(CHANNELS):
            double.add_channel(f"heart-{number}", id=f"C0HEART{number}")

    @property
    def settings(self) -> dict[str, str]:
        app = self.double.app
        return {
            "DATABASE_URL": self.url,
            "SLACK_BOT_TOKEN": app.bot_token,
            "SLACK_API_URL": self.double.api_url,
            "SLACK_SIGNING_SECRET": app.signing_secret,
            "PORT": "0",
            "CHARTER_DRAIN_SECONDS": str(DRAIN),
            "CHARTER_ASKS_PER_PERSON": "0",
            "CHARTER_ASKS_PER_WORKSPACE": "0",
        }

    def bear(self, **how: Any) -> Replica:
        """One more replica, to which Slack sends from now on."""
        made = Replica(self.folder, self.settings, **how)
        self.logs.append(made)
        self.double.replicas.append(made)
        return made

    def forget(self, replica: Replica) -> None:
        """Slack sends nothing more to it."""
        with suppress(ValueError):
            self.double.replicas.remove(replica)

    def begin(self) -> None:
        """The project in which everybody writes."""
        first = self.double.person("p0")
        first.slash("/charter new Fraud Radar", "room-0")
        first.gets_modal("New project", seconds=30)
        assert first.submits() is None
        first.hears("Fraud Radar", "room-0", seconds=30)

    def put(self, messages: int) -> None:
        """Let so many messages wait to be sent."""
        with self.stored() as database, database.begin() as session:
            for number in range(messages):
                channel = f"C0HEART{number % CHANNELS}"
                outbox.say(session, 1, f"beat/{number}", channel, f"beat {number}", [], now())

    def found(self, projects: int) -> None:
        """So many more projects."""
        with self.stored() as database:
            charter = services(database, now)
            first = charter.people.known(1, "U0P0")
            assert first is not None
            actor = charter.people.actor(1, first, Surface.COMMAND)
            for number in range(projects):
                charter.projects.create(actor, NewProject(f"Radar {number}"), Place())

    @contextmanager
    def stored(self) -> Iterator[Database]:
        database = Database(self.url)
        try:
            yield database
        finally:
            database.close()

    def heard(self) -> Counter[str]:
        """How often each message was posted."""
        ana = self.double.person("p0")
        return Counter(
            one.said
            for number in range(CHANNELS)
            for one in ana.sees(f"heart-{number}")
            if one.said.startswith("beat ")
        )

    def arrived(self, messages: int, seconds: float) -> bool:
        """Whether all have come, and are noted, within so many seconds."""
        ends = time.monotonic() + seconds
        while time.monotonic() < ends:
            with suppress(Unavailable), self.stored() as database:
                waiting = services(database, now).outbox.waiting(1).waiting
                if not waiting and len(self.heard()) == messages:
                    return True
            time.sleep(0.5)
        return False

    def names(self) -> set[str]:
        """The further names that stand in the record."""
        with self.stored() as database, database.read() as session:
            return set(session.scalars(select(columns(AliasRow).text)))

    def broken(self) -> int:
        """Lines of the record that do not stand."""
        with self.stored() as database, database.read() as session:
            return len(audit.verify(session).faults)

    def traces(self) -> list[str]:
        """What the replicas logged as faults of their own."""
        found = [line for one in self.logs for line in one.said().splitlines()]
        return [line for line in found if "Traceback" in line or '"unexpected"' in line]

    def close(self) -> None:
        for one in self.logs:
            with suppress(ProcessLookupError):
                one.kill()


@contextmanager
def town(
    url: str, folder: Path, between: Callable[[WSGIApplication], WSGIApplication] | None = None
) -> Iterator[Town]:
    """A town on a migrated, empty database; `between` stands between Charter and Slack."""
    double = Replicated()
    with serving(between(double.wsgi) if between else double.wsgi) as address:
        double.base_url = address
        made = Town(url, folder, double)
        try:
            yield made
        finally:
            made.close()
            double.close()


def prepared(url: str) -> str:
    migrate.upgrade(url)
    return url


def told_most(said: Sequence[str]) -> str:
    """What Charter said most often; else what Slack did in its place."""
    own = [words for words in said if "failed with the error" not in words]
    return Counter(own or said).most_common(1)[0][0] if said else ""
