"""Digests by the clock, for the tests of them."""

from datetime import UTC, datetime

from sqlalchemy import select

from bot.cadence import Cadence
from bot.orders import Move, SetDigest
from bot.outcome import Place
from bot.project import Status
from storage.tables import DigestPlanRow, OutboxRow, columns
from tests.handlers.service.conftest import HERE, Team

DAILY = SetDigest(Cadence.DAILY)
NINE = datetime(2026, 11, 24, 8, tzinfo=UTC)
"""Nine in Berlin on the Tuesday after T0."""
SECRET = Place("C0SECRET", "secret", is_private=True)


def posted(team: Team) -> list[OutboxRow]:
    with team.database.read() as session:
        return list(session.scalars(select(OutboxRow).order_by(columns(OutboxRow).id)))


def until(team: Team, moment: datetime) -> list[OutboxRow]:
    """What is posted anew by letting the clock run, as it would, day after day."""
    before = len(posted(team))
    while team.now < moment:
        due = team.next_due()
        team.now = min(moment, due) if due else moment
        team.see_to_what_is_due()
    return posted(team)[before:]


def move(team: Team, status: Status, note: str | None = None, place: Place = HERE) -> None:
    team.charter.stages.move(team.actor("ana"), Move("data pipeline", status, note), place)


def watermark(team: Team) -> tuple[int, datetime | None]:
    plan = columns(DigestPlanRow)
    with team.database.read() as session:
        found = session.execute(
            select(plan.told_revision, plan.told_until).where(plan.until.is_(None))
        ).one()
        return found.told_revision, found.told_until


def tell_of_atlas(team: Team) -> None:
    """Atlas has been told of, and nothing has happened since."""
    team.atlas()
    team.charter.digests.set(team.actor("ana"), DAILY, HERE)
    until(team, NINE)
