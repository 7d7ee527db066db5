"""`app.py serve` for several workspaces, whole: they install Charter, are served, and go."""

import http.client
import json
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest

from handlers.manifest import manifest
from handlers.playground.double import PATIENCE, App, Double
from handlers.playground.double.teams import Teams
from handlers.web import EVENTS
from tests.handlers.company import Noted
from tests.handlers.talk import eventually, now
from tests.support import redaction
from tests.support.shell import Shell
from tests.test_app_serving import serving


@dataclass(slots=True)
class Served:
    """A process that serves, and a browser that installs."""

    teams: Teams
    address: str
    over_http: bool

    def page(self, path: str, cookie: str = "") -> tuple[http.client.HTTPResponse, str]:
        connection = http.client.HTTPConnection(urlsplit(self.address).netloc, timeout=30)
        connection.request("GET", path, headers={"Cookie": cookie} if cookie else {})
        reply = connection.getresponse()
        text = reply.read().decode()
        connection.close()
        return reply, text

    def install(self, double: Double) -> str:
        begun, _ = self.page("/slack/install")
        assert begun.status == 302
        back = urlsplit(self.teams.approve(double, str(begun.headers["Location"])))
        if self.over_http:
            double.app_url = self.address + EVENTS
        else:
            double.transport = "socket"
        cookie = str(begun.headers["Set-Cookie"]).partition(";")[0]
        reply, text = self.page(f"{back.path}?{back.query}", cookie)
        assert reply.status == 200
        return text


@pytest.fixture
def teams() -> Iterator[Teams]:
    made = Noted(now, App.from_manifest(manifest()), ack_seconds=PATIENCE, trigger_seconds=PATIENCE)
    for id, name, user, person, channel in (
        ("T0ACME", "Acme", "U0ANA", "Ana Silva", "ml-fraud"),
        ("T0BOLT", "Bolt", "U0ZOE", "Zoe Quist", "ranking"),
    ):
        double = made.add(id, name)
        double.add_user(user, person, is_admin=True)
        double.add_channel(channel)
    with made.serve():
        yield made


def settings(shell: Shell, teams: Teams, mode: str, *keys: str) -> dict[str, str]:
    app = teams.doubles["T0ACME"].app
    door = {
        "http": {"SLACK_SIGNING_SECRET": app.signing_secret},
        "socket": {"SLACK_APP_TOKEN": app.app_token},
    }[mode]
    return {
        "DATABASE_URL": shell.url,
        "PORT": "0",
        "SLACK_CLIENT_ID": teams.client_id,
        "SLACK_CLIENT_SECRET": teams.client_secret,
        "SLACK_API_URL": teams.api_url,
        "CHARTER_SECRET_KEYS": ",".join(keys),
        **door,
    }


@contextmanager
def served(shell: Shell, teams: Teams, mode: str, *keys: str) -> Iterator[Served]:
    """Until it is asked to stop; it then ends well, and has logged neither fault nor secret."""
    with serving(shell, settings(shell, teams, mode, *keys)) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        said = process.stdout.readline().removeprefix("Charter listens at ").strip()
        yield Served(teams, said.removesuffix(EVENTS), mode == "http")
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=20) == 0
        told = process.stderr.read()
    redaction.look(told)
    assert '"level": "error"' not in told


@pytest.mark.slow
@pytest.mark.parametrize("mode", ["http", "socket"])
def test_two_teams_install_charter_are_served_and_one_goes(
    shell: Shell, teams: Teams, mode: str
) -> None:
    acme, bolt = teams.doubles.values()
    ana, zoe = acme.person("ana"), bolt.person("zoe")
    key = shell.run("new-key").out.strip()
    redaction.note(key)
    with served(shell, teams, mode, key) as there:
        for double in (acme, bolt):
            assert f"Charter is in {double.space.team_name}" in there.install(double)
        ana.slash("/charter new Fraud Radar", "ml-fraud")
        ana.gets_modal("New project")
        assert ana.submits() is None
        ana.hears("Fraud Radar", "ml-fraud")
        zoe.slash("/charter portfolio", "ranking")
        assert "Fraud" not in zoe.hears("", "ranking").said
        teams.take_away(bolt)
        ana.slash("/charter portfolio", "ml-fraud")
        ana.hears("1 project without a verdict", "ml-fraud")

    doctor = shell.run("doctor", **settings(shell, teams, mode, key))
    assert "installation T0ACME (Acme, workspace 1): scopes: all granted" in doctor.out
    assert "installation T0BOLT" not in doctor.out
    assert "Charter was taken away there on" in doctor.out
    assert "clock: agrees with Slack's" in doctor.out
    assert doctor.code == 0


@pytest.mark.slow
def test_keys_are_replaced_at_the_command_line(shell: Shell, teams: Teams) -> None:
    acme = teams.doubles["T0ACME"]
    old, new, other = (shell.run("new-key").out.strip() for _ in range(3))
    for key in (old, new, other):
        redaction.note(key)
    assert len({old, new, other}) == 3
    with served(shell, teams, "http", old) as there:
        there.install(acme)

    def kept_with(*keys: str) -> dict[str, str]:
        return settings(shell, teams, "http", *keys)

    lost = shell.run("rotate-keys", **kept_with(other))
    assert (lost.code, lost.out) == (1, "")
    assert "name the old key too. Nothing was changed." in lost.err
    assert "installation T0ACME: no key opens it" in shell.run("doctor", **kept_with(other)).out
    done = shell.run("rotate-keys", **kept_with(new, old))
    assert (done.code, done.out) == (0, "1 installation sealed with the first key\n")
    locked = shell.run("doctor", **kept_with(old))
    assert locked.code == 1
    assert "no key opens it" in locked.out
    with served(shell, teams, "http", new) as there:
        acme.app_url = there.address + EVENTS
        ana = acme.person("ana")
        eventually(lambda: not ana.slash("/charter help", "ml-fraud").failure or None)
        ana.hears("I know who does what", "ml-fraud")
    no_keys = {name: one for name, one in kept_with(new).items() if not name.startswith("SLACK")}
    none = shell.run("rotate-keys", **{**no_keys, "CHARTER_SECRET_KEYS": ""})
    assert none.code == 2
    assert none.err.startswith("CHARTER_SECRET_KEYS is not set")


def test_the_manifest_names_where_slack_sends_people_back_to(shell: Shell) -> None:
    said = shell.run("manifest", "--install", "https://charter.example.org/")
    made = json.loads(said.out)
    back = "https://charter.example.org/slack/oauth_redirect"
    assert made["oauth_config"]["redirect_urls"] == [back]
    plain = shell.run("manifest", "--install", "http://charter.example.org")
    assert plain.code == 2
    assert "https://charter.example.org" in plain.err
