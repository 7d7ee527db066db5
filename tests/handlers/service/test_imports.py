"""Runs of a tracker that is gone: imported into the record, and met again by their old links."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from typing import Any

import pytest

from bot.errors import NotFound
from bot.links import LinkMade
from bot.orders import AddLink, Follow, NewProject, SetPrivacy
from bot.sources.base import Kind, Ref, Run, Trouble, Why
from bot.sources.neptune import CLOSED
from handlers.service.facts import FactsCache
from handlers.service.links import Imports
from storage import links
from storage.database import Database
from tests.handlers.service.conftest import ELSEWHERE, HERE
from tests.handlers.service.linking import Linking, accuracy, at_work
from tests.sources.test_neptune import SAMPLE, one
from tests.support.evidence import PULL, RUN, Told

OLD = "https://app.neptune.ai/acme/churn/e/CHU-1"


@pytest.fixture
def team(database_url: str) -> Iterator[Linking]:
    with at_work(database_url) as made:
        yield made


def imports(team: Linking) -> Imports:
    return Imports(team.database, lambda: team.now, FactsCache())


def takes(team: Linking, *runs: Run, project: int = 1) -> list[str]:
    return [fate for _, fate in imports(team).take(team.actor("ana"), project, runs)]


def archived(**more: Any) -> Run:
    return replace(one(SAMPLE), **more)


def follow(team: Linking, url: str = OLD, **more: Any) -> LinkMade:
    made = team.charter.links.link(
        team.actor(more.pop("by", "ana")), AddLink(url, None, None), more.pop("place", HERE)
    )
    assert isinstance(made, LinkMade)
    return made


def test_e1_an_export_goes_in_once(team: Linking) -> None:
    team.atlas()
    run = archived()
    assert takes(team, run) == ["imported"]
    assert takes(team, run) == ["unchanged"]
    assert takes(team, replace(run, metrics={"auc": 0.9})) == ["updated"]
    with team.database.read() as session:
        [linked] = links.of_ref(session, team.workspace, run.ref)
    assert linked.sighting.seen == replace(run, metrics={"auc": 0.9})
    assert (linked.is_linked, linked.is_polled) == (True, False)
    assert team.sync()["mlflow"].looked_at == 0
    assert "neptune" not in team.sync(), "it is nobody that could be asked"


def test_what_somebody_unlinked_stays_so(team: Linking) -> None:
    team.atlas()
    takes(team, archived())
    team.charter.links.unlink(team.actor("ana"), Kind.RUN, 1, HERE)
    assert takes(team, archived()) == ["was unlinked here, left so"]


def test_a_run_belongs_to_the_stage_that_its_tag_names(team: Linking) -> None:
    team.atlas()
    run = archived(tags={"charter.project": "atlas/data_pipeline"})
    assert imports(team).place(team.actor("ana"), [run], None) == {run.ref: 1}
    takes(team, run)
    with team.database.read() as session:
        [linked] = links.of_ref(session, team.workspace, run.ref)
    assert linked.item == "data_pipeline"


def test_a_run_belongs_to_the_project_of_its_projects_name(team: Linking) -> None:
    team.atlas()
    same = archived(experiment="acme/atlas", ref=Ref("neptune", Kind.RUN, "acme/atlas/A-1", OLD))
    other = archived()
    placed = imports(team).place(team.actor("ana"), [same, other], None)
    assert placed == {same.ref: 1, other.ref: None}
    assert imports(team).place(team.actor("ana"), [other], "atlas") == {other.ref: 1}
    with pytest.raises(NotFound):
        imports(team).place(team.actor("ana"), [other], "nowhere")


def test_e2_rules_say_where_an_imported_run_belongs(team: Linking) -> None:
    team.atlas()
    ana = team.actor("ana")
    team.charter.projects.create(ana, NewProject("Borealis"), ELSEWHERE)
    run = archived()
    assert imports(team).place(ana, [run], None) == {run.ref: None}
    team.charter.follows.follow(
        ana, Follow("https://app.neptune.ai/acme/churn/runs", item="modelling"), HERE
    )
    assert imports(team).place(ana, [run], None) == {run.ref: 1}
    elsewhere = archived(tags={**run.tags, "charter.project": "borealis"})
    assert imports(team).place(ana, [elsewhere], None) == {run.ref: 2}, "the explicit one wins"
    takes(team, run)
    with team.database.read() as session:
        [linked] = links.of_ref(session, team.workspace, run.ref)
    assert linked.item == "modelling"


def test_e2_the_commit_of_a_linked_pull_request_places_an_imported_run(team: Linking) -> None:
    team.atlas()
    head = "0a1b2c3d4e"
    team.github.tells(replace(PULL, head=head))
    team.link(PULL.ref.url, item="data pipeline")
    run = archived(commit=head[:8])
    assert imports(team).place(team.actor("ana"), [run], None) == {run.ref: 1}
    takes(team, run)
    with team.database.read() as session:
        [linked] = links.of_ref(session, team.workspace, run.ref)
    assert linked.item == "data_pipeline"


@pytest.mark.parametrize(
    "url",
    [
        OLD,
        "https://scale.neptune.ai/acme/churn/-/run/?customId=churn-run-7",
        "https://scale.neptune.ai/acme/churn/runs/details?runIdentificationKey=baseline-xgb",
    ],
)
def test_edge_65_an_old_link_leads_to_the_imported_run(team: Linking, url: str) -> None:
    team.atlas()
    accuracy(team)
    takes(team, archived(metrics={"accuracy": 0.77}))
    made = follow(team, url)
    assert made.done is None, "it was linked by the import"
    said = team.card().splitlines()
    assert said[0] == "baseline-xgb · experiment acme/churn"
    assert said[1].startswith("Finished, as it was exported from Neptune")
    assert any("accuracy 0.77: 66.7 % of the gap" in line for line in said)
    assert "neptune.ai" not in str(team.cards()[0].blocks), "nobody is sent to what is gone"


class Copying(Told):
    """A tracker into which all runs of Neptune were loaded, as the one that it knows."""

    def copy_of(self, project: str, run: str) -> Ref | None:
        return RUN.ref if (project, run) == ("acme/churn", "CHU-1") else None


def test_edge_65_an_old_link_leads_to_its_copy(database_url: str) -> None:
    with closing(Database(database_url)) as database:
        team = Linking(database, mlflow=Copying("mlflow", "mlflow.acme.example"))
        team.atlas()
        made = follow(team)
        assert made.card.linked.ref == RUN.ref
        assert team.card().splitlines()[0] == "gbm-wind · experiment churn"
        team.charter.links.close()


def test_edge_65_an_old_link_that_leads_nowhere_says_so(team: Linking) -> None:
    team.atlas()
    made = follow(team)
    assert made.card.linked.sighting.trouble == Trouble(Why.NOT_FOUND, detail=CLOSED)
    said = team.card().splitlines()
    assert said[0] == "run CHU-1"
    assert CLOSED in said
    assert "neptune.ai" not in str(team.cards()[0].blocks)


def test_what_was_imported_elsewhere_is_not_told_to_who_may_not_see_it(team: Linking) -> None:
    team.atlas()
    takes(team, archived())
    team.charter.access.set_privacy(team.actor("ana"), SetPrivacy(private=True), HERE)
    team.charter.projects.create(team.actor("bea"), NewProject("Borealis"), ELSEWHERE)
    made = follow(team, by="bea", place=ELSEWHERE)
    assert made.card.linked.sighting.seen is None
