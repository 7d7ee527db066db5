"""Files that come by themselves, in Slack: killed at any point, each comes once."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta

import pytest

from bot.cadence import Cadence
from bot.orders import Move, NewProject, SetDigest, SetExport
from bot.outcome import Place
from bot.people import Actor, Profile, Surface
from bot.project import Status
from bot.sheets import read
from handlers.delivery import Delivery
from handlers.playground.double import Double, Message
from handlers.playground.double.model import File
from handlers.service import Charter, services
from handlers.service.facts import FactsCache
from handlers.service.outbox import LEASE as IN_HAND
from handlers.service.outbox import Outbox
from handlers.service.timers import LEASE
from handlers.slack import Slack
from handlers.talking import Talking
from handlers.timers import Heartbeat
from storage.database import Database
from storage.outbox import undelivered
from tests.handlers.lossy import replies_lost
from tests.handlers.talk import new_project, typed
from tests.handlers.test_recovery import KilledDelivery, KilledError
from tests.support.clock import T0

MONDAY = datetime(2026, 11, 30, 8, tzinfo=UTC)
"""Eight in Lisbon."""
MONDAYS = SetDigest(Cadence.WEEKLY, frozenset({0}), time(8))
THERE = Place("C0FRAUD", "ml-fraud")
DIRECT = Place("D0ANA", "", is_direct=True)
SECOND = timedelta(seconds=1)


@dataclass(slots=True)
class Office:
    """A workspace in which the portfolio comes to #ml-fraud each Monday, and processes in it."""

    database: Database
    workspace: Double
    slack: Slack
    now: datetime = T0
    charter: Charter = field(init=False)
    team: int = field(init=False)
    hearts: list[Heartbeat] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.charter = services(self.database, self.clock)
        self.team = self.charter.workspaces.connect("T0CHARTER", None, "Sample")
        profile = Profile("U0ANA", "Ana Silva", "Ana", "Europe/Lisbon")
        self.charter.people.learned(self.team, profile)
        learned = self.charter.people.channel_learned
        learned(self.team, "C0FRAUD", "ml-fraud", False, False)
        self.charter.projects.create(self.ana, NewProject("Atlas"), DIRECT)

    def clock(self) -> datetime:
        return self.now

    @property
    def ana(self) -> Actor:
        person = self.charter.people.known(self.team, "U0ANA")
        assert person is not None
        return self.charter.people.actor(self.team, person, Surface.COMMAND)

    def put(self, to: str | None = None) -> None:
        order = SetExport(MONDAYS, whole=True, to=to)
        self.charter.export_plans.set(self.ana, order, THERE)

    def heart(self) -> Heartbeat:
        made = Heartbeat(services(self.database, self.clock), self.slack, self.team, self.clock)
        self.hearts.append(made)
        return made

    def settle(self, heart: Heartbeat) -> None:
        """As the clock would: message and file are a second apart."""
        for _ in range(4):
            heart.settle()
            self.now += SECOND

    def stands(self, channel: str | None = "ml-fraud") -> tuple[list[Message], list[Message]]:
        """The messages of Charter in a channel, and those with files."""
        seen = self.workspace.person("ana").sees(channel)
        return [one for one in seen if not one.files], [one for one in seen if one.files]


@pytest.fixture
def office(database: Database, workspace: Double, slack: Slack) -> Iterator[Office]:
    made = Office(database, workspace, slack)
    workspace.space.clock = made.clock
    yield made
    for heart in made.hearts:
        heart.close()
    assert workspace.problems == []


def until_claimed(office: Office) -> None:
    """The slot is taken, and nothing more."""
    timers = services(office.database, office.clock).timers
    assert [one.kind for one in timers.claim(office.team) if one.kind == "export"] == ["export"]


def until_made(office: Office) -> None:
    """The file is made, and nothing of it is written."""
    timers = services(office.database, office.clock).timers
    for occurrence in timers.claim(office.team):
        if occurrence.kind == "export":
            duty = timers._duties["export"]
            assert duty.fetch is not None
            assert duty.fetch(occurrence) is not None


def until_seen_to(office: Office) -> None:
    """Message and file wait in the outbox, committed with the step to the next slot."""
    assert services(office.database, office.clock).timers.run_due(office.team) >= 1


def until_delivery(at: str, *, of_file: bool = False) -> Callable[[Office], None]:
    """The message, or (`of_file`) the file after it, is on its way to Slack."""

    def run(office: Office) -> None:
        until_seen_to(office)
        if of_file:
            outbox = Outbox(office.database, office.clock, FactsCache())
            delivery = Delivery(outbox, office.slack, office.team)
            assert delivery.run_due() == 1
            delivery.leave()
            office.now += 2 * SECOND
        killed = KilledDelivery(office.database, office.clock, FactsCache())
        killed.at = at
        delivery = Delivery(killed, office.slack, office.team)
        with suppress(KilledError):
            delivery.run_due()
        delivery.leave()

    return run


def until_accepted(method: str) -> Callable[[Office], None]:
    """Slack has done it; its answer never comes, and nobody is there to note that."""

    def run(office: Office) -> None:
        with replies_lost(office.slack, method):
            until_delivery("posted", of_file=method.startswith("files"))(office)

    return run


POINTS: dict[str, Callable[[Office], None]] = {
    "due": lambda _: None,
    "claimed": until_claimed,
    "made": until_made,
    "committed": until_seen_to,
    "message claimed": until_delivery("claimed"),
    "message accepted, reply lost": until_accepted("chat.postMessage"),
    "message posted, not recorded": until_delivery("posted"),
    "message recorded": until_delivery("recorded"),
    "file claimed": until_delivery("claimed", of_file=True),
    "file before the call": until_delivery("before the call", of_file=True),
    "file announced, reply lost": until_accepted("files.getUploadURLExternal"),
    "file shared, reply lost": until_accepted("files.completeUploadExternal"),
    "file shared, not recorded": until_delivery("posted", of_file=True),
    "file recorded": until_delivery("recorded", of_file=True),
}


@pytest.mark.parametrize("point", POINTS)
def test_x9_killed_at_any_point_message_and_file_come_once(office: Office, point: str) -> None:
    office.put()
    office.now = MONDAY
    POINTS[point](office)
    heart = office.heart()
    for wait in (timedelta(), IN_HAND, LEASE, LEASE, timedelta(minutes=15)):
        office.now += wait
        office.settle(heart)
    [message], [file] = office.stands()
    assert "Portfolio, 1 project, as of 30 Nov 08:0" in message.said
    assert file.thread_ts == message.ts
    assert [one.name for one in file.files] == ["charter-portfolio-2026-11-30.xlsx"]
    waiting = office.charter.outbox.waiting(office.team)
    assert (waiting.waiting, waiting.dead) == (0, ())


def test_x9_by_direct_message_the_file_comes_in_the_thread_too(office: Office) -> None:
    office.put("me")
    office.now = MONDAY
    heart = office.heart()
    office.settle(heart)
    [message], [file] = office.stands(None)
    assert "It is the first one." in message.said
    assert file.thread_ts == message.ts
    found = read(office.workspace.person("ana").downloads(file, file.files[0].name))
    assert [row[0] for row in found["Portfolio"][1:]] == ["Atlas"]


def test_x9_what_somebody_else_shared_there_is_no_file_of_charters(office: Office) -> None:
    """The thread has a file of the same name, changed by hand, before ours is looked for."""
    office.put()
    office.now = MONDAY
    until_seen_to(office)
    outbox = Outbox(office.database, office.clock, FactsCache())
    delivery = Delivery(outbox, office.slack, office.team)
    assert delivery.run_due() == 1
    delivery.leave()
    [message], _ = office.stands()
    office.now += 2 * SECOND
    name = "charter-portfolio-2026-11-30.xlsx"
    mine = File("F0MINE", name, name, b"mine", int(office.now.timestamp()))
    office.workspace.space.post("C0FRAUD", "U0BEA", "", thread_ts=message.ts, files=(mine,))
    with replies_lost(office.slack, "files.getUploadURLExternal"):
        killed = KilledDelivery(office.database, office.clock, FactsCache())
        delivery = Delivery(killed, office.slack, office.team)
        delivery.run_due()
        delivery.leave()
    office.now += IN_HAND + LEASE
    office.settle(office.heart())
    _, files = office.stands()
    assert [one.user for one in files] == ["U0BEA", office.workspace.app.bot_user_id]


def test_x9_where_slack_takes_no_file_the_message_says_so(office: Office) -> None:
    office.put()
    office.now = MONDAY
    office.workspace.revoke("files:write")
    office.settle(office.heart())
    office.settle(office.heart())
    [message], files = office.stands()
    assert files == []
    assert "Slack did not take the file." in message.said
    [(key, why)] = office.charter.outbox.waiting(office.team).dead
    assert (key.endswith("/file"), why) == (True, "missing_scope")
    operator = Actor(office.team, None, Surface.CLI, is_admin=True)
    assert office.charter.undelivered.shown(operator).given_up == ()
    with office.database.begin() as session:  # as it was let go again before
        undelivered.retry(session, office.team, range(1, 100), office.now)
    office.settle(office.heart())
    [message], files = office.stands()
    assert (files, message.said.count("Slack did not take the file.")) == ([], 1)


def test_x9_a_channel_charter_was_taken_out_of_gets_nothing_and_who_set_it_is_told(
    office: Office,
) -> None:
    office.put()
    office.now = MONDAY
    office.workspace.refuse("chat.postMessage", "not_in_channel", times=1)
    heart = office.heart()
    office.settle(heart)
    office.settle(heart)
    assert office.stands() == ([], [])
    [notice] = [one for one in office.workspace.person("ana").sees() if "rests" in one.said]
    assert "The file of #ml-fraud rests" in notice.said
    office.now = MONDAY + timedelta(days=7)
    office.charter.stages.move(
        office.ana, Move("data pipeline", Status.IN_PROGRESS, project="Atlas"), DIRECT
    )
    office.settle(heart)
    assert office.stands() == ([], [])


def test_x9_two_replicas_share_one_file(office: Office) -> None:
    office.put()
    office.now = MONDAY
    hearts = [office.heart(), office.heart()]
    for heart in hearts:
        heart.beat()
    for heart in hearts:
        heart.close()
    office.settle(office.heart())
    [_], [_] = office.stands()


# Set in Slack


@pytest.mark.parametrize("transport", ["http"], indirect=True)
def test_x9_it_is_set_for_a_channel_that_one_is_in(workspace: Double, talking: Talking) -> None:
    ana = workspace.person("ana")
    workspace.add_channel("leads", id="C0LEADS")
    new_project(workspace)
    told = typed(ana, "export portfolio every monday 08:00 to #leads")
    assert "Portfolio comes to #leads weekly on Monday at 08:00 (Europe/Lisbon)." in told.said
    assert told.only_for == ana.id
    listed = typed(ana, "export when")
    assert "Portfolio comes to #leads" in listed.said
    ana.presses(listed, "Stop")
    told = ana.hears("no more to #leads", "ml-fraud")
    assert "Portfolio comes by itself no more to #leads." in told.said
    assert "No file comes by itself" in typed(ana, "export when").said
    assert workspace.problems == []
