"""The playground put together: the double, the page, and the real bot between them."""

import signal
import threading
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from importlib.resources import files
from types import FrameType
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import structlog

import handlers
from bot.document import Document, read
from bot.errors import CharterError
from bot.outcome import Place
from bot.people import Actor, Surface
from bot.settings import Settings
from bot.sources import sources
from handlers import observe, web
from handlers.manifest import hosts, manifest
from handlers.playground import guard, page
from handlers.playground.clock import MovableClock, turning
from handlers.playground.double import PATIENCE, App, Double
from handlers.playground.lately import lately
from handlers.playground.outside import GITHUB, MLFLOW, Outside, followed, pointed_at
from handlers.service import Charter, Records, services
from handlers.service.links import hearing
from handlers.service.links.kept import KeptAnswers
from handlers.slack import Slack
from handlers.tenants import One
from handlers.timers import BEAT_SECONDS, Heartbeat

log = structlog.get_logger("charter.playground")

Clock = Callable[[], datetime]


class Late:
    """A place in the server for what can be built only once the server listens."""

    def __init__(self) -> None:
        self.application: WSGIApplication | None = None

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        if self.application is None:
            start("503 Service Unavailable", [("Content-Length", "0")])
            return []
        return self.application(environ, start)


class Ticking:
    """Sees once a second to what is due, by a clock that can be moved.

    One thread does it all, so that a moment that the clock is moved to is seen to whole before the
    clock goes on; the heartbeat's own threads would run on beside it.
    """

    def __init__(self, clock: MovableClock, heartbeat: Heartbeat) -> None:
        self._clock = clock
        self._heartbeat = heartbeat
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, name="playground-clock", daemon=True)
        self._thread.start()

    def _run(self) -> None:
        while not self._over.wait(BEAT_SECONDS):
            try:
                self._clock.tick(self._heartbeat)
            except CharterError as error:
                log.warning("tick_skipped", **observe.refusal(error))
            except Exception as error:
                log.error("tick_failed", **observe.fault(error))

    def close(self) -> None:
        self._over.set()
        self._clock.stop()
        self._thread.join(timeout=10)
        self._heartbeat.close()


class House:
    """A running playground. `close` ends it; the record stays in its database.

    With `empty`, a new record begins as Charter does when it was just installed: the people and
    channels are there, and no project. `wall` is the real clock. The playground's own goes with
    it, as far ahead as it was moved.
    """

    def __init__(self, url: str, settings: Settings, wall: Clock, *, empty: bool = False) -> None:
        self.records = Records(url)
        began, until = self.records.span() or (wall(), wall())
        sample = lately(files("handlers.playground").joinpath("sample.json").read_bytes(), began)
        document = read(sample)
        self.clock = MovableClock(wall, until)
        whole, bot = Late(), Late()
        self._server = web.listening(whole, settings.host, settings.port)
        host = settings.host if guard.is_loopback(settings.host) else "127.0.0.1"
        self.address = f"http://{host}:{self._server.effective_port}"
        settings = pointed_at(settings, self.address)
        self.double = settled(document, self.clock, (*hosts(settings), host))
        self.clock.moved = self.double.space.changed
        self.double.space.base_url = self.address
        whole.application = page.wsgi(self.double, bot, self._around(began))
        self._thread = threading.Thread(target=self._server.run, name="playground", daemon=True)
        self._thread.start()
        kept = KeptAnswers(self.records.database, self.clock)
        known = sources(settings, kept, self.clock, listener=hearing.heard)
        app = self.double.app
        self._slack = Slack.reach(app.bot_token, f"{self.address}/api/")
        one = One(self._slack)
        charter = services(
            self.records.database,
            self.clock,
            settings.admins(),
            known,
            one.everyone,
            one.quiet_until,
            readers=one.readers,
        )
        self._links = charter.links
        is_new = self.records.is_empty() and not empty
        if is_new:
            charter.documents.load(None, sample, self.clock())
        self.talking = handlers.build(charter, one, self.clock)
        self.heartbeat = Heartbeat(charter, self._slack, self.talking.workspace, self.clock)
        if is_new:
            self._follow(charter, settings)
        self._ticking = Ticking(self.clock, self.heartbeat)
        bot.application = web.Web(
            self.talking.bolt, app.signing_secret, self.records.database.answers
        )

    def _around(self, began: datetime) -> page.Around:
        outside = Outside(self.clock, began, self.address)
        return page.Around(
            deeds={"clock": turning(self.clock, lambda: self.heartbeat)},
            neighbours=outside.neighbours,
            tries=tries(self.address),
        )

    def _follow(self, charter: Charter, settings: Settings) -> None:
        """Let what happens in the recorded world reach the projects by itself."""
        operator = Actor(self.talking.workspace, None, Surface.LOAD)
        for order in followed(settings, self.address):
            charter.follows.follow(operator, order, Place())

    def close(self) -> None:
        self._ticking.close()
        self.double.close()  # lets the browsers go that wait for news
        self._server.close()
        self._thread.join(timeout=10)
        self.talking.close()
        self._links.close()
        self.records.close()


def tries(address: str) -> dict[str, str]:
    """What a newcomer may type first, in the channel of the first project."""
    return {
        "question": "@Charter who owns the data pipeline?",
        "hand_over": "/charter raci data quality A @Bea Lind",
        "standup": "/charter standup",
        "digest": "/charter digest preview",
        "pull_request": f"{address}{GITHUB}/tern/berth-planner/pull/121",
        "run": f"{address}{MLFLOW}/#/experiments/1/runs/mlf-b27",
        "export": "/charter export portfolio",
    }


def settled(document: Document, clock: Clock, domains: Sequence[str]) -> Double:
    """The double, with the document's people and channels in it and Charter installed as its
    manifest asks; `domains` are the hosts whose links it hears of.
    """
    app = App.from_manifest(manifest(hosts=domains))
    # On a machine that is slow or busy, forms come late but come: that is no fault of Charter's.
    double = Double(clock, app, team_name=document.meta.org, trigger_seconds=PATIENCE)
    names: dict[str, str] = {}
    for person in document.people:
        if person.slack_id is None:
            continue
        names[person.key] = person.slack_id
        double.add_user(
            person.slack_id,
            person.name,
            person.key,
            tz=person.timezone,
            title=person.job_title,
            deleted=not person.active,
            is_admin=person.admin,
        )
    double.add_channel("general")
    for project in document.projects:
        if project.channel:
            inside = [names[key] for key in project.members if key in names]
            name, topic = project.channel.removeprefix("#"), project.scope.goal or ""
            if project.private:
                double.add_channel(name, inside, is_private=True, topic=topic)
            else:
                double.add_channel(name, topic=topic)
    return double


def serve(url: str, settings: Settings, clock: Clock, *, empty: bool = False) -> int:
    """Serve the playground until SIGTERM or SIGINT. Must run in the main thread."""
    stop = threading.Event()

    def leave(number: int, frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, leave)
    house = House(url, settings, clock, empty=empty)
    print(f"The playground is open: {house.address} (Ctrl+C ends it)", flush=True)
    stop.wait()
    house.close()
    return 0
