"""A team whose clock the test moves: at each stop whatever is due by then is seen to and sent."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from handlers.playground.double import Double, Message, Person
from handlers.service import Charter
from handlers.talking import Talking
from handlers.timers import Heartbeat
from handlers.views.acts import Act
from tests.handlers.talk import new_project, typed
from tests.support.clock import T0, Errands

SECOND = timedelta(seconds=1)
FIRST = datetime(2026, 11, 24, tzinfo=UTC)
"""A Tuesday, the first day in most of these tests."""


@dataclass(slots=True)
class Clock:
    now: datetime = T0

    def __call__(self) -> datetime:
        return self.now


@dataclass(slots=True)
class Morning:
    """Charter at work in the workspace, by `clock`."""

    workspace: Double
    charter: Charter
    talking: Talking
    clock: Clock
    heart: Heartbeat = field(init=False)
    errands: Errands = field(default_factory=Errands)

    def __post_init__(self) -> None:
        self.heart = Heartbeat(self.charter, self.talking.slack, self.talking.workspace, self.clock)

    def person(self, name: str) -> Person:
        return self.workspace.person(name)

    def until(self, time: str, zone: str = "UTC", day: int = 24) -> None:
        """Let the clock run until a time of November 2026, in a zone; it never runs backwards."""
        at = datetime.strptime(f"2026-11-{day:02} {time}", "%Y-%m-%d %H:%M")  # noqa: DTZ007 - the zone comes next
        self.run(at.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC))

    def run(self, until: datetime) -> None:
        while (due := self.heart.next_due()) is not None and due <= until:
            self.clock.now = max(self.clock.now, due)
            self.heart.settle(errands=self.errands.have_their_turn(self.clock.now))
            if self.heart.next_due() == due:
                self.clock.now += SECOND  # what waits for its turn in a channel
        self.clock.now = max(self.clock.now, until)
        self.settle()

    def settle(self) -> None:
        """Send what is to be sent now; as Slack wants it, a message a second in each channel."""
        self.heart.settle()
        while (due := self.heart.next_due()) is not None and due <= self.clock.now:
            self.clock.now += SECOND
            self.heart.settle()

    # The steps that many tests begin with

    def standup(self, **fields: str | list[str]) -> None:
        """Ana sets a standup in the form: 09:30 on working days, unless told otherwise."""
        ana = self.person("ana")
        ana.slash("/charter standup", "ml-fraud")
        ana.gets_modal("Standup")
        if fields:
            ana.fills(fields)
        assert ana.submits() is None
        self.workspace.wait(lambda: ana.modal is None)

    def begin(self, *names: str, **fields: str | list[str]) -> None:
        """A project of Ana's with a standup, in which these have a letter."""
        ana = self.person("ana")
        new_project(self.workspace)
        for name, stage in zip(names, ("data pipeline", "modelling", "rollout"), strict=False):
            typed(ana, f"raci {stage} A @{self.person(name).user.name}")
        before = ana.sees("ml-fraud")[-1]
        self.standup(**fields)
        ana.hears("standup", "ml-fraud", after=before)

    def questions(self, name: str) -> list[Message]:
        """What Charter asks somebody, or has asked, in their DM."""
        return [one for one in self.person(name).sees() if one.said.startswith("Standup of")]

    def answers(self, name: str, **said: str) -> None:
        """Answers the latest question in its form, by the fields' block ids."""
        person = self.person(name)
        before = person.sees()[-1]
        person.presses(self.questions(name)[-1], Act.STANDUP_ANSWER)
        person.gets_modal("Standup")
        person.fills(said)
        assert person.submits() is None
        person.hears("Noted", after=before)
        self.settle()

    def reports(self, channel: str = "ml-fraud", name: str = "ana") -> list[Message]:
        """The reports that stand in a channel; each is in no thread."""
        return [
            one
            for one in self.person(name).sees(channel)
            if one.said.startswith("Standup of") and one.thread_ts in (None, one.ts)
        ]
