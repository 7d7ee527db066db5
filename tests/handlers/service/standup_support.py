"""Atlas and its standup, as the use cases see it: entries, reports, what people are told."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from sqlmodel import col, select

from bot.orders import AnswerStandup, Assign, SetStandup
from bot.outcome import Done
from bot.project import Letter
from bot.rounds import Answered, Asked
from bot.standups import QUESTIONS, Entry, State
from handlers.service import Charter
from storage import outbox, standups
from storage.outbox import Standing
from storage.tables import OutboxRow
from tests.handlers.service.conftest import HERE, Team

TUESDAY = datetime(2026, 11, 24, tzinfo=UTC)
ASKED = TUESDAY.replace(hour=8, minute=30)
"""09:30 in Berlin, where everybody is."""
REPORTED = TUESDAY.replace(hour=10)
WISH = SetStandup(QUESTIONS, frozenset(range(5)), time(9, 30), "C0ATLAS")


@dataclass(slots=True)
class Standup:
    """Atlas, with a standup that Ana set; Ana, Bea and Cy have a letter."""

    team: Team
    done: Done

    @property
    def charter(self) -> Charter:
        return self.team.charter

    @property
    def project(self) -> int:
        return self.done.project.id

    def at(self, moment: datetime) -> None:
        self.team.now = moment
        self.charter.timers.run_due(self.team.workspace)

    def entries(self, day: datetime = TUESDAY) -> dict[str, Entry]:
        with self.team.database.read() as session:
            found = standups.of_day(session, self.project, day.date())
        names = {self.team.person(name).id: name for name in ("ana", "bea", "cy")}
        return {names[entry.person]: entry for entry in found}

    def answer(self, name: str, *said: str, blocked: str | None = None) -> Asked:
        key = self.entries()[name].id
        told = self.answered(name, *said, blocked=blocked).asked
        return next(one for one in told if one.entry.id == key)

    def answered(self, name: str, *said: str, blocked: str | None = None) -> Answered:
        return self.answer_to(name, self.entries()[name].id, *said, blocked=blocked)

    def answer_to(self, name: str, entry: int, *said: str, blocked: str | None = None) -> Answered:
        order = AnswerStandup(entry, State.POSTED, said, blocked)
        return self.charter.standups.answer(self.team.actor(name), order)

    def report(self, day: datetime = TUESDAY) -> list[Standing]:
        subject = f"standup/{self.project}/{day.date().isoformat()}"
        with self.team.database.read() as session:
            return outbox.about(session, self.team.workspace, subject)

    def said_to(self, name: str) -> list[str]:
        """What Charter wants somebody to be told of the standup in their DM."""
        with self.team.database.read() as session:
            rows = session.exec(
                select(OutboxRow)
                .where(OutboxRow.channel == f"U{name.upper()}")
                .order_by(col(OutboxRow.id))
            ).all()
        return [row.text for row in rows if row.key.startswith("standup/")]

    def refuse(self, day: datetime = TUESDAY, *, refused: bool = True) -> None:
        """Slack does not take the report of a day, or (not `refused`) is away for too long."""
        with self.team.database.begin() as session:
            parcels = outbox.claim(
                session, self.team.workspace, "test", self.team.now, timedelta(minutes=1), 40
            )
            key = self.report(day)[0].key
            for parcel in parcels:
                if parcel.key == key:
                    why = "not_in_channel" if refused else "no answer"
                    outbox.give_up(session, parcel, "test", why, self.team.now, refused=refused)


def begun(team: Team) -> Standup:
    done = team.atlas()
    for name, stage in (("ana", "data_pipeline"), ("bea", "modelling"), ("cy", "rollout")):
        order = Assign(stage, (Letter.R,), f"<@U{name.upper()}>")
        team.charter.raci.assign(team.actor("ana"), order, HERE)
    team.charter.standups.set_up(team.actor("ana"), WISH, HERE)
    return Standup(team, done)
