"""The playground put together: the double, the page, and the real bot between them."""

import signal
import threading
from collections.abc import Callable, Iterable
from datetime import datetime
from importlib.resources import files
from types import FrameType
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import handlers
from bot.document import Document, read
from handlers import web
from handlers.manifest import manifest
from handlers.playground import page
from handlers.playground.double import Double
from handlers.playground.double.model import App
from handlers.service import Records, services
from handlers.slack import Slack

Clock = Callable[[], datetime]


class Late:
    """The bot's place in the page's server: the server must listen before the bot can be built."""

    def __init__(self) -> None:
        self.application: WSGIApplication | None = None

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        if self.application is None:
            start("503 Service Unavailable", [("Content-Length", "0")])
            return []
        return self.application(environ, start)


class House:
    """A running playground. `close` ends it; the record stays in its database."""

    def __init__(self, url: str, host: str, port: int, clock: Clock) -> None:
        sample = files("handlers.playground").joinpath("sample.json").read_bytes()
        document = read(sample)
        self.double = settled(document, clock)
        self._late = Late()
        self._server = web.listening(page.wsgi(self.double, self._late), host, port)
        self.address = f"http://{host}:{self._server.effective_port}"
        self.double.space.base_url = self.address
        self._thread = threading.Thread(target=self._server.run, name="playground")
        self._thread.start()
        self.records = Records(url)
        charter = services(self.records.database, clock)
        app = self.double.app
        self._slack = Slack.reach(app.bot_token, f"{self.address}/api/")
        if self.records.is_empty():
            charter.documents.load(None, sample, clock())
        self.talking = handlers.build(charter, self._slack, clock)
        bot = web.Web(self.talking.bolt, app.signing_secret, self.records.database.answers)
        self._late.application = bot

    def close(self) -> None:
        self.double.close()  # lets the browsers go that wait for news
        self._server.close()
        self._thread.join(timeout=10)
        self.talking.close()
        self.records.close()


def settled(document: Document, clock: Clock) -> Double:
    """The double, with the document's people and channels in it and Charter installed as its

    manifest asks.
    """
    double = Double(clock, App.from_manifest(manifest()), team_name=document.meta.org)
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
            name = project.channel.removeprefix("#")
            if project.private:
                double.add_channel(name, inside, is_private=True)
            else:
                double.add_channel(name)
    return double


def serve(url: str, host: str, port: int, clock: Clock) -> int:
    """Serve the playground until SIGTERM or SIGINT. Must run in the main thread."""
    stop = threading.Event()

    def leave(number: int, frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, leave)
    house = House(url, host, port, clock)
    print(f"The playground is open: {house.address} (Ctrl+C ends it)", flush=True)
    stop.wait()
    house.close()
    return 0
