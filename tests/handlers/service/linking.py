"""A team with a code host and a tracker that know one thing each, and what it links."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlmodel import col, select

from bot.links import LinkMade, Question, Synced
from bot.orders import AddLink
from bot.outcome import Place
from handlers.service.links import Where
from storage.database import Database
from storage.tables import Identity, MetricRow, OutboxRow, ScheduleRow
from tests.handlers.service.conftest import HERE, Team
from tests.support.evidence import PULL, RUN, Told

URL = PULL.ref.url
PRIVATE = Place("C0SECRET", "secret", is_private=True)
DIRECT = Place(is_direct=True)


@dataclass(slots=True)
class Linking(Team):
    """The team, with a code host and a tracker that know one thing each."""

    github: Told = field(default_factory=Told)
    mlflow: Told = field(default_factory=lambda: Told("mlflow", "mlflow.acme.example"))

    def __post_init__(self) -> None:
        self.sources = (self.github, self.mlflow)
        self.github.tells(PULL)
        self.mlflow.tells(RUN)
        super(Linking, self).__post_init__()
        for channel, name, private in (("C0OTHER", "random", False), ("C0SECRET", "secret", True)):
            self.charter.people.channel_learned(self.workspace, channel, name, private, False)

    def link(
        self, url: str = URL, item: str | None = None, project: str | None = None, **more: Any
    ) -> LinkMade:
        made = self.charter.links.link(
            self.actor(more.pop("by", "ana")),
            AddLink(url, item, project),
            more.pop("place", HERE),
            more.pop("where", None),
        )
        assert isinstance(made, LinkMade)
        return made

    def paste(self, place: Place = HERE, said: str = "1.1", by: str = "ana") -> Question | None:
        ref = self.charter.links.recognised(f"look: <{URL}>")[0]
        channel = place.channel or "D0ANA"
        where = Where(channel, said, None if place.is_direct else said)
        return self.charter.links.paste(self.actor(by), ref, place, where)

    def sync(self) -> dict[str, Synced]:
        return {one.source: one for one in self.charter.polling.sync(self.workspace)}

    def cards(self) -> list[OutboxRow]:
        with self.database.read() as session:
            found = session.exec(select(OutboxRow).order_by(col(OutboxRow.id))).all()
            return [row for row in found if row.key.startswith("card/")]

    def card(self) -> str:
        [row] = self.cards()
        return row.text

    def is_scheduled(self) -> bool:
        with self.database.read() as session:
            return session.exec(select(ScheduleRow.kind)).all() == ["sync"]


@contextmanager
def at_work(database_url: str) -> Iterator[Linking]:
    database = Database(database_url)
    made = Linking(database)
    try:
        yield made
    finally:
        made.charter.links.close()
        database.close()


def accuracy(team: Linking) -> None:
    """The scope of Atlas gets a success metric, as a document brings it."""
    with team.database.begin() as session:
        session.add(
            MetricRow(
                project_id=1,
                name="accuracy",
                higher=True,
                baseline=0.71,
                target=0.80,
                recorded_at=team.now,
                source="load",
            )
        )


def known_as(team: Linking, first: str, kind: str, value: str) -> None:
    with team.database.begin() as session:
        who = team.person(first).id
        session.add(Identity(workspace_id=team.workspace, person_id=who, kind=kind, value=value))
    team.charter = team.replica()
