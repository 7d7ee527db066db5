"""From MLflow to whoever is accountable, with a real server, its registry and its webhooks."""

import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest
from sqlmodel import col, select

from bot.orders import AddLink, Assign
from bot.project import Letter
from handlers import webhooks
from storage.database import Database
from storage.tables import DeliveryRow, OutboxRow
from tests.handlers.hooked import SECRET, Site
from tests.handlers.service.conftest import HERE, Team
from tests.handlers.test_web import running
from tests.sources.support import source
from tests.sources.worlds import Experiment, does

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def told(team: Team) -> list[OutboxRow]:
    with team.database.read() as session:
        rows = session.exec(select(OutboxRow).order_by(col(OutboxRow.id))).all()
        return [row for row in rows if row.key.startswith("ask/model/")]


def heard(site: Site, more: int) -> None:
    """Wait until so many deliveries were answered."""
    until = time.monotonic() + 30
    while len(site.statuses) < more and time.monotonic() < until:
        time.sleep(0.02)
    assert site.statuses == [202] * more


@pytest.mark.server
@on_sqlite
def test_e7_registered_set_said_by_webhook_and_told_to_the_accountable(
    database_url: str, mlflow_server: str
) -> None:
    database = Database(database_url)
    with closing(database), httpx.Client() as http:
        there = source(mlflow_tracking_uri=mlflow_server)
        team = Team(database, datetime.now(UTC).replace(microsecond=0), (there,))
        team.atlas()
        assign = Assign("roll-out", (Letter.A,), "<@UBEA>", "Atlas")
        team.charter.raci.assign(team.actor("ana"), assign, HERE)
        team.charter.timers.stand(team.workspace)
        hook = webhooks.mlflow(
            SECRET, team.charter.registry.said_by_mlflow, lambda: datetime.now(UTC)
        )
        site = Site(hook=hook, path=webhooks.MLFLOW)
        with closing(team.charter.links), running(site):
            _promoted(team, site, mlflow_server, http)


def _promoted(team: Team, site: Site, url: str, http: httpx.Client) -> None:
    name = f"churn/{uuid4().hex[:8]}"
    made = does(http, url, "experiments/create", name=name)
    experiment = Experiment(url, http, made["experiment_id"], name)
    model = f"ranker-{uuid4().hex[:8]}"

    def registry(path: str, **body: Any) -> Any:
        return experiment.does(path, name=model, **body)

    hooked = {
        "name": model,
        "url": f"{site.url}{webhooks.MLFLOW}",
        "secret": SECRET,
        "events": [{"entity": "MODEL_VERSION_ALIAS", "action": "CREATED"}],
    }
    hooks = f"{url}/api/2.0/mlflow/webhooks"
    webhook = http.post(hooks, json=hooked).raise_for_status().json()["webhook"]["webhook_id"]
    try:
        run = experiment.starts()
        experiment.measures(run, auc=0.77)
        experiment.ends(run)
        link = AddLink(experiment.link(run), "modelling", "Atlas")
        team.charter.links.link(team.actor("ana"), link, HERE)
        registry("registered-models/create")
        registry("model-versions/create", source="s3://models/1", run_id=run)
        registry("registered-models/alias", alias="production", version="1")
        heard(site, 1)
        for _ in range(2):
            team.now += timedelta(seconds=5)
            team.charter.timers.run_due(team.workspace)
        [row] = told(team)
        assert row.channel == "UBEA"
        assert row.text.startswith(f"{model} version 1 has the alias production now, in Atlas")
        assert "It was made by quiet-owl by bea." in row.text
        with team.database.read() as session:
            [delivery] = session.exec(select(DeliveryRow)).all()
        assert delivery.about == {"model": model, "version": "1", "alias": "production"}
        assert delivery.seen_at is not None
        team.charter.polling.sync(team.workspace)
        assert len(told(team)) == 1, "the poll finds the same, and tells nothing more"
    finally:
        assert http.delete(f"{hooks}/{webhook}").is_success
