"""Several Slack teams that install Charter, and replicas of Charter that serve them."""

import http.client
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from slack_bolt import App as Bolt

from bot.settings import Settings
from handlers import installing, talking
from handlers.manifest import manifest
from handlers.playground.double import PATIENCE, App, Double, serving
from handlers.playground.double.check import Json
from handlers.playground.double.teams import Teams
from handlers.pulse import Pulse
from handlers.runner import Runner
from handlers.service import Charter, services
from handlers.service.installations import KEPT_UNINSTALLED, Vault, new_key
from handlers.slack import Slack
from handlers.tenants.many import Many
from handlers.tenants.renewal import AppKeys, Renewal
from handlers.web import EVENTS, Web
from storage.database import Database
from tests.support import redaction

KEY = new_key()


class Clock:
    """The real time, and what was added to it."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    def passes(self, **time: float) -> None:
        self.ahead += timedelta(**time)


@dataclass
class Answered:
    status: int
    headers: http.client.HTTPMessage
    text: str


@dataclass
class Replica:
    """One process of Charter, without the process."""

    charter: Charter
    many: Many
    bolt: Bolt
    pulse: Pulse
    url: str = ""

    def get(self, path: str, cookie: str = "") -> Answered:
        """What a browser sees at an address."""
        address = urlsplit(self.url)
        connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=30)
        connection.request("GET", path, headers={"Cookie": cookie} if cookie else {})
        reply = connection.getresponse()
        answered = Answered(reply.status, reply.headers, reply.read().decode())
        connection.close()
        return answered


@dataclass
class Company:
    """Slack's side, the record, and how replicas are made."""

    teams: Teams
    database: Database
    clock: Clock
    parts: ExitStack
    keys: tuple[str, ...] = (KEY,)
    kept_for: timedelta = KEPT_UNINSTALLED
    may_install: str = ""
    replicas: list[Replica] = field(default_factory=list)

    def replica(self) -> Replica:
        teams = self.teams
        slack = Slack.reach("", teams.api_url)
        app_keys = AppKeys(teams.client_id, teams.client_secret)
        many = Many(slack, self.clock, Renewal(slack.client, app_keys, self.clock))
        self.parts.callback(many.close)
        charter = services(
            self.database,
            self.clock,
            everyone=many.everyone,
            quiet_until=many.quiet_until,
            readers=many.readers,
            vault=Vault(self.keys),
            kept_for=self.kept_for,
        )
        many.connect(charter)
        bolt = talking.wired(charter, many, self.clock)
        runner = bolt.listener_runner
        assert isinstance(runner, Runner)
        runner.form_wait = PATIENCE
        self.parts.callback(runner.listener_executor.shutdown)
        pulse = Pulse(charter, many, self.clock)
        self.parts.callback(pulse.close)
        made = Replica(charter, many, bolt, pulse)
        pages = installing.pages(self.settings, charter, many)
        web = Web(bolt, self._app.signing_secret, self.database.answers, {}, pages)
        made.url = self.parts.enter_context(serving(web))
        self.replicas.append(made)
        return made

    @property
    def settings(self) -> Settings:
        return Settings.read(
            {
                "slack_client_id": self.teams.client_id,
                "slack_client_secret": self.teams.client_secret,
                "slack_signing_secret": self._app.signing_secret,
                "slack_api_url": self.teams.api_url,
                "charter_secret_keys": ",".join(self.keys),
                "charter_teams": self.may_install,
            }
        )

    @property
    def _app(self) -> App:
        return next(iter(self.teams.doubles.values())).app

    def team(self, team_id: str, name: str, enterprise_id: str | None = None) -> Double:
        return self.teams.add(team_id, name, enterprise_id)

    def begin(self, replica: Replica) -> tuple[str, str]:
        """Somebody opens the install page; gives Slack's address that it leads to, and a cookie."""
        begun = replica.get("/slack/install")
        assert begun.status == 302
        cookie = str(begun.headers["Set-Cookie"]).partition(";")[0]
        return str(begun.headers["Location"]), cookie

    def install(self, double: Double, replica: Replica) -> Answered:
        """Somebody of a team installs Charter; gives the page that they see in the end."""
        address, cookie = self.begin(replica)
        back = urlsplit(self.teams.approve(double, address))
        double.app_url = replica.url + EVENTS
        return replica.get(f"{back.path}?{back.query}", cookie)


class Noted(Teams):
    """Whatever it gives out that opens something may stand in no log."""

    def _tokens(self, double: Double) -> Json:
        told = super()._tokens(double)
        for name in ("access_token", "refresh_token"):
            redaction.note(str(told.get(name, "")))
        return told


@contextmanager
def company(database: Database, *, rotates: bool = False) -> Iterator[Company]:
    """Two teams, Acme and Bolt, of which neither has installed Charter yet."""
    clock = Clock()
    app = App.from_manifest(manifest())
    teams = Noted(clock, app, rotates=rotates, ack_seconds=PATIENCE, trigger_seconds=PATIENCE)
    acme, bolt = teams.add("T0ACME", "Acme"), teams.add("T0BOLT", "Bolt")
    acme.add_user("U0ANA", "Ana Silva", is_admin=True)
    acme.add_channel("ml-fraud", id="C0FRAUD")
    bolt.add_user("U0ZOE", "Zoe Quist", is_admin=True)
    bolt.add_channel("ranking", id="C0RANK")
    redaction.note(KEY)
    redaction.note(teams.client_secret)
    with teams.serve(), ExitStack() as parts:
        yield Company(teams, database, clock, parts)
