"""Charter in a Slack workspace: strict, in memory, on loopback; over HTTP and over Socket Mode."""

import io
import logging
from collections.abc import Iterator

import pytest
import structlog

from handlers import observe
from handlers.playground.double import Double, Person
from handlers.service import Charter, services
from handlers.slack import Slack
from handlers.talking import Talking, build
from handlers.tenants import One
from storage.database import Database
from tests.handlers import posts
from tests.handlers.mornings import Clock, Morning
from tests.handlers.posts import Post
from tests.handlers.rota import Rota
from tests.handlers.talk import installed, new_project, now, reached, typed
from tests.support import redaction


@pytest.fixture
def workspace() -> Iterator[Double]:
    """Slack with Charter installed as its manifest says, and Ana, Bea and Cy in #ml-fraud."""
    double = installed()
    double.add_user("U0ANA", "Ana Silva", tz="Europe/Lisbon")
    double.add_user("U0BEA", "Bea Lind", tz="Europe/Stockholm")
    double.add_user("U0CY", "Cy Moss", tz="Asia/Tokyo")
    double.add_channel("ml-fraud", id="C0FRAUD")
    with double.serve():
        yield double


@pytest.fixture
def slack(workspace: Double) -> Iterator[Slack]:
    """Charter's client, over the wire to that workspace."""
    client = Slack.reach(workspace.app.bot_token, workspace.api_url)
    yield client
    client.close()


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = Database(database_url)
    yield opened
    opened.close()


@pytest.fixture
def charter(database: Database, slack: Slack) -> Charter:
    return services(database, now, readers=One(slack).readers)


@pytest.fixture
def transport(request: pytest.FixtureRequest, database: Database) -> str:
    """How payloads come, unless a test names it: as they mostly do where such a database is, a
    socket to a team's own machine and HTTP to a company's servers. Neither knows of the other.
    """
    named = getattr(request, "param", "socket" if database.is_sqlite else "http")
    return str(named)


@pytest.fixture
def talking(
    workspace: Double, slack: Slack, charter: Charter, database: Database, transport: str
) -> Iterator[Talking]:
    """Charter at work in the workspace, on the database and over the transport of this test."""
    built = build(charter, One(slack), now)
    with reached(built, workspace, database, transport):
        yield built
    assert workspace.late_acks == []


@pytest.fixture
def rota(database: Database, workspace: Double, slack: Slack) -> Iterator[Rota]:
    made = Rota(database, slack)
    workspace.space.clock = made.clock
    yield made
    for heart in made.hearts:
        heart.close()


@pytest.fixture
def morning(workspace: Double, slack: Slack, database: Database) -> Iterator[Morning]:
    clock = Clock()
    workspace.space.clock = clock
    one = One(slack)
    charter = services(database, clock, quiet_until=one.quiet_until, readers=one.readers)
    talking = build(charter, one, clock)
    with reached(talking, workspace, database, "socket"):
        made = Morning(workspace, charter, talking, clock)
        yield made
        made.heart.close()
    assert workspace.problems == []


@pytest.fixture
def post(database: Database, workspace: Double, slack: Slack) -> Iterator[Post]:
    clock = posts.Clock()
    workspace.space.clock = clock
    made = Post(database, workspace, slack, clock)
    yield made
    made.delivery.leave()
    assert workspace.problems == []


@pytest.fixture
def logs() -> Iterator[io.StringIO]:
    """What Charter logs meanwhile, as it stands on stderr."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    stream = io.StringIO()
    observe.configure("debug", stream)
    yield stream
    structlog.reset_defaults()
    root.handlers[:] = handlers
    root.setLevel(level)
    redaction.look(stream.getvalue())


@pytest.fixture
def ana(workspace: Double, talking: Talking) -> Person:
    """Ana leads Fraud Radar, and is accountable for its data pipeline."""
    new_project(workspace)
    typed(workspace.person("ana"), "raci data pipeline A @Ana Silva")
    return workspace.person("ana")
