"""An outbox by itself, and the one who delivers what is in it, by a clock that the test moves."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from handlers.delivery import Delivery
from handlers.playground.double import Double, Message
from handlers.service import Charter, services
from handlers.slack import Slack
from handlers.views import kit
from storage import outbox
from storage.database import Database
from tests.support.clock import T0

SECOND = timedelta(seconds=1)


@dataclass(slots=True)
class Clock:
    now: datetime = T0

    def __call__(self) -> datetime:
        return self.now

    def wait(self, time: timedelta = SECOND) -> None:
        self.now += time


@dataclass(slots=True)
class Post:
    """An outbox of one workspace, and the one who delivers it to the double."""

    database: Database
    workspace: Double
    slack: Slack
    clock: Clock
    charter: Charter = field(init=False)
    delivery: Delivery = field(init=False)
    team: int = field(init=False)

    def __post_init__(self) -> None:
        self.charter = services(self.database, self.clock)
        self.team = self.charter.workspaces.connect("T0CHARTER", None, "Sample")
        self.delivery = Delivery(self.charter.outbox, self.slack, self.team)

    def say(self, key: str, text: str = "Hello", channel: str = "C0FRAUD", **more: Any) -> None:
        message = kit.message(kit.paragraph(text))
        with self.database.begin() as session:
            outbox.say(
                session, self.team, key, channel, message.text, message.blocks, self.clock(), **more
            )

    def sees(self, who: str = "ana", channel: str | None = "ml-fraud") -> list[Message]:
        return self.workspace.person(who).sees(channel)

    def texts(self, who: str = "ana", channel: str | None = "ml-fraud") -> list[str]:
        return [message.said for message in self.sees(who, channel)]

    def dead(self) -> tuple[tuple[str, str], ...]:
        return self.charter.outbox.waiting(self.team).dead
