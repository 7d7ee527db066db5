"""Runs in the channels of their projects: the right one, each thing once, and never a flood."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import col, select

from bot.orders import Follow, NewProject
from bot.outcome import Place
from bot.sources.base import Run, RunState, Trouble, Why
from storage.tables import OutboxRow
from tests.handlers.service.conftest import HERE
from tests.handlers.service.linking import PRIVATE, Linking, accuracy, at_work
from tests.support.evidence import PULL, RUN

OTHER = Place("C0OTHER", "random")
EXPERIMENT = "https://mlflow.acme.example/#/experiments/3"


@pytest.fixture
def team(database_url: str) -> Iterator[Linking]:
    with at_work(database_url) as made:
        yield made


def heard(team: Linking) -> list[tuple[str, str]]:
    with team.database.read() as session:
        rows = session.exec(select(OutboxRow).order_by(col(OutboxRow.id))).all()
        return [(row.channel, row.text) for row in rows if row.key.startswith(("run/", "runs/"))]


def a_run(number: int) -> Run:
    key = f"0ab{number}"
    url = f"https://mlflow.acme.example/#/experiments/3/runs/{key}"
    return replace(RUN, ref=replace(RUN.ref, key=key, url=url), name=f"gbm-{number}")


def linked(team: Linking, number: int, project: str = "Atlas") -> Run:
    one = a_run(number)
    team.mlflow.tells(one)
    team.link(one.ref.url, project=project)
    return one


def ended(one: Run, team: Linking, state: RunState = RunState.FINISHED, **metrics: float) -> None:
    team.mlflow.tells(replace(one, state=state, ended=team.now, metrics=metrics or one.metrics))


def test_e5_each_run_is_told_in_its_own_projects_channel_and_once(team: Linking) -> None:
    team.atlas()
    team.charter.projects.create(team.actor("ana"), NewProject("Basin"), OTHER)
    accuracy(team)
    mine, theirs, plain = (
        linked(team, n, p) for n, p in ((1, "Atlas"), (2, "Basin"), (3, "Atlas"))
    )
    ended(mine, team)
    ended(theirs, team, RunState.FAILED)
    ended(plain, team, RunState.KILLED)
    for _ in range(2):
        team.wait(minutes=10)
        team.sync()
    assert heard(team) == [
        (
            HERE.channel,
            "Best so far: gbm-1 by bea. accuracy 0.77: 66.7 % of the gap from 0.71 to 0.80 "
            "(↑ higher is better).",
        ),
        (OTHER.channel, "Failed: gbm-2 by bea."),
    ]


def test_e5_the_next_one_has_to_be_better(team: Linking) -> None:
    team.atlas()
    accuracy(team)
    first, worse, better = (linked(team, number) for number in (1, 2, 3))
    for one, value in ((first, 0.77), (worse, 0.76), (better, 0.80)):
        ended(one, team, accuracy=value)
        team.wait(minutes=10)
        team.sync()
    assert [text.split(".")[0] for _, text in heard(team)] == [
        "Best so far: gbm-1 by bea",
        "Target reached: gbm-3 by bea",
    ]
    assert heard(team)[1][1].endswith("(↑ higher is better), before it 0.77.")


def test_e5_a_look_by_pasting_is_told_of_like_any_other(team: Linking) -> None:
    team.atlas()
    accuracy(team)
    one = linked(team, 1)
    ended(one, team, accuracy=0.77)
    team.wait(minutes=10)
    team.link(one.ref.url)
    team.sync()
    assert [text.split(".")[0] for _, text in heard(team)] == ["Best so far: gbm-1 by bea"]


def test_edge_63_after_a_week_without_an_answer_there_is_a_summary_alone(team: Linking) -> None:
    team.atlas()
    accuracy(team)
    runs = [linked(team, number) for number in range(8)]
    team.mlflow.trouble = Trouble(Why.AWAY)
    team.wait(days=7)
    team.sync()
    team.mlflow.trouble = None
    for number, one in enumerate(runs):
        if number < 5:
            ended(one, team, RunState.FAILED)
        else:
            ended(one, team, accuracy=0.7 + number / 100)
    team.wait(minutes=10)
    team.sync()
    team.wait(minutes=10)
    team.sync()
    [(channel, text)] = heard(team)
    assert channel == HERE.channel
    assert text.splitlines() == [
        "There is news of several runs of Atlas.",
        "• Best so far: gbm-7 by bea. accuracy 0.77: 66.7 % of the gap from 0.71 to 0.80 "
        "(↑ higher is better).",
        "• 5 runs failed",
    ]


def test_edge_62_a_run_that_may_be_dead_is_told_once(team: Linking) -> None:
    team.atlas()
    one = linked(team, 1)
    assert one.started is not None
    for days in (8.7, 0.25, 0.1, 3):
        team.wait(days=days)
        team.sync()
    [(_, text)] = heard(team)
    assert text.startswith("Running for 9 days: gbm-1 by bea. It began on ")
    assert team.now - one.started > timedelta(days=10)


def test_a_private_project_is_told_of_in_its_own_private_channel_alone(team: Linking) -> None:
    new = NewProject("Atlas", private=True)
    team.charter.projects.create(team.actor("ana"), new, PRIVATE)
    accuracy(team)
    one = linked(team, 1)
    team.charter.people.channel_learned(team.workspace, "C0SECRET", "secret", False, False)
    ended(one, team, RunState.FAILED)
    team.wait(minutes=10)
    team.sync()
    assert heard(team) == []
    team.charter.people.channel_learned(team.workspace, "C0SECRET", "secret", True, False)
    ended(one, team)
    team.wait(minutes=10)
    team.sync()
    assert [channel for channel, _ in heard(team)] == ["C0SECRET"]


@pytest.mark.parametrize("by", ["tag", "experiment", "commit"])
@pytest.mark.parametrize(
    ("state", "value", "said"),
    [
        (RunState.FINISHED, 0.77, "Best so far: gbm-7 by bea."),
        (RunState.FINISHED, 0.81, "Target reached: gbm-7 by bea."),
        (RunState.FAILED, 0.77, "Failed: gbm-7 by bea."),
    ],
)
def test_e2_a_run_that_a_rule_attaches_is_told_at_once_and_once(
    sqlite_url: str, by: str, state: RunState, value: float, said: str
) -> None:
    with at_work(sqlite_url) as team:
        team.atlas()
        accuracy(team)
        other = team.charter.projects.create(team.actor("ana"), NewProject("Basin"), OTHER)
        assert other.project.name == "Basin"
        if by == "commit":
            team.link(project="Atlas")
        follow = Follow(EXPERIMENT, project="Atlas" if by == "experiment" else "Basin")
        team.charter.follows.follow(team.actor("ana"), follow, HERE)
        more = {
            "tag": {"tags": {"charter.project": "atlas"}},
            "experiment": {},
            "commit": {"commit": PULL.head + "0"},
        }
        team.github.tells(replace(PULL, head=PULL.head + "0", commits=()))
        team.sync()
        run = replace(a_run(7), state=state, ended=team.now, metrics={"accuracy": value})
        team.mlflow.tells(replace(run, **more[by]))  # type: ignore[arg-type]  # fields of a run
        for _ in range(3):
            team.wait(minutes=10)
            team.sync()
        assert [(channel, text.split(" accuracy")[0]) for channel, text in heard(team)] == [
            (HERE.channel, said)
        ]
