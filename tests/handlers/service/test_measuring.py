"""Runs against the scope, looked at: burn-ups, the best one, some side by side."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.burnup import Pace
from bot.cadence import Cadence
from bot.commands import CompareRuns, ShowBest
from bot.condition import Light
from bot.errors import Ambiguous, NotFound, Refused, Why
from bot.health import Dimension
from bot.orders import NewProject, SetDigest
from bot.outcome import Place
from bot.project import Status
from bot.sources.base import Run, RunState
from handlers.views import digests, home, measuring, projects
from handlers.views import health as health_views
from handlers.views.charts import drawn_in_text
from tests.handlers.service.conftest import HERE
from tests.handlers.service.digest_support import move, until
from tests.handlers.service.linking import Linking, accuracy, at_work, known_as
from tests.support.evidence import PULL, RUN

OTHER = Place("C0OTHER", "random")
ADDRESS = "https://mlflow.acme.example/#/experiments/3/runs/"


@pytest.fixture
def team(database_url: str) -> Iterator[Linking]:
    with at_work(database_url) as made:
        yield made


def tried(team: Linking, key: str, value: float, ago: float = 0, **more: object) -> Run:
    """A finished run of Atlas that ended so many days ago."""
    ended = team.now - timedelta(days=ago)
    made = replace(
        RUN,
        ref=replace(RUN.ref, key=key, url=f"{ADDRESS}{key}"),
        name=f"gbm-{key}",
        state=RunState.FINISHED,
        started=ended - timedelta(hours=1),
        ended=ended,
        metrics={"accuracy": value},
    )
    made = replace(made, **more)  # type: ignore[arg-type] # the fields of a run
    team.mlflow.tells(made)
    team.link(made.ref.url, project="Atlas")
    return made


def atlas(team: Linking) -> None:
    team.atlas()
    accuracy(team)


def test_m5_a_burn_up_says_how_far_it_is_and_by_when_and_draws_that(team: Linking) -> None:
    atlas(team)
    for ago, value in ((15, 0.72), (10, 0.74), (5, 0.76)):
        tried(team, f"r{ago}", value, ago)
    shown = team.charter.measures.burn_up(team.actor("ana"), None, HERE)
    [way] = shown.ways
    assert way.forecast == (team.now + timedelta(days=5)).date()
    said = measuring.burn_ups(shown)
    assert said.text.splitlines()[:2] == [
        "Metrics of Atlas by its finished runs:",
        "• accuracy: at this slope the target is met on 2026-11-28. "
        "55.6 % of the gap from 0.71 to 0.80, best run gbm-r5 by bea on 2026-11-18 10:00 UTC.",
    ]
    [chart] = [block for block in said.blocks if block["type"] == "data_visualization"]
    drawn = drawn_in_text(chart)["elements"][1]["elements"][0]["text"]
    assert drawn.splitlines()[-1].split() == ["2026-11-23", "55.6", "100"]


def test_e3_whoever_ran_the_best_is_named_where_that_is_known(team: Linking) -> None:
    atlas(team)
    known_as(team, "bea", "mlflow", "bea")
    tried(team, "0ab12", 0.77)
    shown = team.charter.measures.burn_up(team.actor("ana"), None, HERE)
    assert f"best run gbm-0ab12 by {team.person('bea').name} on" in measuring.burn_ups(shown).text


def test_edge_62_a_run_by_a_machines_user_is_nobodys_and_one_that_names_the_machine_is_somebodys(
    team: Linking,
) -> None:
    atlas(team)
    known_as(team, "bea", "mlflow", "root")  # as a document may have brought it
    known_as(team, "bea", "mlflow", "root@gpu3")
    tried(team, "0ab12", 0.75, 1, user="root")
    shown = team.charter.measures.burn_up(team.actor("ana"), None, HERE)
    assert shown.authors == {}
    assert "best run gbm-0ab12 by root on" in measuring.burn_ups(shown).text
    tried(team, "0cd34", 0.77, user="root@gpu3")
    shown = team.charter.measures.burn_up(team.actor("ana"), None, HERE)
    assert f"best run gbm-0cd34 by {team.person('bea').name} on" in measuring.burn_ups(shown).text


def test_t5_the_runs_of_a_project_count_for_its_health_wherever_it_is_told(team: Linking) -> None:
    atlas(team)
    tried(team, "old", 0.72, 30)
    actor = team.actor("ana")
    shown = team.charter.standings.shown(actor, None, HERE)
    [metric] = [one for one in shown.health.ratings if one.dimension is Dimension.METRIC]
    assert (metric.light, metric.sentence) == (
        Light.AMBER,
        "accuracy: no improvement in 4 weeks, 0.72 of 0.80",
    )
    assert "no improvement in 4 weeks" in health_views.shown(shown).text
    glance = projects.shown(team.charter.projects.glance(actor, None, HERE)).text
    assert "no improvement in 4 weeks" in glance
    assert "gap closed by the week" in glance
    listed = projects.listed(team.charter.projects.listed(actor)).text
    assert "Amber" in listed
    [row] = team.charter.scopes.portfolio(actor, 1, HERE).rows
    assert row.health.computed is Light.AMBER


def test_m5_a_digest_draws_the_gap_when_it_moved_and_not_again(team: Linking) -> None:
    atlas(team)
    team.charter.digests.set(team.actor("ana"), SetDigest(Cadence.DAILY), HERE)
    tried(team, "0ab12", 0.77)

    def titles() -> list[str]:
        preview = team.charter.digests.preview(team.actor("ana"), HERE)
        assert preview.digest is not None
        blocks = digests.digest(preview.digest, preview.audience).blocks
        return [block["title"] for block in blocks if block["type"] == "data_visualization"]

    assert titles() == ["accuracy: gap closed by the week"]
    day = team.now + timedelta(days=2)
    assert [row.key[:6] for row in until(team, day) if row.channel == HERE.channel] == ["digest"]
    move(team, Status.IN_PROGRESS)
    assert titles() == [], "nothing moved since"
    tried(team, "0ab13", 0.76)
    assert titles() == [], "it is not the best"
    tried(team, "0ab14", 0.78)
    assert titles() == ["accuracy: gap closed by the week"]


def test_m5_home_shows_how_far_the_targets_of_my_projects_are(team: Linking) -> None:
    atlas(team)
    ana = team.actor("ana")
    assert team.charter.projects.home(ana).ways == ()
    tried(team, "0ab12", 0.77)
    page = team.charter.projects.home(ana)
    [(project, way)] = page.ways
    assert (project.name, way.metric.name) == ("Atlas", "accuracy")
    said = json.dumps(home.home(page), ensure_ascii=False)
    assert "accuracy ████████     66.7 %" in said
    assert team.charter.projects.home(team.actor("bea")).ways == (), "it is not theirs"


def test_a_project_without_runs_or_metrics_says_so(team: Linking) -> None:
    team.atlas()
    shown = team.charter.measures.burn_up(team.actor("ana"), None, HERE)
    assert measuring.burn_ups(shown).text.startswith("Atlas has no success metric with a target")
    accuracy(team)
    [way] = team.replica().measures.burn_up(team.actor("ana"), "Atlas", HERE).ways
    assert way.pace is Pace.NO_RUNS


def test_e3_the_best_run_is_told_with_the_gap_and_whose_it_is(team: Linking) -> None:
    atlas(team)
    tried(team, "0ab12", 0.77, 3)
    tried(team, "0cd34", 0.74, 2)
    tried(team, "0ef56", 0.79, 1, deleted=True)
    shown = team.charter.measures.best(team.actor("ana"), ShowBest(), HERE)
    assert measuring.best(shown).text.splitlines() == [
        "The best of Atlas, of 2 finished runs:",
        "• gbm-0ab12 (0ab12) – accuracy 0.77: 66.7 % of the gap from 0.71 to 0.80 "
        "(↑ higher is better).",
    ]
    with pytest.raises(NotFound):
        team.charter.measures.best(team.actor("ana"), ShowBest("F1"), HERE)


def test_runs_are_compared_by_id_name_or_address(team: Linking) -> None:
    atlas(team)
    tried(team, "0ab12", 0.77, params={"depth": "7", "lr": "0.1"}, datasets=("churn (v1)",))
    tried(team, "0cd34", 0.81, params={"depth": "9", "lr": "0.1"}, datasets=("churn (v2)",))
    orders = [
        CompareRuns(("0ab1", "0cd34")),
        CompareRuns(("gbm-0ab12", f"{ADDRESS}0cd34"), "Atlas"),
    ]
    told = [
        measuring.compared(team.charter.measures.compare(team.actor("ana"), order, HERE))
        for order in orders
    ]
    assert told[0] == told[1]
    [table] = [block for block in told[0].blocks if block["type"] == "table"]
    assert [[cell["text"] for cell in row] for row in table["rows"]] == [
        ["–", "gbm-0ab12 (0ab12)", "gbm-0cd34 (0cd34)"],
        ["State", "finished", "finished"],
        ["Who", "bea", "bea"],
        ["accuracy (0.71 → 0.80, ↑)", "0.77, 66.7 % of the gap", "0.81, target reached"],
        ["depth", "7", "9"],
        ["data", "churn (v1)", "churn (v2)"],
    ]
    assert "1 parameter is the same and left out." in told[0].text


def test_a_run_that_is_not_there_or_not_the_only_one_is_asked_back(team: Linking) -> None:
    atlas(team)
    tried(team, "0ab12", 0.77)
    tried(team, "0ab99", 0.75)
    ana = team.actor("ana")
    with pytest.raises(Ambiguous) as several:
        team.charter.measures.compare(ana, CompareRuns(("0ab", "0ab99")), HERE)
    assert [key for _, key in several.value.options] == ["0ab12", "0ab99"]
    with pytest.raises(NotFound):
        team.charter.measures.compare(ana, CompareRuns(("0a", "0ab99")), HERE)


def test_runs_of_two_projects_are_not_compared_and_hidden_ones_not_found(team: Linking) -> None:
    atlas(team)
    tried(team, "0ab12", 0.77)
    hidden = NewProject("Basin", private=True)
    team.charter.projects.create(team.actor("ana"), hidden, Place())
    other = replace(RUN, ref=replace(RUN.ref, key="0cd34", url=f"{ADDRESS}0cd34"))
    team.mlflow.tells(other)
    team.link(other.ref.url, project="Basin", place=Place(is_direct=True))
    order = CompareRuns(("0ab12", "0cd34"))
    with pytest.raises(Refused) as apart:
        team.charter.measures.compare(team.actor("ana"), order, Place(is_direct=True))
    assert apart.value.why is Why.RUNS_APART
    with pytest.raises(NotFound):
        team.charter.measures.compare(team.actor("bea"), order, Place(is_direct=True))


def test_the_card_of_a_run_names_the_pull_request_of_its_commit(team: Linking) -> None:
    atlas(team)
    pull = replace(PULL, head="0123456789abcdef0123", commits=("feedfeedfeedfeed",))
    team.github.tells(pull)
    team.link()
    tried(team, "0ab12", 0.77, commit="feedfeedfeed")
    assert "Commit feedfeedfe of acme/churn#7." in team.cards()[-1].text
    tried(team, "0cd34", 0.77, commit="fee")
    assert "Commit fee." in team.cards()[-1].text
    team.github.tells(replace(pull, private=True))
    team.wait(minutes=10)
    team.sync()
    tried(team, "0ef56", 0.77, commit="feedfeedfeed")
    assert "Commit feedfeedfe." in team.cards()[-1].text
