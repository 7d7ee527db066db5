"""What Charter writes to people by itself: whatever is due is sent as time goes by."""

from dataclasses import dataclass
from datetime import UTC, datetime

from bot.orders import Assign, Clear, Move
from bot.project import Letter, Status
from handlers.service import Charter
from tests.handlers.service.conftest import HERE, Team

MONDAY = datetime(2026, 11, 23, tzinfo=UTC)
PEOPLE = ("ana", "bea", "cy")


@dataclass(frozen=True, slots=True)
class Letters:
    """A message that was sent: when, to whom (a first name, or the channel), and its words."""

    at: datetime
    to: str
    key: str
    text: str


def delivered(team: Team, charter: Charter | None = None) -> list[Letters]:
    """Send whatever is due now."""
    outbox = (charter or team.charter).outbox
    sent: list[Letters] = []
    while parcels := outbox.claim(team.workspace, 10):
        for parcel in parcels:
            outbox.sent(parcel, f"{len(sent)}.{parcel.id}", "D" + parcel.channel)
            sent.append(
                Letters(team.now, parcel.channel.removeprefix("U").lower(), parcel.key, parcel.text)
            )
        team.wait(seconds=1)
    return sent


def until(team: Team, moment: datetime) -> list[Letters]:
    """What is sent by letting the clock run."""
    sent = delivered(team)
    while team.now < moment:
        due = [
            at
            for at in (
                team.next_due(),
                team.charter.outbox.next_due(team.workspace),
            )
            if at is not None
        ]
        team.now = max(team.now, min([moment, *due]))
        team.see_to_what_is_due()
        sent += delivered(team)
    return sent


def give(
    team: Team, letters: str, holder: str, item: str = "data pipeline", by: str = "ana"
) -> None:
    order = Assign(item, tuple(map(Letter, letters)), holder)
    team.charter.raci.assign(team.actor(by), order, HERE)


def take(
    team: Team, letters: str, holder: str, item: str = "data pipeline", by: str = "ana"
) -> None:
    order = Clear(item, tuple(map(Letter, letters)), holder)
    team.charter.raci.clear(team.actor(by), order, HERE)


def move(
    team: Team,
    status: Status,
    note: str | None = None,
    item: str = "data pipeline",
    by: str = "ana",
) -> None:
    team.charter.stages.move(team.actor(by), Move(item, status, note), HERE)


def staffed(team: Team, accountable: str = "bea", responsible: str = "cy") -> None:
    """Atlas, whose data pipeline has an Accountable and a Responsible who know of it by now."""
    team.atlas()
    give(team, "A", accountable)
    give(team, "R", responsible)
    until(team, team.now.replace(hour=11))
