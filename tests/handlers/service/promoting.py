"""A team with a tracker that has a registry of models, and what it tells of those."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

from sqlmodel import col, select

from bot.orders import Assign
from bot.project import Letter
from bot.sources.base import ModelVersion, RunState
from storage.database import Database
from storage.tables import OutboxRow
from tests.handlers.service.conftest import HERE
from tests.handlers.service.linking import Linking
from tests.support.clock import T0
from tests.support.evidence import RUN, Registering

TRAINED = replace(RUN, state=RunState.FINISHED, ended=T0 - timedelta(hours=1))
THREE = ModelVersion("ranker", "3", run=RUN.ref.key, made=T0 - timedelta(minutes=50))
TWO = ModelVersion("ranker", "2", made=T0 - timedelta(days=9))


class Models(Linking):
    """The team, with a tracker that has a registry of models."""

    @property
    def registry(self) -> Registering:
        assert isinstance(self.mlflow, Registering)
        return self.mlflow

    def looks(self, **time: float) -> None:
        self.wait(**(time or {"minutes": 10}))
        self.charter.registry.sync(self.workspace)

    def told(self) -> list[OutboxRow]:
        with self.database.read() as session:
            rows = session.exec(select(OutboxRow).order_by(col(OutboxRow.id))).all()
            return [row for row in rows if row.key.startswith("ask/model/")]

    def accountable(self, first: str, item: str = "roll-out") -> None:
        order = Assign(item, (Letter.A,), f"<@U{first.upper()}>", "Atlas")
        self.charter.raci.assign(self.actor("ana"), order, HERE)


@contextmanager
def with_models(database_url: str) -> Iterator[Models]:
    database = Database(database_url)
    made = Models(database, mlflow=Registering())
    made.registry.tells(TRAINED)
    try:
        yield made
    finally:
        made.charter.links.close()
        database.close()
