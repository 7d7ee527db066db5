"""A workspace with Ana, Bea and Charter, a clock to turn, and a client that talks to it."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from handlers.playground.double import Double, Person, serving
from tests.handlers.playground.recorder import Recorder
from tests.support.clock import T0


class Clock:
    """A clock that stands still until a test lets time pass."""

    def __init__(self) -> None:
        self.at = T0

    def __call__(self) -> datetime:
        return self.at

    def passes(self, **time: float) -> None:
        self.at += timedelta(**time)


class Client:
    """slack_sdk's client; `refused` gives the error of a call that has to fail."""

    def __init__(self, double: Double, token: str) -> None:
        self.web = WebClient(token, base_url=double.api_url)

    def call(self, method: str, **args: object) -> dict[str, object]:
        data = self.web.api_call(method, json=args).data
        assert isinstance(data, dict)
        return data

    def refused(self, method: str, **args: object) -> str:
        return str(self.refusal(method, **args)["error"])

    def refusal(self, method: str, **args: object) -> dict[str, object]:
        with pytest.raises(SlackApiError) as caught:
            self.web.api_call(method, json=args)
        data = caught.value.response.data
        assert isinstance(data, dict)
        return data


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def double(clock: Clock) -> Iterator[Double]:
    """Served on loopback; nothing listens for the app until a test says so."""
    double = Double(clock)
    double.add_user("U0ANA", "Ana Silva", tz="Europe/Lisbon", title="Data scientist")
    double.add_user("U0BEA", "Bea Lind", tz="Europe/Stockholm", is_admin=True)
    double.add_user("U0OLD", "Olga Dahl", deleted=True)
    double.add_channel("proj-x", id="C0X")
    double.add_channel("secret", ["Bea Lind"], id="C0SECRET", is_private=True)
    double.add_channel("elsewhere", id="C0ELSE", without_app=True)
    double.add_channel("old", id="C0OLD", is_archived=True)
    with double.serve():
        yield double


@pytest.fixture
def ana(double: Double) -> Person:
    return double.person("Ana")


@pytest.fixture
def bea(double: Double) -> Person:
    return double.person("Bea")


@pytest.fixture
def client(double: Double) -> Client:
    return Client(double, double.app.bot_token)


@pytest.fixture
def app(double: Double) -> Iterator[Recorder]:
    """An app at the other end that records what it is sent and acknowledges everything."""
    recorder = Recorder(double.app.signing_secret)
    with serving(recorder, threads=4) as url:
        double.app_url = f"{url}/slack/events"
        yield recorder
